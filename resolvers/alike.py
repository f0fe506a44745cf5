"""Many things of one row each: what is decided alike is told alike, and most of it was told before."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from graph import sheets
from resolvers.copies import Copied, Copier, Copies, Copy
from resolvers.layout import Outline, Row
from resolvers.sight import Decision
from resolvers.told import Told


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """Rows in the order in which they came: by what, of what, their classes and conditions, and what they say."""

    keys: Sequence[Any]
    idents: Sequence[str]
    decided: Sequence[Row]
    sheets: Sequence[str | None]

    def at(self, places: Sequence[int]) -> "Listed":
        """Those that stand at some places."""
        columns: tuple[Sequence[Any], ...] = (self.keys, self.idents, self.decided, self.sheets)
        if isinstance(places, range):
            keys, idents, decided, texts = (column[places.start : places.stop] for column in columns)
        else:
            keys, idents, decided, texts = ([column[at] for at in places] for column in columns)
        return Listed(keys=keys, idents=idents, decided=decided, sheets=texts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How things are told that are decided alike: by an outline, if any; what it told before; where they are noted."""

    outline: Outline | None
    copies: Copies
    noted: dict[str, None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """Tells of many things; each is noted by its id, or by what stands at the place `noted` of its sheet."""

    copier: Copier | None = None
    noted: int | None = None

    def way(self, decision: Decision, outline: Outline, told: Told) -> Way:
        """How to tell what is decided and laid out so."""
        told.withhold(outline.withholding)
        copies = self.copier.memory.of(outline) if self.copier is not None else {}
        return Way(outline=outline, copies=copies, noted=told.records[decision.telling])

    def tell(self, listed: Listed, way: Callable[[Row], Way], told: Told) -> list[Copied | None]:
        """Tell of each in order; None of what is hidden, which is a divergence."""
        decided = _Ways(way)
        ways = [*map(decided.__getitem__, listed.decided)]
        kept = [one.copies.get(ident) for one, ident in zip(ways, listed.idents, strict=True)]
        same = [copy if copy and copy.sheet == sheet else None for copy, sheet in zip(kept, listed.sheets, strict=True)]
        copies = [copy for copy in same if copy is not None]
        if len(copies) < len(same):
            copies = self._completed(same, ways, listed, told)
        for one, copy in zip(ways, copies, strict=True):
            one.noted[copy.noted] = None
        told.divergences += sum(len(one.noted) for one in decided.values() if one.outline is None)
        return [copy.tree for copy in copies]

    def _completed(self, same: Sequence[Copy | None], ways: Sequence[Way], listed: Listed, told: Told) -> list[Copy]:
        """Tell what was not kept; where the same was asked before, keep some of it."""
        places = [at for at, copy in enumerate(same) if copy is None]
        copies = {at: copy for at, copy in enumerate(same) if copy is not None}
        for at, values in zip(places, sheets.all_values([listed.sheets[at] for at in places]), strict=True):
            ident, outline = listed.idents[at], ways[at].outline
            noted = ident if self.noted is None else values[self.noted]
            tree = outline.tree(ident, values) if outline is not None else None
            copies[at] = Copy(sheet=listed.sheets[at], noted=noted, tree=tree)
        if self.copier is not None and told.is_again:
            made = ((ways[at].outline, listed.idents[at], copies[at]) for at in places)
            self.copier.keep(one for one in made if one[0] is not None)
        return [copies[at] for at in range(len(same))]


class _Ways(dict[Row, Way]):
    """How each that is decided in some way is told, found out once."""

    def __init__(self, way: Callable[[Row], Way]) -> None:
        super().__init__()
        self._way = way

    def __missing__(self, decided: Row) -> Way:
        found = self[decided] = self._way(decided)
        return found


def hidden() -> Way:
    """How to tell what the decision hides: not at all."""
    return Way(outline=None, copies={}, noted={})
