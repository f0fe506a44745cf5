"""Raises alerts while the hub serves: at once after a change of its own, within a second after those of others."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from graph.change import Stamp
from graph.errors import GraphError
from hub.live.bell import Bell, heard
from resolvers.alerting import Relay

PAUSE = 1.0
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertWatch:
    """Looks at what changed whenever the bell rings, and rings it for what it raised."""

    relay: Relay
    stamp: Callable[[], Stamp]
    today: Callable[[], str]
    bell: Bell

    async def run(self) -> None:
        """Raise what is due until cancelled; while the graph is away, what changed waits in its outbox."""
        while True:
            ring = self.bell.listen()
            try:
                while await self.relay.run(self.stamp(), self.today()):
                    self.bell.ring()
            except GraphError as error:
                _log.warning("alerts could not be raised: %s", error)
            except Exception:  # noqa: BLE001 - the hub goes on answering; what changed waits and is tried again
                _log.exception("alerts could not be raised")
            await heard(ring, PAUSE)
