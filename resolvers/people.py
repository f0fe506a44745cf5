"""How the visible records of a person are told as one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph import sheets
from graph.sheets import RECORD, SHEETS
from graph.vocabulary import Node
from resolvers.branch import Tree
from resolvers.kept import Made
from resolvers.layout import Column, Leaf, Mask, Nested, NodeRows, Outline, Row, Skeleton, masked
from resolvers.merging import Part
from resolvers.selection import TYPENAME, Selected
from resolvers.sight import Decision
from resolvers.told import Told

CONTACT = ("contactEmail", "contactPhone", "contactName")
"""Whom to ask at an agency: the first of these that it states."""
CONTACT_PLACE = "contact"
Holders = Mapping[str, Tree]
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
        seen = self._visible(row[1], told)
        if not seen:
            return None
        tree = self._told_alone(row[0], seen[0], told) if len(seen) == 1 else self._folded(row[0], seen, told)
        if self.nested:
            for nested, below in zip(self.nested, row[2:], strict=False):
                tree[nested.key] = nested.rows.read(below, told)
        if self.records or self.known_to:
            holders, last_seen = self._holders(row, seen, told)
            for key, records in self.records.items():
                tree[key] = [records.tree(record, holders) for record in seen]
            for key, known in self.known_to.items():
                tree[key] = known.trees(last_seen, holders)
        return tree

    def read_all(self, rows: Sequence[Row], told: Told) -> list[Tree | None]:
        """Fold the records of many people; where nothing else is selected, most have one and are told at once."""
        if self.nested or self.records or self.known_to:
            return [self.read(row, told) for row in rows]
        alone = iter(sheets.all_values([row[1][0][-1] for row in rows if len(row[1]) == 1]))
        known: dict[Row, tuple[Outline, dict[str, None]]] = {}
        trees = []
        for row in rows:
            ident, records = row[0], row[1]
            if len(records) != 1:
                trees.append(self.read(row, told))
                continue
            record, values = records[0], next(alone)
            decided = tuple(record[:-1])
            found = known.get(decided)
            if found is None:
                trees.append(self.read(row, told))
                decision = self.skeleton.sight.decide(record[0], record[1:-1])
                if decision.visible:
                    known[decided] = (self._outlined(decision), told.records[decision.telling])
                continue
            found[1][values[_ID]] = None
            trees.append(found[0].tree(ident, values))
        return trees

    def record(self, row: Row, ident: str, told: Told) -> Tree | None:
        """Tell the one record that was asked for by its own id."""
        seen = self._visible(row[1], told, ident)
        if not seen:
            return None
        told.withhold(self.skeleton.sight.withholding(frozenset((seen[0][0],))))
        (rows,) = self.records.values()
        holders, _ = self._holders(row, seen, told)
        return rows.tree(seen[0], holders)

    def _visible(self, rows: Sequence[Row], told: Told, only: str | None = None) -> list[Seen]:
        """Decide on each record that came back, or on the `only` one, and note what is told."""
        decide, seen = self.skeleton.sight.decide, list[Seen]()
        for row in rows:
            values = sheets.values(row[-1])
            if only is not None and values[_ID] != only:
                continue
            decision = decide(row[0], row[1:-1])
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
        return place, _Joined(mask=mask)

    def _holders(self, row: Row, seen: Sequence[Seen], told: Told) -> tuple[Holders, Mapping[str, str]]:
        """Read the agencies of the records that are told, and no other, and when each record last changed."""
        last: dict[str, str] = {}
        for decision, values in seen:
            owner = decision.owner
            last[owner] = max(last.get(owner, ""), values[_LAST_SEEN] or "")
        if self.holders is None:
            return {}, last
        read = ((code, self.holders.read(agency, told)) for code, agency in row[-1] if code in last)
        return {code: tree for code, tree in read if tree is not None}, last


@dataclass(frozen=True, slots=True, kw_only=True)
class _Joined:
    """Masks a list, and tells each of its items once."""

    mask: Mask | None

    def __call__(self, value: Any) -> Any:  # noqa: ANN401 - whatever the field holds
        told = value if self.mask is None else self.mask(value)
        return sorted(set(told)) if isinstance(told, list) and len(told) > 1 else told


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
