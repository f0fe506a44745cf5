"""How the visible records of a person are told as one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from resolvers.branch import Branch
from resolvers.layout import Leaf, Nested, NodeRows, Row, Skeleton
from resolvers.merging import Part
from resolvers.selection import TYPENAME, Selected
from resolvers.sight import Decision, Sight
from resolvers.told import Told

CONTACT = ("contactEmail", "contactPhone", "contactName")
"""Whom to ask at an agency: the first of these that it states."""
CONTACT_PLACE = "contact"
Holders = Mapping[str, Branch]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One visible record of a person, with the decision on it."""

    id: str
    owner: str
    dataset: str
    reliability: int
    last_seen: str | None
    values: Row
    decision: Decision

    @property
    def rank(self) -> tuple[int, str, str]:
        """How much it counts where several tell as much: reliability, then recency, then id."""
        return (self.reliability, self.last_seen or "", self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRows:
    """The `records` of a person under one response key; `agencies` by the response key of `agency`."""

    skeleton: Skeleton
    leaves: tuple[Leaf, ...]
    agencies: Mapping[str, Part]

    def branch(self, seen: Seen, holders: Holders) -> Branch:
        """Tell one record with its source."""
        branch = self.skeleton.branch(seen.id, frozenset((seen.decision,)))
        for leaf in self.leaves:
            branch[leaf.key] = leaf.value(seen.decision.rungs[leaf.name], seen.values)
        for selected in self.skeleton.fields:
            if selected.name == "dataset":
                branch[selected.key] = seen.dataset
            elif selected.name == "lastSeen":
                branch[selected.key] = seen.last_seen
            elif selected.name == "agency":
                branch[selected.key] = _agency(self.agencies[selected.key], holders.get(seen.owner))
        return branch


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderRows:
    """The `knownTo` of a person under one response key; `agencies` by the response key of `agency`."""

    fields: tuple[Selected, ...]
    agencies: Mapping[str, Part]

    def branches(self, seen: Sequence[Seen], holders: Holders) -> list[Branch]:
        """Tell which agencies hold something, since when, and whom to ask."""
        last: dict[str, str] = {}
        for record in seen:
            last[record.owner] = max(last.get(record.owner, ""), record.last_seen or "")
        return [self._branch(last[owner], holders.get(owner)) for owner in sorted(last)]

    def _branch(self, last_seen: str, holder: Branch | None) -> Branch:
        branch = Branch("Holder")
        for selected in self.fields:
            if selected.name == "agency":
                branch[selected.key] = _agency(self.agencies[selected.key], holder)
            elif selected.name == "contact":
                branch[selected.key] = _contact(holder)
            else:
                branch[selected.key] = "Holder" if selected.name == TYPENAME else last_seen or None
        return branch


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRows:
    """Rows of people: `[id, records, *links, holders]`."""

    skeleton: Skeleton
    leaves: tuple[Leaf, ...]
    nested: tuple[Nested, ...]
    records: Mapping[str, RecordRows]
    known_to: Mapping[str, HolderRows]
    holders: NodeRows | None

    def read(self, row: Row, told: Told) -> Branch | None:
        """Fold a person's visible records; None where none is left."""
        seen = self._visible(row[1], told)
        if not seen:
            return None
        branch = self.skeleton.branch(row[0], _noted(self.skeleton.sight, seen, told))
        for leaf in self.leaves:
            branch[leaf.key] = fold(leaf, seen)
        for nested, below in zip(self.nested, row[2:], strict=False):
            branch[nested.key] = nested.rows.read(below, told)
        holders = self._holders(row, seen, told)
        for key, records in self.records.items():
            branch[key] = [records.branch(record, holders) for record in seen]
        for key, known in self.known_to.items():
            branch[key] = known.branches(seen, holders)
        return branch

    def record(self, row: Row, ident: str, told: Told) -> Branch | None:
        """Tell the one record that was asked for by its own id."""
        seen = self._visible([entry for entry in row[1] if entry[0] == ident], told)
        if not seen:
            return None
        _noted(self.skeleton.sight, seen, told)
        (rows,) = self.records.values()
        return rows.branch(seen[0], self._holders(row, seen, told))

    def _visible(self, rows: Sequence[Row], told: Told) -> list[Seen]:
        """Decide on each record that came back."""
        found = [self._seen(row) for row in rows]
        visible = [record for record in found if record.decision.visible]
        told.divergences += len(found) - len(visible)
        return sorted(visible, key=lambda record: record.id)

    def _seen(self, row: Row) -> Seen:
        ident, facts, *rest = row
        width = self.skeleton.sight.width
        owner, dataset, reliability, last_seen, *values = rest[width:]
        return Seen(
            id=ident,
            owner=owner,
            dataset=dataset,
            reliability=reliability or 0,
            last_seen=last_seen,
            values=values,
            decision=self.skeleton.sight.decide(facts, rest[:width]),
        )

    def _holders(self, row: Row, seen: Sequence[Seen], told: Told) -> Holders:
        """Read the agencies of the records that are told, and no other."""
        if self.holders is None:
            return {}
        owners = {record.owner for record in seen}
        read = ((code, self.holders.read(agency, told)) for code, agency in row[-1] if code in owners)
        return {code: branch for code, branch in read if branch is not None}


def fold(leaf: Leaf, seen: Sequence[Seen]) -> Any:  # noqa: ANN401 - whatever the field holds
    """Tell one value of several records: the furthest disclosed, then the most reliable, recent, and by id.

    Lists are joined over the records that disclose them as far.
    """
    known = []
    for record in seen:
        rung = record.decision.rungs[leaf.name]
        value = leaf.value(rung, record.values)
        if value is not None:
            known.append((rung, record, value))
    if not known:
        return None
    furthest, _, value = known[0] if len(known) == 1 else max(known, key=lambda one: (one[0], one[1].rank))
    if isinstance(value, list):
        return sorted({item for rung, _, items in known if rung == furthest for item in items})
    return value


def _noted(sight: Sight, seen: Sequence[Seen], told: Told) -> frozenset[Decision]:
    """Note what is told and withheld of records that are told as one; return how they were decided."""
    for record in seen:
        told.tell(record.decision.telling, record.id)
    decisions = frozenset(record.decision for record in seen)
    told.withhold(sight.withholding(decisions))
    return decisions


def _agency(part: Part, holder: Branch | None) -> Branch | None:
    return part.of(holder) if holder is not None else None


def _contact(holder: Branch | None) -> str | None:
    stated = (holder[f"{CONTACT_PLACE}/{name}"] for name in CONTACT) if holder is not None else ()
    return next((value for value in stated if value), None)
