"""Alerts while the hub serves: what is raised, and a word in the log where nobody could be told."""

import logging
from dataclasses import dataclass

from graph import undelivered
from graph.change import Stamp
from graph.store import Store
from resolvers.alerting import Relay

_log = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
class Alerting:
    """Raises what is due, and says how many could be told to nobody whenever that is another number, or a new day."""

    store: Store
    relay: Relay
    _said: tuple[int, str] | None = None

    async def run(self, stamp: Stamp, day: str) -> int:
        """Look at what is next; returns how much that was."""
        looked = await self.relay.run(stamp, day)
        if looked:
            found = (await undelivered.count(self.store.read)).without_anybody, day
            if found[0] and found != self._said:
                _log.warning("alerts that could be told to nobody: %d", found[0])
            self._said = found
        return looked
