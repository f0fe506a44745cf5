"""What was told of things before, kept as JSON: the same sheet, decided alike, is told alike.

Nothing is told without being read: the engine is asked each time, and a copy stands for what a thing tells only where
the engine gives the very sheet that it was made of. So a copy cannot be out of date, and whoever may not see a thing
does not come by one.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from sys import getsizeof
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import orjson

from resolvers.branch import Tree

MOST = 64 * 2**20
"""Bytes of memory that a process gives to copies, and to the sheets that they were made of."""
AT_ONCE = 100
"""Copies that are made while one page is read, so that making them keeps nobody waiting."""
_ROOM = 400
"""Bytes that a copy takes beside its two texts."""

Copied = Tree | orjson.Fragment
"""An object of the answer, or a copy of it, which nothing is to be put into."""


class Copy(NamedTuple):
    """What a thing tells by a sheet, and as what it is noted; `tree` is JSON once it is kept, and an object before."""

    sheet: str | None
    noted: str
    tree: Copied | None
    size: int = 0


Copies = dict[str, Copy]
"""By the ids of things."""


@dataclass(slots=True)
class Memory:
    """The copies of all plans, by what tells things that are decided alike; too many are all forgotten.

    Those of a plan that is gone go with it.
    """

    most: int = MOST
    _copies: WeakKeyDictionary[Any, Copies] = field(default_factory=WeakKeyDictionary)
    _size: int = 0

    def of(self, outline: object) -> Copies:
        """Give what is kept of an outline."""
        return self._copies.get(outline) or {}

    def keep(self, outline: object, ident: str, copy: Copy) -> None:
        """Keep a copy that is complete, in the place of an earlier one."""
        text = bytes(memoryview(orjson.dumps(copy.tree)))  # what orjson gives lies in kilobytes of its own
        size = getsizeof(copy.sheet) + getsizeof(text) + _ROOM
        if size > self.most:
            return
        before = self.of(outline).get(ident)
        self._size += size - (before.size if before is not None else 0)
        if self._size > self.most:
            self.clear()
            self._size = size
        self._copies.setdefault(outline, {})[ident] = copy._replace(tree=orjson.Fragment(text), size=size)

    def clear(self) -> None:
        """Forget everything."""
        self._copies, self._size = WeakKeyDictionary(), 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Copier:
    """Keeps copies of the objects of one selection: of those alone that the library would leave as they are."""

    memory: Memory
    are_complete: Callable[[Sequence[Any]], bool]

    def keep(self, made: Iterable[tuple[object, str, Copy]]) -> None:
        """Keep the first few of the copies that were made just now."""
        few = [one for one, _ in zip(made, range(AT_ONCE), strict=False)]
        if not self.are_complete([copy.tree for _, _, copy in few]):
            few = [one for one in few if self.are_complete([one[2].tree])]
        for outline, ident, copy in few:
            self.memory.keep(outline, ident, copy)


def opened(tree: Any) -> Any:  # noqa: ANN401 - any part of an answer
    """Give a tree in which objects stand again in the place of their copies."""
    if isinstance(tree, orjson.Fragment):
        return orjson.loads(orjson.dumps(tree))
    if isinstance(tree, list):
        return [opened(one) for one in tree]
    if isinstance(tree, dict):
        tree.update({key: opened(one) for key, one in tree.items()})
    return tree
