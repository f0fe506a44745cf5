"""Several selections of one node, read once: aliases of `edges`, `node` or `agency` share a row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from orjson import Fragment

from resolvers.branch import Tree
from resolvers.copies import Copied, opened
from resolvers.selection import Selected

T = TypeVar("T", bound=Copied)


@dataclass(slots=True, kw_only=True)
class Merge:
    """Gathers selections of nodes of one type, by the place of each."""

    typename: str
    places: dict[str, tuple[Selected, ...]] = field(default_factory=dict)

    def add(self, place: str, fields: Iterable[Selected]) -> "Part":
        """Add a selection under a place of its own."""
        self.places[place] = tuple(fields)
        return Part(merge=self, place=place)

    @property
    def fields(self) -> list[Selected]:
        """All that is selected; the keys of several selections are told apart by their places."""
        if len(self.places) == 1:
            (only,) = self.places.values()
            return list(only)
        return [
            replace(selected, key=f"{place}/{selected.key}")
            for place, fields in self.places.items()
            for selected in fields
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One of the selections that were gathered."""

    merge: Merge
    place: str

    def of(self, merged: T) -> T | Tree:
        """Take this selection's own tree out of the merged one, which it is where it is the only one."""
        if len(self.merge.places) == 1:
            return merged
        return self._own(merged)

    def all_of(self, merged: Sequence[Copied]) -> Sequence[Copied]:
        """Take it out of each of several."""
        return merged if len(self.merge.places) == 1 else [self._own(one) for one in merged]

    def _own(self, merged: Copied) -> Tree:
        whole: Tree = opened(merged) if isinstance(merged, Fragment) else merged
        return {one.key: whole[f"{self.place}/{one.key}"] for one in self.merge.places[self.place]}
