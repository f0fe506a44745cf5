"""What was made for a text before, kept so that it need not be made again."""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


@dataclass(slots=True, kw_only=True)
class Kept(Generic[K, V]):
    """Values by their key; bounded by the lengths of the texts behind them, the least recently asked goes first.

    What is longer than `longest` is not kept.
    """

    longest: int
    most: int
    _found: OrderedDict[K, tuple[V, int]] = field(default_factory=OrderedDict)
    _length: int = 0

    def find(self, key: K) -> V | None:
        """Find what was kept."""
        found = self._found.get(key)
        if found is None:
            return None
        self._found.move_to_end(key)
        return found[0]

    def keep(self, key: K, value: V, length: int) -> None:
        """Keep a value in the place of an earlier one, unless its text is too long."""
        if length > self.longest:
            return
        _, before = self._found.pop(key, (None, 0))
        self._found[key] = (value, length)
        self._length += length - before
        while self._length > self.most:
            _, (_, gone) = self._found.popitem(last=False)
            self._length -= gone

    def __len__(self) -> int:
        return len(self._found)

    def clear(self) -> None:
        """Forget everything."""
        self._found.clear()
        self._length = 0


MADE_AT_MOST = 4_096
"""Decisions, and sets of them, that one selection meets; in practice some dozens."""


class Made(dict[K, V]):
    """What is made once for each key and read by several threads; too many are all forgotten, and made again."""

    def keep(self, key: K, value: V) -> V:
        """Keep a value, unless another thread was first: then take that one, so that all have the same."""
        if len(self) >= MADE_AT_MOST:
            self.clear()
        return self.setdefault(key, value)
