"""What happened, as Cypher: the events of a node, gathered from what dates them."""

from collections.abc import Callable
from dataclasses import dataclass

from graph.columns import column
from graph.conditions import Alias, expression, first_end
from graph.patterns import first_of, pattern
from graph.plan import Dated, Happening, Step, Timeline
from graph.predicates import Parameters, guard
from graph.vocabulary import Node

NOTHING = "[]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Events:
    """Renders the events of a node; `visible` matches the records of a person, for whom `near` stands."""

    node: Node
    near: Alias
    visible: str
    parameters: Parameters
    name: Callable[[str], str]

    def page(self, timeline: Timeline) -> str:
        """Render sub-queries that bind `happened`, all there is, and `events`, the page."""
        outer = self.near.person or self.near.node
        blocks, names = [], []
        for place, happening in enumerate(timeline.happenings):
            if happening.step is None and self.near.person is None:
                names.append(self._own(place, happening))
                continue
            names.append(name := self.name("happened"))
            blocks.append(f"CALL ({outer}) {{ {self._matched(place, happening)} AS {name} }}")
        return (
            f"{' '.join(blocks)} WITH {outer}, {' + '.join(names) or NOTHING} AS happened "
            f"CALL (happened) {{ UNWIND happened AS event WITH event{self._after(timeline)} "
            f"ORDER BY event[0] DESC, event[2] LIMIT {self.parameters.put(timeline.first + 1)} "
            f"RETURN collect(event) AS events }}"
        )

    def _after(self, timeline: Timeline) -> str:
        if timeline.after is None:
            return ""
        key, last = self.parameters.put(timeline.after.key), self.parameters.put(timeline.after.id)
        return f" WHERE event[0] < {key} OR (event[0] = {key} AND event[2] > {last})"

    def _own(self, place: int, happening: Happening) -> str:
        passes, row = self._dated(place, happening, self.node, self.near, NOTHING)
        return f"CASE WHEN {passes} THEN [{row}] ELSE {NOTHING} END"

    def _matched(self, place: int, happening: Happening) -> str:
        if happening.step is None:
            passes, row = self._dated(place, happening, self.node, self.near, NOTHING)
            return f"{self.visible} AND {passes} RETURN collect({row})"
        step, far, edge = happening.step, self._far(happening.step.target), self.name("e")
        first = first_of(step, self.near, far, edge)
        start = f"{self.visible} " if self.near.person else ""
        matched = f"{start}MATCH {pattern(step, step.target, self.near, far, edge)} WHERE "
        matched += f"{guard(step.row, step.target, far, self.parameters)} AND "
        if self.near.person and far.person:
            matched += f"{far.person} <> {self.near.person} AND "
        if happening.dated is Dated.LINK:
            return f"{matched}{self._by_link(place, happening, first, _ident(step.target, far))}"
        passes, row = self._dated(place, happening, step.target, far, "links")
        edges = f"{guard(step.edge, first_end(step.link), first, self.parameters)} AND {passes}"
        return f"{matched}{edges} WITH {far.node}, collect({_link(step, first)}) AS links RETURN collect({row})"

    def _by_link(self, place: int, happening: Happening, first: Alias, subject: str) -> str:
        step, link = happening.step, first.link
        if step is None:
            raise TypeError("what a link dates has a step")
        at = column(first_end(step.link), happening.column, str(link))
        passes = f"{guard(happening.guard, first_end(step.link), first, self.parameters)} AND {at} IS NOT NULL"
        ident = f"{self._prefix(place)} + {link}.linkId"
        row = f"[{at}, {place}, {ident}, {subject}, {link}.owner, {link}.dataset, null, [{_link(step, first)}]]"
        return f"{passes} RETURN collect({row})"

    def _dated(self, place: int, happening: Happening, node: Node, alias: Alias, links: str) -> tuple[str, str]:
        """Say when a node dates an event, and render that."""
        at, ident = column(node, happening.column, alias.node), f"{alias.node}.{node.id_property}"
        passes = f"{guard(happening.guard, node, alias, self.parameters)} AND {at} IS NOT NULL"
        conditions = (expression(condition, node, alias) for condition in happening.conditions)
        dated = ", ".join((ident, f"{alias.node}.facts", *conditions))
        source = f"{alias.node}.owner, {alias.node}.dataset"
        return passes, f"[{at}, {place}, {self._prefix(place)} + {ident}, {ident}, {source}, [{dated}], {links}]"

    def _prefix(self, place: int) -> str:
        return self.parameters.put(f"{place:02}")

    def _far(self, node: Node) -> Alias:
        name = self.name("n")
        return Alias(node=name, person=f"{name}p") if node is Node.PERSON else Alias(node=name)


def _ident(node: Node, alias: Alias) -> str:
    return f"{alias.person}.personId" if alias.person else f"{alias.node}.{node.id_property}"


def _link(step: Step, first: Alias) -> str:
    conditions = (expression(condition, first_end(step.link), first) for condition in step.conditions)
    columns = (f"{first.link}.{name}" for name in step.columns)
    return f"[{', '.join((f'{first.link}.linkId', f'{first.link}.facts', *conditions, *columns))}]"
