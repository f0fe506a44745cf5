"""Writes what people change, and knows at once the classes that it made."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeVar

from graph.change import Change, Stamp, commit
from graph.gathering import Gathering
from graph.store import Store
from hub.watch import PolicyWatch
from policies.sealing import Seal
from policies.view import Snapshot

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphScribe:
    """Writes to the graph, and wakes who has to hear of it.

    `ledger` is the name of the part of the ledger that is to tell of it, which does so later where this process ends
    before.
    """

    store: Store
    watch: PolicyWatch
    stamp: Callable[[], Stamp]
    wake: Callable[[], None]
    seal: Seal
    ledger: str | None = None
    gathering: Gathering = field(default_factory=Gathering)

    async def commit(self, work: Callable[[Change], Awaitable[T]]) -> tuple[T, Snapshot]:
        """Run work in one transaction; see resolvers.scribe."""
        done = await commit(self.store, self.stamp(), self._noted(work), self.watch.current.classes)
        self.gathering.forget()
        return self._heard(done)

    async def add(self, work: Callable[[Change], Awaitable[T]]) -> tuple[T, Snapshot]:
        """Run the work of an addition; see resolvers.scribe."""
        added = await self.gathering.add(self.store, self.stamp(), self._noted(work), self.watch.current.classes)
        return self._heard(added)

    async def renew(self) -> Snapshot:
        """Look up the classes that others have made; see resolvers.scribe."""
        await self.watch.refresh(self.store)
        return self.watch.current

    def _heard(self, done: tuple[T, frozenset[str]]) -> tuple[T, Snapshot]:
        result, classes = done
        self.watch.learn(classes)
        self.wake()
        return result, self.watch.current

    def _noted(self, work: Callable[[Change], Awaitable[T]]) -> Callable[[Change], Awaitable[tuple[T, frozenset[str]]]]:
        """Do the work, and say which classes it made."""

        async def noted(change: Change) -> tuple[T, frozenset[str]]:
            change.outgoing.through = self.ledger
            return await work(change), frozenset(change.classes)

        return noted
