"""How rows become branches: which column feeds which response key, and through which mask."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import orjson

from graph.columns import sources
from policies.catalogue import Field
from policies.masks import MASKS
from resolvers.branch import Branch, project
from resolvers.selection import TYPENAME, Selected, Selection
from resolvers.sight import Decision, Sight
from resolvers.told import Told

Row = Sequence[Any]
Mask = Callable[[Any], Any]


_IN_FULL: dict[str, Mask] = {"location": MASKS["point"], "boundary": orjson.loads}
"""Fields that are told in full by a mask of their own: a position becomes a geometry, and so does its text."""


class Rows(Protocol):
    """Turns the rows of one place in a plan into values of the answer."""

    def read(self, row: Row, told: Told) -> Any:  # noqa: ANN401 - a branch, a list of them, or None
        """Read one row; None where it is not to be told after all."""
        ...


@dataclass(slots=True, kw_only=True)
class Columns:
    """The columns that a read fetches, each once."""

    names: list[str] = field(default_factory=list)

    def at(self, name: str) -> int:
        """Return a column's place, adding it where it is new."""
        if name not in self.names:
            self.names.append(name)
        return self.names.index(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A disclosable field under its response key: for each rung its column and its mask."""

    key: str
    name: str
    rungs: tuple[tuple[int, Mask], ...]

    @classmethod
    def of(cls, key: str, entry: Field, columns: Columns) -> "Leaf":
        """Lay out a field's ladder over the columns behind it."""
        behind = sources(entry.name, len(entry.ladder))
        in_full = _IN_FULL.get(entry.name, MASKS["full"])
        masks = (in_full if rung == "full" else MASKS[rung] for rung in entry.ladder)
        rungs = tuple((columns.at(source), mask) for source, mask in zip(behind, masks, strict=True))
        return cls(key=key, name=entry.name, rungs=rungs)

    def value(self, rung: int, values: Row) -> Any:  # noqa: ANN401 - whatever the field holds
        """Disclose the field up to a rung; nothing at 0."""
        if rung == 0:
            return None
        column, mask = self.rungs[rung - 1]
        value = values[column]
        return None if value is None else mask(value)


def leaves(fields: Sequence[Selected], entry_fields: Mapping[str, Field], columns: Columns) -> tuple[Leaf, ...]:
    """Lay out every disclosable field of a selection."""
    return tuple(
        Leaf.of(selected.key, entry_fields[selected.name], columns)
        for selected in fields
        if selected.name in entry_fields and not _has_page(selected)
    )


def _has_page(selected: Selected) -> bool:
    return "first" in selected.arguments


@dataclass(frozen=True, slots=True, kw_only=True)
class Nested:
    """A part of a row that is itself read by rows: a connection below a node; `field` where it must be disclosed."""

    key: str
    rows: Rows
    field: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Skeleton:
    """What every object has beside its fields: its keys in order, its id and its access."""

    typename: str
    selection: Selection
    fields: tuple[Selected, ...]
    sight: Sight
    _started: dict[frozenset[Decision], Branch] = field(default_factory=dict)

    def branch(self, ident: str, decisions: frozenset[Decision]) -> Branch:
        """Start a branch with every response key in its place."""
        started = self._started.get(decisions)
        if started is None:
            started = self._started[decisions] = self._start(decisions)
        branch = Branch(self.typename, started)
        for selected in self.fields:
            if selected.name == "id":
                branch[selected.key] = ident
        return branch

    def _start(self, decisions: frozenset[Decision]) -> Branch:
        """Make what is the same for everything that is decided so."""
        branch: Branch = Branch(self.typename, dict.fromkeys(selected.key for selected in self.fields))
        for selected in self.fields:
            if selected.name == TYPENAME:
                branch[selected.key] = self.typename
            elif selected.name == "access":
                branch[selected.key] = project(self.selection, selected, self.sight.access(decisions))
        return branch


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeRows:
    """Rows of anything but people: `[id, facts, *conditions, *columns, *nested]`."""

    skeleton: Skeleton
    leaves: tuple[Leaf, ...]
    columns: Columns
    nested: tuple[Nested, ...] = ()

    def read(self, row: Row, told: Told) -> Branch | None:
        """Read a node; None where the decision hides it."""
        sight = self.skeleton.sight
        values = row[2 + sight.width :]
        decision = sight.decide(row[1], row[2 : 2 + sight.width])
        if not decision.visible:
            told.divergences += 1
            return None
        told.tell(decision.telling, row[0])
        decisions = frozenset((decision,))
        told.withhold(sight.withholding(decisions))
        branch = self.skeleton.branch(row[0], decisions)
        for leaf in self.leaves:
            branch[leaf.key] = leaf.value(decision.rungs[leaf.name], values)
        for nested, below in zip(self.nested, values[len(self.columns.names) :], strict=True):
            if nested.field is None or decision.rungs[nested.field]:
                branch[nested.key] = nested.rows.read(below, told)
        return branch
