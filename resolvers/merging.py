"""Several selections of one node, read once: aliases of `edges`, `node` or `agency` share a row."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from resolvers.branch import Branch
from resolvers.selection import Selected


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One of the selections: its keys, and where each stands in the merged branch."""

    typename: str
    keys: tuple[tuple[str, str], ...]

    def of(self, merged: Branch) -> Branch:
        """Take this selection's own branch out of the merged one."""
        branch = Branch(self.typename)
        for key, place in self.keys:
            branch[key] = merged[place]
        return branch


@dataclass(slots=True, kw_only=True)
class Merge:
    """Gathers selections of nodes of one type."""

    typename: str
    fields: list[Selected] = field(default_factory=list)

    def add(self, place: str, fields: Iterable[Selected]) -> Part:
        """Add a selection under a place of its own."""
        keys = []
        for selected in fields:
            merged = f"{place}/{selected.key}"
            self.fields.append(replace(selected, key=merged))
            keys.append((selected.key, merged))
        return Part(typename=self.typename, keys=tuple(keys))
