"""How rows become trees: which column feeds which response key, and through which mask."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Protocol

import orjson
from graphql import GraphQLList, get_nullable_type

from graph import sheets
from graph.columns import sources
from policies.catalogue import Field
from policies.masks import MASKS
from resolvers.branch import Tree, project
from resolvers.copies import Copied
from resolvers.selection import TYPENAME, Selected, Selection
from resolvers.sight import Decision, Sight
from resolvers.told import Told, Withholding

Row = Sequence[Any]
Mask = Callable[[Any], Any]
Column = tuple[int, Mask | None]
"""Where among the values of a row one stands, and what masks it; None where it is told as it is."""

_IN_FULL: dict[str, Mask] = {"location": MASKS["point"], "boundary": orjson.loads, "footprint": orjson.loads}
"""Fields that are told in full by a mask of their own: a position becomes a geometry, and so does its text."""


class Untellable(Exception):  # noqa: N818 - a value in its place, which the library raises there
    """Stands where a stored value could not be masked: text that is torn, or sealed under another key.

    It carries nothing of it, and takes no more than its own cell from the answer.
    """


Unseal = Callable[[Selected], Mask | None]
"""Gives what opens a field that is kept sealed, and so masks it in full; None for any other."""


class Rows(Protocol):
    """Turns the rows of one place in a plan into values of the answer."""

    def read(self, row: Row, told: Told) -> Any:  # noqa: ANN401 - a tree, a list of them, or None
        """Read one row; None where it is not to be told after all."""
        ...


class ListedRows(Rows, Protocol):
    """Turns the rows of a list too."""

    def read_page(self, rows: Sequence[Row], first: int, told: Told) -> "Page":
        """Read as many rows as a page has."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What stands on a page, None for what is not to be told after all; whether more follows.

    By what each is ordered, and its id, make out where in the list it stands.
    """

    keys: Sequence[Any]
    idents: Sequence[str]
    trees: Sequence[Copied | None]
    has_next: bool


@dataclass(slots=True, kw_only=True)
class Columns:
    """The columns that a read fetches, each once: those of the `sheet` come together, as one text."""

    sheet: tuple[str, ...] = ()
    names: list[str] = field(default_factory=list)
    has_sheet: bool = False

    def at(self, name: str) -> int:
        """Return a column's place among the values of a row, adding it where it is new."""
        self.has_sheet = bool(self.sheet)
        if name in self.sheet:
            return self.sheet.index(name)
        if name not in self.names:
            self.names.append(name)
        return len(self.sheet) + self.names.index(name)

    def values(self, row: Row, start: int) -> Row:
        """Take the values off a row in which they begin at `start`."""
        if not self.has_sheet:
            return row[start : start + len(self.names)]
        sheet = sheets.values(row[start])
        return [*sheet, *row[start + 1 : start + 1 + len(self.names)]] if self.names else sheet

    def all_values(self, rows: Sequence[Row], start: int) -> Sequence[Row]:
        """Take the values off many rows."""
        if not self.has_sheet:
            return [self.values(row, start) for row in rows]
        read = sheets.all_values([row[start] for row in rows])
        if not self.names:
            return read
        return [[*sheet, *row[start + 1 : start + self.width]] for row, sheet in zip(rows, read, strict=True)]

    @property
    def width(self) -> int:
        """How many places of a row they take."""
        return len(self.names) + self.has_sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A disclosable field under its response key: for each rung its column and its mask."""

    key: str
    name: str
    rungs: tuple[Column, ...]
    is_list: bool = False

    @classmethod
    def of(
        cls, key: str, entry: Field, columns: Columns, *, is_list: bool = False, opened: Mask | None = None
    ) -> "Leaf":
        """Lay out a field's ladder over the columns behind it."""
        behind = sources(entry.name, len(entry.ladder))
        in_full = opened or _IN_FULL.get(entry.name) or MASKS["full"]
        masks = (in_full if rung == "full" else MASKS[rung] for rung in entry.ladder)
        rungs = tuple(
            (columns.at(source), mask if mask is not MASKS["full"] else None)
            for source, mask in zip(behind, masks, strict=True)
        )
        return cls(key=key, name=entry.name, rungs=rungs, is_list=is_list)

    def value(self, rung: int, values: Row) -> Any:  # noqa: ANN401 - whatever the field holds
        """Disclose the field up to a rung; nothing at 0."""
        if rung == 0:
            return None
        column, mask = self.rungs[rung - 1]
        value = values[column]
        return value if value is None or mask is None else masked(mask, value)

    def column(self, rung: int) -> Column | None:
        """Say where the field stands at a rung, and what masks it."""
        return self.rungs[rung - 1] if rung else None


def masked(mask: Mask, value: Any) -> Any:  # noqa: ANN401 - whatever the field holds
    """Mask a value; what cannot be masked is a bad cell, as is a value that the contract has no word for."""
    try:
        return mask(value)
    except Exception:  # noqa: BLE001 - whatever is wrong with one value takes nothing but that value away
        return Untellable()


def each_once(values: Sequence[Any]) -> list[Any]:
    """Tell each of several values once, in order."""
    return sorted(set(values))


def _unsealed(_selected: Selected) -> None:
    """Open nothing: nothing is sealed there."""


def leaves(
    fields: Sequence[Selected], entry_fields: Mapping[str, Field], columns: Columns, unseal: Unseal = _unsealed
) -> tuple[Leaf, ...]:
    """Lay out every disclosable field of a selection."""
    return tuple(
        Leaf.of(selected.key, entry_fields[selected.name], columns, is_list=_is_list(selected), opened=unseal(selected))
        for selected in fields
        if selected.name in entry_fields and not _has_page(selected)
    )


def _has_page(selected: Selected) -> bool:
    return "first" in selected.arguments


def _is_list(selected: Selected) -> bool:
    return selected.definition is not None and isinstance(get_nullable_type(selected.definition.type), GraphQLList)


@dataclass(frozen=True, slots=True, kw_only=True)
class Nested:
    """A part of a row that is itself read by rows: a connection below a node; `field` where it must be disclosed."""

    key: str
    rows: Rows
    field: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, weakref_slot=True)
class Outline:
    """Objects that are decided alike: what puts the values of a row under their keys, and masks them."""

    tree: Callable[[str, Row], Tree]
    """Tells the values of one row, of a thing with an id."""
    withholding: Withholding


@dataclass(frozen=True, slots=True, kw_only=True)
class Skeleton:
    """What every object has beside its fields: its keys in order, its id and its access."""

    typename: str
    selection: Selection
    fields: tuple[Selected, ...]
    sight: Sight

    def outline(self, decisions: frozenset[Decision], columns: Mapping[str, Column | None]) -> Outline:
        """Lay out the objects that are decided so; a response key without a column holds the same in all of them."""
        places: dict[str, str] = {}
        names: dict[str, Any] = {}
        for at, selected in enumerate(self.fields):
            place, mask = columns.get(selected.key) or (None, None)
            if place is not None:
                places[selected.key] = _value(f"values[{place}]", mask, f"mask{at}")
                names |= {} if mask is None else {f"mask{at}": partial(masked, mask)}
            elif selected.name == "id":
                places[selected.key] = "ident"
            else:
                places[selected.key] = f"constant{at}"
                names[f"constant{at}"] = self._constant(selected, decisions)
        return Outline(tree=_writer(places, names), withholding=self.sight.withholding(decisions))

    def _constant(self, selected: Selected, decisions: frozenset[Decision]) -> Any:  # noqa: ANN401 - as selected
        if selected.name == TYPENAME:
            return self.typename
        if selected.name == "access":
            return project(self.selection, selected, self.sight.access(decisions))
        return None


def _writer(places: Mapping[str, str], names: dict[str, Any]) -> Callable[[str, Row], Tree]:
    """Write down once, as Python, where the value under each key comes from: pairing them anew takes thrice as long.

    Keys are written as texts, and places and names are made here, so that nothing that a client wrote is run.
    """
    pairs = ", ".join(f"{key!r}: {place}" for key, place in places.items())
    written: Callable[[str, Row], Tree] = eval(f"lambda ident, values: {{{pairs}}}", names)  # noqa: S307 - see above
    return written


def _value(value: str, mask: Mask | None, name: str) -> str:
    """Write down a value and the name of what masks it."""
    if mask is None:
        return value
    if mask is each_once:
        return f"({name}({value}) if type({value}) is list and len({value}) > 1 else {value})"
    return f"(None if {value} is None else {name}({value}))"
