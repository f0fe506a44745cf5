"""Raises alerts while the hub serves: at once after a change of its own, within a second after those of others."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field

from graph.change import Stamp
from graph.errors import GraphError
from resolvers.alerting import Relay

PAUSE = 1.0
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertWatch:
    """Looks at what changed; `woken` is set by whoever changed something in this process."""

    relay: Relay
    stamp: Callable[[], Stamp]
    today: Callable[[], str]
    woken: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> None:
        """Raise what is due until cancelled; while the graph is away, what changed waits in its outbox."""
        while True:
            self.woken.clear()
            try:
                while await self.relay.run(self.stamp(), self.today()):
                    pass
            except GraphError as error:
                _log.warning("alerts could not be raised: %s", error)
            except Exception:  # noqa: BLE001 - the hub goes on answering; what changed waits and is tried again
                _log.exception("alerts could not be raised")
            try:
                await asyncio.wait_for(self.woken.wait(), PAUSE)
            except TimeoutError:
                continue
