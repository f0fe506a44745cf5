"""Plans as Cypher: one statement, one record, every value a parameter."""

from dataclasses import dataclass, field
from typing import Any

from graph.columns import column
from graph.conditions import Alias, expression, first_end
from graph.plan import Detail, Direction, LinkRead, Listing, Lookup, NodeRead, Order, Position, Viewpoint
from graph.predicates import Parameters, guard, where
from graph.vocabulary import Node

RECORD_COLUMNS = ("owner", "dataset", "reliability", "lastSeen")
"""What every record of a person brings beside its facts, so that several can be told as one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What goes to the engine: a text that depends on the plan's shape alone, and the values."""

    text: str
    parameters: dict[str, Any]


def render_listing(plan: Listing, viewpoint: Viewpoint) -> Statement:
    """Render a page as a statement of one record, `[total, rows]`."""
    renderer = _Renderer(viewpoint)
    return renderer.statement(renderer.listing(plan))


def render_lookup(plan: Lookup, viewpoint: Viewpoint) -> Statement:
    """Render a look-up as a statement of one record, a list of `[wanted, node]`."""
    renderer = _Renderer(viewpoint)
    return renderer.statement(renderer.lookup(plan))


@dataclass(slots=True)
class _Renderer:
    viewpoint: Viewpoint
    parameters: Parameters = field(default_factory=Parameters)
    _aliases: int = 0

    def statement(self, text: str) -> Statement:
        common = {"agency": self.viewpoint.agency, "wards": list(self.viewpoint.wards), "day": self.viewpoint.day}
        return Statement(text=text, parameters=common | self.parameters.values)

    def listing(self, plan: Listing) -> str:
        alias = self._alias(plan.node.node)
        matched = self._match(plan, alias)
        anchor = alias.person or alias.node
        key = self._key(plan.order, plan.node.node, alias)
        grouped = f"WITH {anchor}, {f'min({key})' if alias.person else key} AS k"
        ident = _ident(plan.node.node, alias)
        order = f"ORDER BY k IS NULL, k, {ident}" if plan.order else f"ORDER BY {ident}"
        limit = f"LIMIT {self.parameters.put(plan.first + 1)}"
        after = self._after(plan.after, ordered=plan.order is not None, ident=ident)
        below, names, row = self._node(plan.node, alias)
        page = (
            f"{matched} {grouped} WITH {anchor}, k{after} {order} {limit} "
            f"{below} WITH {', '.join((anchor, 'k', *names))} {order} RETURN collect([k, {row}]) AS page"
        )
        if not plan.count:
            return f"CALL () {{ {page} }} RETURN [null, page]"
        total = f"{matched} RETURN count(DISTINCT {anchor}) AS total"
        return f"CALL () {{ {total} }} CALL () {{ {page} }} RETURN [total, page]"

    def lookup(self, plan: Lookup) -> str:
        alias = self._alias(plan.node.node)
        wanted = f"UNWIND {self.parameters.put(list(plan.wanted))} AS wanted"
        below, names, row = self._node(plan.node, alias)
        if alias.person and plan.by == plan.node.node.id_property:
            record = Alias(node=self._name("r"), person=alias.person)
            found = (
                f"MATCH ({record.node}:PersonRecord {{recordId: wanted}})-[:ABOUT]->({alias.person}:Person) "
                f"WHERE {self._row(plan.node, record)}"
            )
        elif alias.person:
            found = (
                f"MATCH (old:Person {{personId: wanted}}) MATCH (old)-[:SUCCEEDED_BY*0..50]->({alias.person}:Person) "
                f"WHERE NOT EXISTS {{ ({alias.person})-[:SUCCEEDED_BY]->() }}"
            )
        else:
            found = (
                f"MATCH ({alias.node}:{plan.node.node.label} {{{plan.by}: wanted}}) WHERE {self._row(plan.node, alias)}"
            )
        anchor = alias.person or alias.node
        return (
            f"{wanted} {found} WITH wanted, {anchor} {below} "
            f"WITH {', '.join(('wanted', anchor, *names))} RETURN collect([wanted, {row}])"
        )

    def _match(self, plan: Listing, alias: Alias) -> str:
        label = plan.node.node.label
        pattern = f"({alias.node}:{label})" + (f"-[:ABOUT]->({alias.person}:Person)" if alias.person else "")
        conjuncts = [self._row(plan.node, alias)]
        if plan.where is not None:
            conjuncts.insert(0, where(plan.where, plan.node.node, alias, self.parameters))
        return f"MATCH {pattern} WHERE {' AND '.join(conjuncts)}"

    def _row(self, plan: NodeRead, alias: Alias) -> str:
        return guard(plan.row, plan.node, alias, self.parameters)

    def _key(self, order: Order | None, node: Node, alias: Alias) -> str:
        if order is None:
            return "null"
        passes = guard(order.guard, node, alias, self.parameters)
        return f"CASE WHEN {passes} THEN {column(node, order.column, alias.node)} END"

    def _after(self, position: Position | None, *, ordered: bool, ident: str) -> str:
        if position is None:
            return ""
        last = self.parameters.put(position.id)
        if not ordered:
            return f" WHERE {ident} > {last}"
        if position.key is None:
            return f" WHERE k IS NULL AND {ident} > {last}"
        key = self.parameters.put(position.key)
        return f" WHERE k > {key} OR (k = {key} AND {ident} > {last}) OR k IS NULL"

    def _node(self, plan: NodeRead, alias: Alias) -> tuple[str, tuple[str, ...], str]:
        """Return the sub-queries below a node, the names that they bind, and the node's row as an expression."""
        blocks, names = [], []
        if alias.person:
            blocks.append(self._records(plan, alias.person, name := self._name("records")))
            names.append(name)
        for link in plan.links:
            blocks.append(self._link(link, plan, alias, name := self._name("links")))
            names.append(name)
        for detail in plan.details:
            blocks.append(self._detail(detail, alias, name := self._name("rows")))
            names.append(name)
        if plan.holder is not None and alias.person:
            blocks.append(self._holders(plan, plan.holder, alias.person, name := self._name("holders")))
            names.append(name)
        own = () if alias.person else self._values(plan, alias)
        return " ".join(blocks), tuple(names), f"[{', '.join((_ident(plan.node, alias), *own, *names))}]"

    def _values(self, plan: NodeRead, alias: Alias) -> tuple[str, ...]:
        conditions = (expression(condition, plan.node, alias) for condition in plan.conditions)
        return (f"{alias.node}.facts", *conditions, *(column(plan.node, name, alias.node) for name in plan.columns))

    def _records(self, plan: NodeRead, person: str, name: str) -> str:
        record = Alias(node=self._name("r"), person=person)
        facts, *rest = self._values(plan, record)
        conditions, columns = rest[: len(plan.conditions)], rest[len(plan.conditions) :]
        always = (f"{record.node}.{name_}" for name_ in RECORD_COLUMNS)
        row = ", ".join((f"{record.node}.recordId", facts, *conditions, *always, *columns))
        return f"CALL ({person}) {{ {self._visible(plan, record)} RETURN collect([{row}]) AS {name} }}"

    def _visible(self, plan: NodeRead, record: Alias) -> str:
        passes = guard(plan.row, plan.node, record, self.parameters)
        return f"MATCH ({record.node}:PersonRecord)-[:ABOUT]->({record.person}) WHERE {passes}"

    def _holders(self, plan: NodeRead, holder: NodeRead, person: str, name: str) -> str:
        record, agency = Alias(node=self._name("r"), person=person), self._alias(Node.AGENCY)
        _, _, row = self._node(holder, agency)
        return (
            f"CALL ({person}) {{ {self._visible(plan, record)} WITH DISTINCT {record.node}.owner AS code "
            f"MATCH ({agency.node}:Agency {{code: code}}) WHERE {self._row(holder, agency)} "
            f"WITH code, {agency.node} ORDER BY code RETURN collect([code, {row}]) AS {name} }}"
        )

    def _link(self, link: LinkRead, plan: NodeRead, alias: Alias, name: str) -> str:
        near = Alias(node=self._name("r"), person=alias.person) if alias.person else alias
        far, edge = self._alias(link.target.node), self._name("e")
        start = self._visible(plan, near) + " " if alias.person else ""
        joined = f" AND {far.person} <> {alias.person}" if far.person and alias.person else ""
        first = _first(link, near, far, edge)
        passes = guard(link.edge, first_end(link.link), first, self.parameters)
        passes = f"{passes} AND {self._row(link.target, far)}{joined}"
        matched = f"{start}MATCH {_pattern(link, near, far, edge)} WHERE {passes}"
        anchor = far.person or far.node
        below, names, row = self._node(link.target, far)
        order = f"ORDER BY {_ident(link.target.node, far)}"
        rows = (
            f"{matched} WITH {anchor}, collect([{self._edge(link, first, edge)}]) AS edges {order} "
            f"LIMIT {self.parameters.put(link.first + 1)} {below} "
            f"WITH {', '.join((anchor, 'edges', *names))} {order} RETURN collect([edges, {row}]) AS rows"
        )
        outer = alias.person or alias.node
        total = f"CALL ({outer}) {{ {matched} RETURN count(DISTINCT {anchor}) AS total }} " if link.count else ""
        return (
            f"CALL ({outer}) {{ {total}CALL ({outer}) {{ {rows} }} "
            f"RETURN [{'total' if link.count else 'null'}, rows] AS {name} }}"
        )

    def _edge(self, link: LinkRead, first: Alias, edge: str) -> str:
        conditions = (expression(condition, first_end(link.link), first) for condition in link.conditions)
        columns = (f"{edge}.{name}" for name in link.columns)
        return ", ".join((f"{edge}.linkId", f"{edge}.facts", *conditions, f"{edge}.lastSeen", *columns))

    def _detail(self, detail: Detail, alias: Alias, name: str) -> str:
        matched = f"MATCH (d:{detail.label} {{{detail.key}: {alias.node}.{detail.key}}})"
        total = f"CALL ({alias.node}) {{ {matched} RETURN count(d) AS total }} " if detail.count else ""
        row = ", ".join(f"d.{name_}" for name_ in detail.columns)
        limit = self.parameters.put(detail.first + 1)
        rows = f"{matched} WITH d ORDER BY {row} LIMIT {limit} RETURN collect([{row}]) AS rows"
        return (
            f"CALL ({alias.node}) {{ {total}CALL ({alias.node}) {{ {rows} }} "
            f"RETURN [{'total' if detail.count else 'null'}, rows] AS {name} }}"
        )

    def _alias(self, node: Node) -> Alias:
        name = self._name("n")
        return Alias(node=name, person=f"{name}p") if node is Node.PERSON else Alias(node=name)

    def _name(self, stem: str) -> str:
        self._aliases += 1
        return f"{stem}{self._aliases}"


def _ident(node: Node, alias: Alias) -> str:
    return f"{alias.person}.personId" if alias.person else f"{alias.node}.{node.id_property}"


def _pattern(link: LinkRead, near: Alias, far: Alias, edge: str) -> str:
    left = "<" if link.direction is Direction.IN else ""
    right = ">" if link.direction is Direction.OUT else ""
    about = f"-[:ABOUT]->({far.person}:Person)" if far.person else ""
    return f"({near.node}){left}-[{edge}:{link.link}]-{right}({far.node}:{link.target.node.label}){about}"


def _first(link: LinkRead, near: Alias, far: Alias, edge: str) -> Alias:
    """Name the link's first end, whose facts decide its conditions."""
    if link.direction is Direction.OUT:
        return Alias(node=near.node, person=near.person, link=edge)
    if link.direction is Direction.IN:
        return Alias(node=far.node, person=far.person, link=edge)
    person = f"(CASE WHEN startNode({edge}) = {near.node} THEN {near.person} ELSE {far.person} END)"
    return Alias(node=f"startNode({edge})", person=person, link=edge)
