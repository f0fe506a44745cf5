"""Writes what people change, and knows at once the classes that it made."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from graph.change import Change, Stamp, commit
from graph.store import Store
from hub.watch import PolicyWatch
from policies.sealing import Seal
from policies.view import Snapshot

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphScribe:
    """Writes to the graph, and wakes who has to hear of it."""

    store: Store
    watch: PolicyWatch
    stamp: Callable[[], Stamp]
    wake: Callable[[], None]
    seal: Seal

    async def commit(self, work: Callable[[Change], Awaitable[T]]) -> tuple[T, Snapshot]:
        """Run work in one transaction; see resolvers.scribe."""

        async def noted(change: Change) -> tuple[T, frozenset[str]]:
            return await work(change), frozenset(change.classes)

        result, classes = await commit(self.store, self.stamp(), noted, self.watch.current.classes)
        self.watch.learn(classes)
        self.wake()
        return result, self.watch.current

    async def renew(self) -> Snapshot:
        """Look up the classes that others have made; see resolvers.scribe."""
        await self.watch.refresh(self.store)
        return self.watch.current
