"""How the visible records of a person are told as one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from graph import sheets
from graph.sheets import RECORD, SHEETS
from graph.vocabulary import Node
from resolvers.branch import Tree
from resolvers.kept import Made
from resolvers.layout import Column, Leaf, Mask, Nested, Outline, Page, Place, Row, Skeleton, each_once, masked
from resolvers.merging import Part
from resolvers.nodes import NodeRows
from resolvers.selection import TYPENAME, Selected
from resolvers.sight import Decision
from resolvers.told import Told

CONTACT = ("contactEmail", "contactPhone", "contactName")
"""Whom to ask at an agency: the first of these that it states."""
CONTACT_PLACE = "contact"
Holders = Mapping[str, Tree]
Record = tuple[Row, Row]
"""Class and conditions of a record that came back, and the values of its sheet."""
Seen = tuple[Decision, Row]
"""The decision on a visible record, and the values of its sheet."""
_ID, _RELIABILITY, _LAST_SEEN = map(SHEETS[Node.PERSON].index, RECORD)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRows:
    """The `records` of a person under one response key; `agencies` by the response key of `agency`."""

    skeleton: Skeleton
    leaves: tuple[Leaf, ...]
    agencies: Mapping[str, Part]
    _outlines: Made[Decision, Outline] = field(default_factory=Made)

    def tree(self, seen: Seen, holders: Holders) -> Tree:
        """Tell one record with its source."""
        decision, values = seen
        outline = self._outlines.get(decision)
        if outline is None:
            outline = self._outlines.keep(decision, self._outline(decision))
        tree = outline.tree(values[_ID], values)
        for key, part in self.agencies.items():
            tree[key] = _agency(part, holders.get(decision.owner))
        return tree

    def _outline(self, decision: Decision) -> Outline:
        places: dict[str, Column] = {"dataset": (_ID, lambda _: decision.dataset), "lastSeen": (_LAST_SEEN, None)}
        columns: dict[str, Column | None] = {
            selected.key: places[selected.name] for selected in self.skeleton.fields if selected.name in places
        }
        told = {leaf.key: leaf.column(decision.rungs[leaf.name]) for leaf in self.leaves}
        return self.skeleton.outline(frozenset((decision,)), columns | told)


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderRows:
    """The `knownTo` of a person under one response key; `agencies` by the response key of `agency`."""

    fields: tuple[Selected, ...]
    agencies: Mapping[str, Part]
    contact: Part | None = None

    def trees(self, last_seen: Mapping[str, str], holders: Holders) -> list[Tree]:
        """Tell which agencies hold something, since when, and whom to ask."""
        return [self._tree(last_seen[owner], holders.get(owner)) for owner in sorted(last_seen)]

    def _tree(self, last_seen: str, holder: Tree | None) -> Tree:
        tree: Tree = {}
        for selected in self.fields:
            if selected.name == "agency":
                tree[selected.key] = _agency(self.agencies[selected.key], holder)
            elif selected.name == "contact":
                tree[selected.key] = _contact(self.contact, holder)
            else:
                tree[selected.key] = "Holder" if selected.name == TYPENAME else last_seen or None
        return tree


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRows:
    """Rows of people: `[id, records, *links, *timelines, holders]`; `nested` are the links and the timelines."""

    skeleton: Skeleton
    leaves: tuple[Leaf, ...]
    nested: tuple[Nested, ...]
    records: Mapping[str, RecordRows]
    known_to: Mapping[str, HolderRows]
    holders: NodeRows | None
    _alone: Made[Decision, Outline] = field(default_factory=Made)
    _together: Made[frozenset[Decision], Outline] = field(default_factory=Made)

    def read(self, row: Row, told: Told) -> Tree | None:
        """Fold a person's visible records; None where none is left."""
        tree = self._told(row[0], _apart(row[1]), row[-1], told)
        if tree is not None:
            for nested, below in zip(self.nested, row[2:], strict=False):
                tree[nested.key] = nested.rows.read(below, told)
        return tree

    def read_page(self, rows: Sequence[Row], first: int, told: Told) -> Page:
        """Read as many people as a page has, of `[key, node]`, or of `[key, id, *record]` (graph.listings)."""
        if self.nested or self.holders:
            shown = rows[:first]
            return Page(
                places=[(key, node[0]) for key, node in shown],
                trees=[self.read(node, told) for _, node in shown],
                has_next=len(rows) > first,
            )
        has_next = len({row[1] for row in rows}) > first
        shown = [row for row in rows if row[1] != rows[-1][1]] if has_next else rows
        if not shown:
            return Page(places=(), trees=(), has_next=has_next)
        keys, idents, *decided, texts = zip(*shown, strict=True)
        begins = [
            at for at, (ident, before) in enumerate(zip(idents, (None, *idents), strict=False)) if ident != before
        ]
        records = list(zip(zip(*decided, strict=True), sheets.all_values(texts), strict=True))
        places = [(keys[at], idents[at]) for at in begins]
        return Page(places=places, trees=self._all_told(places, begins, records, told), has_next=has_next)

    def _all_told(
        self, places: Sequence[Place], begins: Sequence[int], records: Sequence[Record], told: Told
    ) -> list[Tree | None]:
        """Tell of many people; most have one record, and many of those are decided alike."""
        is_plain = not (self.records or self.known_to)
        known: dict[Row, tuple[Outline, dict[str, None]]] = {}
        trees: list[Tree | None] = []
        for (_, ident), at, end in zip(places, begins, [*begins, len(records)][1:], strict=True):
            decided, values = records[at]
            found = known.get(decided)
            if found is not None and end == at + 1:
                found[1][values[_ID]] = None
                trees.append(found[0].tree(ident, values))
                continue
            trees.append(self._told(ident, records[at:end], (), told))
            decision = self.skeleton.sight.decide(decided[0], decided[1:])
            if is_plain and decision.visible:
                known[decided] = (self._outlined(decision), told.records[decision.telling])
        return trees

    def _told(self, ident: str, records: Iterable[Record], holders: Sequence[Row], told: Told) -> Tree | None:
        """Tell what the visible ones of a person's records tell, and where it is from."""
        seen = self._visible(records, told)
        if not seen:
            return None
        tree = self._told_alone(ident, seen[0], told) if len(seen) == 1 else self._folded(ident, seen, told)
        if self.records or self.known_to:
            agencies, last_seen = self._holders(holders, seen, told)
            for key, below in self.records.items():
                tree[key] = [below.tree(record, agencies) for record in seen]
            for key, known in self.known_to.items():
                tree[key] = known.trees(last_seen, agencies)
        return tree

    def record(self, row: Row, ident: str, told: Told) -> Tree | None:
        """Tell the one record that was asked for by its own id."""
        seen = self._visible(_apart(row[1]), told, ident)
        if not seen:
            return None
        told.withhold(self.skeleton.sight.withholding(frozenset((seen[0][0],))))
        (rows,) = self.records.values()
        holders, _ = self._holders(row[-1], seen, told)
        return rows.tree(seen[0], holders)

    def _visible(self, records: Iterable[Record], told: Told, only: str | None = None) -> list[Seen]:
        """Decide on each record that came back, or on the `only` one, and note what is told."""
        decide, seen = self.skeleton.sight.decide, list[Seen]()
        for decided, values in records:
            if only is not None and values[_ID] != only:
                continue
            decision = decide(decided[0], decided[1:])
            if decision.visible:
                told.tell(decision.telling, values[_ID])
                seen.append((decision, values))
            else:
                told.divergences += 1
        if len(seen) > 1:
            seen.sort(key=lambda record: record[1][_ID])
        return seen

    def _told_alone(self, ident: str, seen: Seen, told: Told) -> Tree:
        """Tell a person of whom one record is visible: nothing is to be chosen."""
        decision, values = seen
        outline = self._outlined(decision)
        told.withhold(outline.withholding)
        return outline.tree(ident, values)

    def _outlined(self, decision: Decision) -> Outline:
        outline = self._alone.get(decision)
        if outline is None:
            columns = {leaf.key: self._column(leaf, decision) for leaf in self.leaves}
            outline = self._alone.keep(decision, self.skeleton.outline(frozenset((decision,)), columns))
        return outline

    def _folded(self, ident: str, seen: Sequence[Seen], told: Told) -> Tree:
        decisions = frozenset(decision for decision, _ in seen)
        outline = self._together.get(decisions)
        if outline is None:
            outline = self._together.keep(decisions, self.skeleton.outline(decisions, {}))
        told.withhold(outline.withholding)
        tree = outline.tree(ident, ())
        ranked = sorted(seen, key=lambda record: _rank(record[1]), reverse=True)
        known = [(decision.rungs, values) for decision, values in ranked]
        for leaf in self.leaves:
            tree[leaf.key] = _fold(leaf, known)
        return tree

    def _column(self, leaf: Leaf, decision: Decision) -> Column | None:
        column = leaf.column(decision.rungs[leaf.name])
        if column is None or not leaf.is_list:
            return column
        place, mask = column
        return place, partial(_joined, mask) if mask is not None else each_once

    def _holders(self, rows: Sequence[Row], seen: Sequence[Seen], told: Told) -> tuple[Holders, Mapping[str, str]]:
        """Read the agencies of the records that are told, and no other, and when each record last changed."""
        last: dict[str, str] = {}
        for decision, values in seen:
            owner = decision.owner
            last[owner] = max(last.get(owner, ""), values[_LAST_SEEN] or "")
        if self.holders is None:
            return {}, last
        read = ((code, self.holders.read(agency, told)) for code, agency in rows if code in last)
        return {code: tree for code, tree in read if tree is not None}, last


def _joined(mask: Mask, value: Any) -> Any:  # noqa: ANN401 - whatever the field holds
    """Mask a list, and tell each of its items once."""
    told = mask(value)
    return each_once(told) if isinstance(told, list) else told


def _apart(rows: Sequence[Row]) -> Iterator[Record]:
    return ((row[:-1], sheets.values(row[-1])) for row in rows)


def _rank(values: Row) -> tuple[int, str, str]:
    """How much a record counts where several tell as much: reliability, then recency, then id."""
    return (values[_RELIABILITY] or 0, values[_LAST_SEEN] or "", values[_ID])


def _fold(leaf: Leaf, ranked: Sequence[tuple[Mapping[str, int], Row]]) -> Any:  # noqa: ANN401 - whatever the field holds
    """Tell one value of several records: the furthest disclosed, then of the record that ranks first.

    Lists are joined over the records that disclose them as far.
    """
    furthest, found = 0, []
    for rungs, values in ranked:
        rung = rungs[leaf.name]
        value = leaf.value(rung, values) if rung >= furthest else None
        if value is None:
            continue
        if rung > furthest:
            furthest, found = rung, [value]
        elif leaf.is_list:
            found.append(value)
    if found and isinstance(found[0], list):
        return masked(_united, found)
    return found[0] if found else None


def _united(lists: Sequence[Sequence[Any]]) -> list[Any]:
    return sorted({item for items in lists for item in items})


def _agency(part: Part, holder: Tree | None) -> Tree | None:
    return part.of(holder) if holder is not None else None


def _contact(part: Part | None, holder: Tree | None) -> str | None:
    if part is None or holder is None:
        return None
    stated = part.of(holder)
    return next((stated[name] for name in CONTACT if stated[name]), None)
