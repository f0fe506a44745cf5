"""Raises alerts while the hub serves: at once after a change of its own, within a second after those of others."""

from collections.abc import Callable
from dataclasses import dataclass

from graph.change import Stamp
from hub.bell import Bell
from hub.rounds import keep_looking
from resolvers.alerting import Relay


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertWatch:
    """Looks at what changed whenever the bell rings, and rings it for what it raised."""

    relay: Relay
    stamp: Callable[[], Stamp]
    today: Callable[[], str]
    bell: Bell

    async def run(self) -> None:
        """Raise what is due until cancelled; while the graph is away, what changed waits in its outbox."""
        await keep_looking(self._raise, "alerts could not be raised", self.bell)

    async def _raise(self) -> None:
        while await self.relay.run(self.stamp(), self.today()):
            self.bell.ring()
