"""What can be disclosed: types, fields, and how far each field can go, as bits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from policies.vocabulary import DataClass

POINTER = 1
"""The bit of every type that says: it exists, and who holds it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A disclosable field; `ladder` is its rungs from the least to the most telling, each the name of a mask."""

    name: str
    data_class: DataClass
    ladder: tuple[str, ...] = ("full",)
    group: str | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class TypeEntry:
    """A type of the catalogue: a node type, or a link (`RESIDES_AT`) that is granted like one; or the acts of a type.

    It equals no other, as the fields and the acts of a type have its name in common.

    A mask is one integer: `POINTER`, then for each field as many thermometer bits as its ladder has rungs, so that
    the union of grants is `|` and a cap is `&`.
    """

    name: str
    fields: tuple[Field, ...]
    group: str | None = None

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        return MappingProxyType({entry.name: entry for entry in self.fields})

    @cached_property
    def _shifts(self) -> Mapping[str, int]:
        shifts, at = {}, 1
        for entry in self.fields:
            shifts[entry.name] = at
            at += len(entry.ladder)
        return shifts

    @cached_property
    def full(self) -> int:
        """Every bit of the type."""
        return (1 << (1 + sum(len(entry.ladder) for entry in self.fields))) - 1

    def upto(self, name: str, rung: int) -> int:
        """The bits of a field disclosed up to `rung` (0 is nothing, 1 the lowest rung)."""
        return ((1 << rung) - 1) << self._shifts[name]

    def bit(self, name: str, rung: int) -> int:
        """The single bit that says that a field is disclosed at least up to `rung` (from 1)."""
        return 1 << (self._shifts[name] + rung - 1)

    def top(self, name: str) -> int:
        """The single bit of a field's top rung: what ordering and exact filters need."""
        return self.bit(name, len(self.by_name[name].ladder))

    def rung(self, mask: int, name: str) -> int:
        """How far `mask` discloses a field: 0 is nothing, `len(ladder)` is everything."""
        width = len(self.by_name[name].ladder)
        return ((mask >> self._shifts[name]) & ((1 << width) - 1)).bit_length()

    def members(self, group: str) -> tuple[Field, ...]:
        """The fields that tell the same fact."""
        return tuple(entry for entry in self.fields if entry.group == group)


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """Every disclosable type by name; printed from the schema, handed to the engine.

    `acts` has for some types an entry more, whose fields are what can be done to such records.
    """

    types: Mapping[str, TypeEntry] = field(default_factory=dict)
    acts: Mapping[str, TypeEntry] = field(default_factory=dict)

    @classmethod
    def of(cls, entries: Iterable[TypeEntry], acts: Mapping[str, Iterable[str]] = MappingProxyType({})) -> "Catalogue":
        """The catalogue of these types, and of acts by name of the type."""
        return cls(
            types=MappingProxyType({entry.name: entry for entry in entries}),
            acts=MappingProxyType({name: _of_acts(name, words) for name, words in acts.items()}),
        )


def _of_acts(name: str, words: Iterable[str]) -> TypeEntry:
    fields = tuple(Field(name=word, data_class=DataClass.NON_PERSONAL) for word in words)
    return TypeEntry(name=name, fields=fields)
