"""How rows of events become timelines."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from resolvers.branch import Branch, Tree
from resolvers.connections import Anchor, Frame, Own
from resolvers.layout import Row, each_once, masked
from resolvers.merging import Part
from resolvers.reading import Finder
from resolvers.selection import TYPENAME, Selected
from resolvers.sight import Decision, Sight
from resolvers.told import Told

Seen = tuple[Sight, Row, Decision]
Named = Callable[[str, str], Branch | None]
"""Looks up a thing by its id, as it is selected under a response key."""
_AT, _PLACE, _IDENT, _SUBJECT, _OWNER, _DATASET, _DATED, _LINKS, _MIDWAY = range(9)
"""Where these stand in an event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Teller:
    """What tells of events of one kind: the node that dates them, the links that do or lead there, by `column`.

    Where they lead on from something `midway`, that too, with the links that lead to it.
    """

    kind: str
    column: str
    node: Sight | None
    links: Sight | None
    midway: tuple[Sight, Sight] | None = None

    def see(self, event: Row) -> list[Seen]:
        """Decide on whatever tells of an event."""
        rows = [] if self.node is None else [(self.node, event[_DATED])]
        rows += [] if self.links is None else [(self.links, row) for row in event[_LINKS]]
        if self.midway is not None:
            (node, links), (seen, ways) = self.midway, event[_MIDWAY]
            rows += [(node, seen), *((links, row) for row in ways)]
        return [(sight, row, sight.decide(row[1], row[2 : 2 + sight.width])) for sight, row in rows]

    def is_told(self, seen: Sequence[Seen]) -> bool:
        """Whether all of it is visible, and shows the date."""
        return all(decision.visible and decision.rungs.get(self.column, 1) for _, _, decision in seen)

    def roles(self, seen: Sequence[Seen]) -> Any:  # noqa: ANN401 - words, or whatever stands there for one
        """Gather the roles that the links tell."""
        telling = [row for sight, row, decision in seen if sight is self.links and decision.rungs.get("role")]
        roles = [row[-1] for row in telling if row[-1] is not None]
        return masked(each_once, roles) if roles else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """Things that events name, and their selections by response key."""

    finder: Finder
    parts: Mapping[str, Part]

    def read(self, rows: Iterable[tuple[str, Row]], told: Told) -> Named:
        """Read those that are asked for, each once."""
        found: dict[str, Row] = dict(rows)
        read: dict[str, Branch | None] = {}

        def named(key: str, ident: str) -> Branch | None:
            if ident not in read:
                read[ident] = self.finder.branch(ident, found[ident], told) if ident in found else None
            thing = read[ident]
            return Branch(thing.typename, self.parts[key].of(thing)) if thing is not None else None

        return named


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineRows:
    """Rows of events: `[total, events, *found, *node]`; `fields` are those of an event, all selections merged.

    What is found are the `subjects`, then the `agencies`; `served` says which of the subjects are those of a
    happening, by its place.
    """

    frame: Frame
    fields: tuple[Selected, ...]
    tellers: tuple[Teller, ...]
    subjects: tuple[Naming, ...]
    served: Mapping[int, int]
    agencies: Naming | None
    first: int
    anchor: Anchor

    def read(self, row: Row, told: Told) -> Tree:
        """Read one timeline; raises CursorRefused."""
        total, events, *found = row
        issue = self.anchor.issuing(self.anchor.of(row), told)
        namings = (*self.subjects, *((self.agencies,) if self.agencies is not None else ()))
        named = [naming.read(rows, told) for naming, rows in zip(namings, found, strict=False)]
        nodes, owns, end = list[Tree](), list[Own](), None
        for event in events[: self.first]:
            end = issue(event[_AT], event[_IDENT])
            tree = self._event(event, named, told)
            if tree is not None:
                nodes.append(tree)
                owns.append(_constant(end))
        return self.frame.tree(nodes, owns, {"hasNextPage": len(events) > self.first, "endCursor": end}, total)

    def _event(self, event: Row, named: Sequence[Named], told: Told) -> Tree | None:
        teller = self.tellers[event[_PLACE]]
        seen = teller.see(event)
        if not teller.is_told(seen):
            told.divergences += 1
            return None
        for sight, row, decision in seen:
            told.tell(decision.telling, row[0])
            told.withhold(sight.withholding(frozenset((decision,))))
        plain = {
            TYPENAME: "TimelineEvent",
            "at": event[_AT],
            "kind": teller.kind,
            "dataset": event[_DATASET],
            "roles": teller.roles(seen),
        }
        return {
            one.key: plain[one.name] if one.name in plain else self._named(one, event, named) for one in self.fields
        }

    def _named(self, selected: Selected, event: Row, named: Sequence[Named]) -> Branch | None:
        if selected.name == "agency":
            return named[-1](selected.key, event[_OWNER])
        return named[self.served[event[_PLACE]]](selected.key, event[_SUBJECT])


def _constant(cursor: str | None) -> Callable[[Selected], Any]:
    return lambda _selected: cursor
