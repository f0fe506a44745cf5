"""What was told of a record before, kept as JSON: the same sheet, decided alike, is told alike.

Nothing is told without being read: the engine is asked each time, and the sheet that it gives is what a copy is found
by. So a copy cannot be out of date, and whoever may not see a record does not come by one.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import orjson

from resolvers.branch import Tree

MOST = 32 * 2**20
"""Bytes of sheets and of what is made of them that a process keeps; they take about twice as much room."""
AT_ONCE = 100
"""Copies that are made while one page is read, so that a page that nobody asks for again costs little more."""


Copied = Tree | orjson.Fragment
"""An object of the answer, or a copy of it, which nothing is to be put into."""


class Copy(NamedTuple):
    """What was told of a thing, and as what it is noted; `tree` is JSON, or the object itself while it is not kept."""

    ident: str
    noted: str
    tree: Copied | None


Copies = dict[str | None, Copy]
"""By sheet; there is none for a sheet that is missing."""


@dataclass(slots=True)
class Memory:
    """The copies of all plans, by what tells things that are decided alike; too many are all forgotten."""

    most: int = MOST
    _copies: dict[object, Copies] = field(default_factory=dict)
    _length: int = 0

    def of(self, outline: object) -> Copies:
        """Give what is kept of an outline."""
        return self._copies.setdefault(outline, {})

    def keep(self, outline: object, sheet: str | None, copy: Copy) -> None:
        """Keep a copy that is complete."""
        text = orjson.dumps(copy.tree)
        length = len(sheet or "") + len(text)
        self._length += length
        if self._length > self.most:
            self.clear()
            self._length = length
        self.of(outline)[sheet] = copy._replace(tree=orjson.Fragment(text))

    def clear(self) -> None:
        """Forget everything."""
        self._copies, self._length = {}, 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Copier:
    """Keeps copies of the objects of one selection: of those alone that the library would leave as they are."""

    memory: Memory
    are_complete: Callable[[Sequence[Any]], bool]

    def keep(self, made: Iterable[tuple[object, str | None, Copy]]) -> None:
        """Keep the first few of the copies that were made just now."""
        few = [one for one, _ in zip(made, range(AT_ONCE), strict=False)]
        if not self.are_complete([copy.tree for _, _, copy in few]):
            few = [one for one in few if self.are_complete([one[2].tree])]
        for outline, sheet, copy in few:
            self.memory.keep(outline, sheet, copy)


def opened(tree: Any) -> Any:  # noqa: ANN401 - any part of an answer
    """Give a tree in which objects stand again in the place of their copies."""
    if isinstance(tree, orjson.Fragment):
        return orjson.loads(orjson.dumps(tree))
    if isinstance(tree, list):
        return [opened(one) for one in tree]
    if isinstance(tree, dict):
        tree.update({key: opened(one) for key, one in tree.items()})
    return tree
