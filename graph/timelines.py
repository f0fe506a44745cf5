"""What happened, as Cypher: the events of a node, gathered from what dates them."""

from collections.abc import Callable
from dataclasses import dataclass

from graph.columns import column
from graph.conditions import Alias, expression, first_end
from graph.patterns import first_of, pattern
from graph.plan import Dated, Happening, Midway, Step, Timeline
from graph.predicates import Parameters, guard
from graph.vocabulary import Node

NOTHING = "[]"
OWN = f"{NOTHING}, null"
"""The way to the node at hand."""


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
        passes, row = self._dated(place, happening, self.node, self.near, OWN)
        return f"CASE WHEN {passes} THEN [{row}] ELSE {NOTHING} END"

    def _matched(self, place: int, happening: Happening) -> str:
        if happening.step is None:
            passes, row = self._dated(place, happening, self.node, self.near, OWN)
            return f"{self.visible} AND {passes} RETURN collect({row})"
        if happening.midway is not None:
            return self._beyond(place, happening, happening.step, happening.midway)
        step, far, edge = happening.step, self._far(happening.step.target), self.name("e")
        first = first_of(step, self.near, far, edge)
        start = f"{self.visible} " if self.near.person else ""
        matched = f"{start}MATCH {pattern(step, step.target, self.near, far, edge)} WHERE "
        matched += f"{guard(step.row, step.target, far, self.parameters)} AND "
        if self.near.person and far.person:
            matched += f"{far.person} <> {self.near.person} AND "
        if happening.dated is Dated.LINK:
            return f"{matched}{self._by_link(place, happening, first, _ident(step.target, far))}"
        passes, row = self._dated(place, happening, step.target, far, "links, null")
        edges = f"{guard(step.edge, first_end(step.link), first, self.parameters)} AND {passes}"
        return f"{matched}{edges} WITH {far.node}, collect({_link(step, first)}) AS links RETURN collect({row})"

    def _beyond(self, place: int, happening: Happening, step: Step, midway: Midway) -> str:
        """Render two steps, each to what is visible over what is visible."""
        middle, far = self._far(midway.step.target), self._far(step.target)
        way, links = self._over(midway.step, self.near, middle)
        onward, last = self._over(step, middle, far)
        seen = self._seen(midway.step.target, middle, midway.conditions)
        passes, row = self._dated(place, happening, step.target, far, f"links, [{seen}, ways]")
        return (
            f"{way} WITH {middle.node}, collect({links}) AS ways {onward} AND {passes} "
            f"WITH {middle.node}, ways, {far.node}, collect({last}) AS links RETURN collect({row})"
        )

    def _over(self, step: Step, near: Alias, far: Alias) -> tuple[str, str]:
        """Match what is visible behind a step, and render the link that leads there."""
        edge = self.name("e")
        first = first_of(step, near, far, edge)
        passes = f"{guard(step.row, step.target, far, self.parameters)} AND "
        passes += guard(step.edge, first_end(step.link), first, self.parameters)
        return f"MATCH {pattern(step, step.target, near, far, edge)} WHERE {passes}", _link(step, first)

    def _by_link(self, place: int, happening: Happening, first: Alias, subject: str) -> str:
        step, link = happening.step, first.link
        if step is None:
            raise TypeError("what a link dates has a step")
        at = column(first_end(step.link), happening.column, str(link))
        passes = f"{guard(happening.guard, first_end(step.link), first, self.parameters)} AND {at} IS NOT NULL"
        ident = f"{self._prefix(place)} + {link}.linkId"
        row = f"[{at}, {place}, {ident}, {subject}, {link}.owner, {link}.dataset, null, [{_link(step, first)}], null]"
        return f"{passes} RETURN collect({row})"

    def _dated(self, place: int, happening: Happening, node: Node, alias: Alias, way: str) -> tuple[str, str]:
        """Say when a node dates an event, and render that with the `way` there: links, and what lies midway."""
        at, ident = column(node, happening.column, alias.node), f"{alias.node}.{node.id_property}"
        passes = f"{guard(happening.guard, node, alias, self.parameters)} AND {at} IS NOT NULL"
        source, dated = f"{alias.node}.owner, {alias.node}.dataset", self._seen(node, alias, happening.conditions)
        event = f"{at}, {place}, {self._prefix(place)} + {ident}, {ident}, {source}, {dated}, {way}"
        return passes, f"[{event}]"

    def _seen(self, node: Node, alias: Alias, conditions: tuple[str, ...]) -> str:
        """Render what is to be known of a node to decide how far it is seen."""
        known = (expression(condition, node, alias) for condition in conditions)
        return f"[{', '.join((f'{alias.node}.{node.id_property}', f'{alias.node}.facts', *known))}]"

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
