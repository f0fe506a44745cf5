"""What can be told of a record: that it exists, and each of its fields; and what can be done to it."""

from collections.abc import Iterator
from dataclasses import dataclass

from policies.catalogue import POINTER, TypeEntry
from policies.phrases import NOTHING

MAY = "may"
"""The only rung of an act."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aspect:
    """A field with the rungs of its ladder, `pointer`, or an act; `lowest` is the bit of its lowest rung in a mask."""

    name: str
    ladder: tuple[str, ...]
    lowest: int

    def rung(self, mask: int) -> int:
        """How far a mask tells it: 0 is nothing, `len(ladder)` is everything."""
        return (mask // self.lowest & ((1 << len(self.ladder)) - 1)).bit_length()

    def bit(self, rung: int) -> int:
        """The bit that says that it is told at least up to `rung` (from 1)."""
        return self.lowest << (rung - 1)

    def word(self, rung: int) -> str:
        """The rung's name, as agreements write it."""
        return self.ladder[rung - 1] if rung else NOTHING


def aspects(entry: TypeEntry) -> Iterator[Aspect]:
    """That a record of the type exists, then its fields in their order."""
    yield Aspect(name="pointer", ladder=("pointer",), lowest=POINTER)
    for field in entry.fields:
        yield Aspect(name=field.name, ladder=field.ladder, lowest=entry.bit(field.name, 1))


def acts(entry: TypeEntry) -> Iterator[Aspect]:
    """What can be done to a record, in the order of an entry of acts: one may, or one may not."""
    for field in entry.fields:
        yield Aspect(name=field.name, ladder=(MAY,), lowest=entry.top(field.name))
