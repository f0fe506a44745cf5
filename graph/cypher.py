"""Plans as Cypher: one statement, one record, every value a parameter."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from graph.columns import column
from graph.conditions import Alias, expression, first_end
from graph.listings import Page, brings, by_record, is_begun_by_index
from graph.ordering import after, filtered, foremost, key, ordered
from graph.patterns import first_of, led_on, pattern, successor
from graph.plan import Detail, Given, LinkRead, Listing, Lookup, NodeRead, Order, Timeline, Viewpoint
from graph.predicates import Parameters, carried, guard, is_conditional, seen_from, where
from graph.timelines import Events
from graph.vocabulary import Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What goes to the engine: a text that depends on the plan's shape alone, and the values, or their names.

    Where its answer is not `enough`, another is asked instead, which takes longer and brings all there is.
    """

    text: str
    parameters: dict[str, Any]
    enough: Callable[[Any], bool] | None = None
    instead: "Statement | None" = None

    def given(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The parameters with values for those that are given now; raises KeyError for one that is not."""
        return {
            name: carried(value.of(values)) if isinstance(value, Given) else value
            for name, value in self.parameters.items()
        }


def render_listing(plan: Listing, viewpoint: Viewpoint) -> Statement:
    """Render a page as a statement of one record, `[total, rows]`."""
    whole = _Renderer(viewpoint)
    statement = whole.statement(whole.listing(plan))
    if not is_begun_by_index(plan):
        return statement
    begun = _Renderer(viewpoint)
    return replace(
        begun.statement(begun.listing(plan, begins=True)),
        enough=lambda answer: brings(plan, answer[1]) > plan.first,
        instead=statement,
    )


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
        return Statement(text=text, parameters=seen_from(self.viewpoint) | self.parameters.values)

    def listing(self, plan: Listing, *, begins: bool = False) -> str:
        alias = self._alias(plan.node.node)
        page = Page(plan=plan, alias=alias, parameters=self.parameters, begins=begins)
        found = page.find()
        below, names, row = (
            self._each_record(plan.node, alias, page.kept)
            if by_record(plan)
            else self._node(plan.node, alias, page.kept, "id")
        )
        key_ = "k" if plan.order and plan.is_keyed else "null"
        found += f" {below} WITH {', '.join((*page.kept, *names))} {page.order} RETURN collect([{key_}, {row}]) AS page"
        if not plan.count:
            return f"CALL () {{ {found} }} RETURN [null, page]"
        total = f"{page.match()} RETURN count(DISTINCT {page.anchor}) AS total"
        return f"CALL () {{ {total} }} CALL () {{ {found} }} RETURN [total, page]"

    def lookup(self, plan: Lookup) -> str:
        return f"UNWIND {self.parameters.put(plan.wanted)} AS wanted {self._found(plan.node, plan.by)}"

    def _found(self, node: NodeRead, by: str) -> str:
        """Find nodes by what is `wanted`; each comes back beside that."""
        alias = self._alias(node.node)
        anchor = alias.person or alias.node
        below, names, row = self._node(node, alias, ("wanted", anchor))
        if alias.person and by == node.node.id_property:
            record = Alias(node=self._name("r"), person=alias.person)
            found = (
                f"MATCH ({record.node}:PersonRecord {{recordId: wanted}})-[:ABOUT]->({alias.person}:Person) "
                f"WHERE {self._row(node, record)}"
            )
        elif alias.person:
            record = Alias(node=self._name("r"), person=alias.person)
            found = f"{successor(alias.person)} AND {led_on(record, self._visible(node, record))}"
        else:
            found = f"MATCH ({alias.node}:{node.node.label} {{{by}: wanted}}) WHERE {self._row(node, alias)}"
        return (
            f"{found} WITH wanted, {anchor} {below} "
            f"WITH {', '.join(('wanted', anchor, *names))} RETURN collect([wanted, {row}])"
        )

    def _row(self, plan: NodeRead, alias: Alias) -> str:
        return guard(plan.row, plan.node, alias, self.parameters)

    def _node(
        self, plan: NodeRead, alias: Alias, kept: Sequence[str], ident: str = ""
    ) -> tuple[str, tuple[str, ...], str]:
        """Return what reads below a node, the names that it binds beside those `kept`, and the node's row.

        A person's records are matched in the flow and not in a sub-query, which costs as much again for a thousand.
        """
        blocks, names = [], []
        if alias.person:
            blocks.append(self._records(plan, alias.person, kept, name := self._name("records")))
            names.append(name)
        for link in plan.links:
            blocks.append(self._link(link, plan, alias, name := self._name("links")))
            names.append(name)
        for detail in plan.details:
            blocks.append(self._detail(detail, plan, alias, name := self._name("rows")))
            names.append(name)
        for timeline in plan.timelines:
            blocks.append(self._timeline(timeline, plan, alias, name := self._name("timeline")))
            names.append(name)
        if plan.holder is not None and alias.person:
            blocks.append(self._holders(plan, plan.holder, alias.person, name := self._name("holders")))
            names.append(name)
        own = () if alias.person else self._values(plan, alias)
        row = ", ".join((ident or _ident(plan.node, alias), *own, *names))
        return " ".join(blocks), tuple(names), f"[{row}]"

    def _values(self, plan: NodeRead, alias: Alias) -> tuple[str, ...]:
        conditions = (expression(condition, plan.node, alias) for condition in plan.conditions)
        sheet = (f"{alias.node}.sheet",) if plan.has_sheet else ()
        columns = (column(plan.node, name, alias.node) for name in plan.columns)
        return (f"{alias.node}.facts", *conditions, *sheet, *columns)

    def _records(self, plan: NodeRead, person: str, kept: Sequence[str], name: str) -> str:
        record = Alias(node=self._name("r"), person=person)
        row = ", ".join(self._values(plan, record))
        return f"{self._visible(plan, record)} WITH {', '.join(kept)}, collect([{row}]) AS {name}"

    def _each_record(self, plan: NodeRead, alias: Alias, kept: Sequence[str]) -> tuple[str, tuple[str, ...], str]:
        """Do the same for a person of whom each visible record makes a row, which spares lists in lists.

        Conditions that decide whether a record is visible are worked out once, for that and for the row.
        """
        record = Alias(node=self._name("r"), person=alias.person)
        values = self._values(plan, record)
        if not is_conditional(plan.row):
            return self._visible(plan, record), (record.node,), ", ".join(("id", *values))
        named = {value: self._name("v") for value in values}
        bound = ", ".join((*kept, record.node, *(f"{value} AS {name}" for value, name in named.items())))
        passes = guard(plan.row, plan.node, record, self.parameters, named)
        matched = f"MATCH ({record.node})-[:ABOUT]->({record.person}) WITH {bound} WHERE {passes}"
        return matched, tuple(named.values()), ", ".join(("id", *named.values()))

    def _visible(self, plan: NodeRead, record: Alias) -> str:
        """Match a person's visible records: nothing else is about a person, so that no label need be looked at."""
        passes = guard(plan.row, plan.node, record, self.parameters)
        return f"MATCH ({record.node})-[:ABOUT]->({record.person}) WHERE {passes}"

    def _holders(self, plan: NodeRead, holder: NodeRead, person: str, name: str) -> str:
        record, agency = Alias(node=self._name("r"), person=person), self._alias(Node.AGENCY)
        _, _, row = self._node(holder, agency, ())
        return (
            f"CALL ({person}) {{ {self._visible(plan, record)} WITH DISTINCT {record.node}.owner AS code "
            f"MATCH ({agency.node}:Agency {{code: code}}) WHERE {self._row(holder, agency)} "
            f"WITH code, {agency.node} ORDER BY code RETURN collect([code, {row}]) AS {name} }}"
        )

    def _link(self, link: LinkRead, plan: NodeRead, alias: Alias, name: str) -> str:
        near = Alias(node=self._name("r"), person=alias.person) if alias.person else alias
        far, edge = self._alias(link.target.node), self._name("e")
        start = self._visible(plan, near) + " " if alias.person else ""
        first = first_of(link, near, far, edge)
        passes = [guard(link.edge, first_end(link.link), first, self.parameters), self._row(link.target, far)]
        if far.person is None and link.where is not None:
            passes.append(where(link.where, link.target.node, far, self.parameters))
        if far.person and alias.person:
            passes.append(f"{far.person} <> {alias.person}")
        matched = f"{start}MATCH {pattern(link, link.target.node, near, far, edge)} WHERE {' AND '.join(passes)}"
        row = f"{'total' if link.count else 'null'}, rows" + (
            f", {_ident(plan.node, alias)}" if link.is_anchored else ""
        )
        rows, outer = f"{matched} {self._page(link, far, first)}", alias.person or alias.node
        return f"CALL ({outer}) {{ CALL ({outer}) {{ {rows} }} RETURN [{row}] AS {name} }}"

    def _page(self, link: LinkRead, far: Alias, first: Alias) -> str:
        """Fold the matched links to one row for each far node, and read a page of those.

        Where they are counted, `every` one is collected, of which the page is read: matching and deciding once more
        for the number would be the same work again, in a longer text to be planned.
        """
        anchor, ident = far.person or far.node, _ident(link.target.node, far)
        kept, conditions, told = [anchor, "edges", *(["k"] if link.order else [])], [], ""
        folded = [anchor, f"collect([{self._edge(link, first, str(first.link))}]) AS edges"]
        if link.edges is not None:
            matches = where(link.edges, first_end(link.link), first, self.parameters)
            folded.append(f"max(CASE WHEN {matches} THEN 1 ELSE 0 END) AS hit")
            conditions.append("hit = 1")
        if far.person and (link.where is not None or link.order is not None):
            told = f" {self._told(link, far, link.order)}"
            conditions.append("hits > 0")
        elif link.order is not None:
            folded.append(f"{foremost(link.order, key(link.order, link.target.node, far, self.parameters))} AS k")
        found, behind = f"WITH {', '.join(folded)}{told}", after(link.after, link.order, ident, self.parameters)
        if not link.count:
            return f"{found}{_passing((*conditions, *behind))} {self._read_page(link, far, kept)}"
        each = ", ".join(f"one[{at}] AS {name}" for at, name in enumerate(kept))
        return (
            f"{found}{_passing(conditions)} WITH collect([{', '.join(kept)}]) AS every CALL (every) {{ "
            f"UNWIND every AS one WITH {each}{filtered(behind)} {self._read_page(link, far, kept)} }} "
            "RETURN size(every) AS total, rows"
        )

    def _read_page(self, link: LinkRead, far: Alias, kept: Sequence[str]) -> str:
        order = ordered(link.order, _ident(link.target.node, far))
        limit = f"LIMIT {self.parameters.put(link.first + 1)}"
        below, names, row = self._node(link.target, far, kept)
        last = ", k" if link.order else ""
        return (
            f"{order} {limit} {below} "
            f"WITH {', '.join((*kept, *names))} {order} RETURN collect([edges, {row}{last}]) AS rows"
        )

    def _told(self, link: LinkRead, far: Alias, order: Order | None = None) -> str:
        """Find a person by any of the visible records, not by the linked one alone."""
        record = Alias(node=self._name("r"), person=far.person)
        told = self._visible(link.target, record)
        if link.where is not None:
            told += f" AND {where(link.where, link.target.node, record, self.parameters)}"
        first = ""
        if order is not None:
            first = f", {foremost(order, key(order, link.target.node, record, self.parameters))} AS k"
        return f"CALL ({far.person}) {{ {told} RETURN count({record.node}) AS hits{first} }}"

    def _edge(self, link: LinkRead, first: Alias, edge: str) -> str:
        conditions = (expression(condition, first_end(link.link), first) for condition in link.conditions)
        columns = (f"{edge}.{name}" for name in link.columns)
        return ", ".join((f"{edge}.linkId", f"{edge}.facts", *conditions, f"{edge}.lastSeen", *columns))

    def _detail(self, detail: Detail, plan: NodeRead, alias: Alias, name: str) -> str:
        matched = f"MATCH (d:{detail.label} {{{detail.key}: {alias.node}.{detail.key}}})"
        total = f"CALL ({alias.node}) {{ {matched} RETURN count(d) AS total }} " if detail.count else ""
        values = ", ".join(f"d.{name_}" for name_ in detail.columns)
        skip = f"SKIP {self.parameters.put(detail.after)} " if detail.after else ""
        limit = f"{skip}LIMIT {self.parameters.put(detail.first + 1)}"
        rows = f"{matched} WITH d ORDER BY {values} {limit} RETURN collect([{values}]) AS rows"
        row = f"{'total' if detail.count else 'null'}, rows"
        row += f", {_ident(plan.node, alias)}" if detail.is_anchored else ""
        return f"CALL ({alias.node}) {{ {total}CALL ({alias.node}) {{ {rows} }} RETURN [{row}] AS {name} }}"

    def _timeline(self, timeline: Timeline, plan: NodeRead, alias: Alias, name: str) -> str:
        near = Alias(node=self._name("r"), person=alias.person) if alias.person else alias
        visible = self._visible(plan, near) if alias.person else ""
        events = Events(node=plan.node, near=near, visible=visible, parameters=self.parameters, name=self._name)
        blocks, names = [events.page(timeline)], []
        wanted = [(read, by, f"event[1] IN {list(places)}", "event[3]") for read, by, places in timeline.subjects]
        if timeline.agencies is not None:
            wanted.append((timeline.agencies, "code", "true", "event[4]"))
        for read, by, serves, ident in wanted:
            names.append(found := self._name("found"))
            which = f"UNWIND events AS event WITH event WHERE {serves} WITH DISTINCT {ident} AS wanted"
            blocks.append(f"CALL (events) {{ {which} {self._found(read, by)} AS {found} }}")
        row = [f"{'size(happened)' if timeline.count else 'null'}", "events", *names]
        row += [_ident(plan.node, alias)] if timeline.is_anchored else []
        return f"CALL ({alias.person or alias.node}) {{ {' '.join(blocks)} RETURN [{', '.join(row)}] AS {name} }}"

    def _alias(self, node: Node) -> Alias:
        name = self._name("n")
        return Alias(node=name, person=f"{name}p") if node is Node.PERSON else Alias(node=name)

    def _name(self, stem: str) -> str:
        self._aliases += 1
        return f"{stem}{self._aliases}"


def _passing(conditions: Sequence[str]) -> str:
    """Let through what fulfils all, with all that is bound."""
    return f" WITH *{filtered(conditions)}" if conditions else ""


def _ident(node: Node, alias: Alias) -> str:
    return f"{alias.person}.personId" if alias.person else f"{alias.node}.{node.id_property}"
