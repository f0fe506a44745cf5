"""Reads which things each change touched, once for all who follow something in this process."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from graph.inbox import turns
from graph.outbox import AT_ONCE, stirred
from graph.store import Store
from hub.bell import Bell, heard
from hub.rounds import keep_looking

REVIEW = 60.0
"""Seconds after which whoever follows something looks again though nothing happened to it: agreements begin and end,
and protections are raised on people whom a case concerns."""
BREATH = 0.2
"""Seconds between two looks of one follower: what happens in between is looked at together, so that many followers of
something busy do not keep the hub from everybody else."""


class Stirred:
    """Somebody's wait for something to look at; however often it is stirred meanwhile, that is one thing to do."""

    def __init__(self) -> None:
        self._event = asyncio.Event()
        self._looked = -BREATH

    def stir(self) -> None:
        self._event.set()

    async def again(self) -> None:
        """See resolvers.live.following."""
        await heard(self._event, REVIEW)
        now = asyncio.get_running_loop().time()
        await asyncio.sleep(self._looked + BREATH - now)
        self._looked = max(now, self._looked + BREATH)
        self._event.clear()


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """Stirs those who follow what was touched: a thing by its id, or all of a type by the prefix of their ids."""

    store: Store
    bell: Bell
    _following: dict[str, set[Stirred]] = field(default_factory=dict)

    @contextmanager
    def follow(self, key: str) -> Iterator[Stirred]:
        """Follow an id or a prefix, as long as the block lasts."""
        one = Stirred()
        self._following.setdefault(key, set()).add(one)
        try:
            yield one
        finally:
            self._following[key].discard(one)
            if not self._following[key]:
                del self._following[key]

    async def run(self) -> None:
        """Read until cancelled; while the graph is away, what was changed waits in its outbox."""
        position: int | None = None
        before: frozenset[str] = frozenset()

        async def look() -> None:
            nonlocal position, before
            self._stir(before)
            position, before = await self._read(position)

        await keep_looking(look, "what was changed could not be read", self.bell)

    async def _read(self, position: int | None) -> tuple[int, frozenset[str]]:
        """Stir whoever follows what was touched after a position; in the beginning all, who may have missed it.

        Returns how far was read, and what is to be stirred once more by the next look: the engine shows what it
        commits piece by piece, so that who looks at once may not have seen all of it.
        """
        if position is None:
            position = await turns(self.store.read)
            self._stir(frozenset(self._following))
            return position, frozenset()
        touched: frozenset[str] = frozenset()
        while True:
            reached, ids = await stirred(self.store, position)
            keys = ids | {ident[: ident.find("_") + 1] for ident in ids}
            self._stir(keys)
            touched |= keys
            if reached - position < AT_ONCE:  # there were fewer than are named at once
                return reached, touched
            position = reached

    def _stir(self, keys: frozenset[str]) -> None:
        for key in keys & self._following.keys():
            for one in self._following[key]:
                one.stir()
