"""Keeps the pair of policies and known classes current: a class that appears is known within a second."""

from graph.classes import known_classes
from hub.bell import Bell
from hub.rounds import keep_looking
from policies.engine import Engine
from policies.view import Snapshot
from resolvers.agreements import FACTS
from resolvers.reading import Store


class PolicyWatch:
    """Holds the current pair; a request takes it once and keeps it to its end."""

    def __init__(self, engine: Engine, classes: frozenset[str] = frozenset()) -> None:
        self._engine = engine
        self.current = Snapshot(engine, classes | {FACTS})

    async def refresh(self, store: Store) -> None:
        """Read the classes anew, and swap the pair where there are more. Raises GraphUnavailable."""
        self.learn(await known_classes(store.read))

    def learn(self, classes: frozenset[str]) -> None:
        """Know classes that this process made itself."""
        if not classes <= self.current.classes:
            self.current = Snapshot(self._engine, self.current.classes | classes)

    async def run(self, store: Store) -> None:
        """Refresh each second until cancelled; while the graph is away, what was known stays known."""

        async def look() -> None:
            await self.refresh(store)

        await keep_looking(look, "the classes could not be read", Bell())  # nobody rings it: most changes make none
