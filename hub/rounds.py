"""What a hub does again and again while it serves: whenever the bell rings, and every second all the same."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from graph.change import Stamp
from graph.errors import GraphError
from hub.bell import Bell, heard

PAUSE = 1.0
"""Seconds after which what other processes did is seen, where nothing says so earlier."""
BREATH = 0.05
"""Seconds from one look to the next at the least: what is changed in between is looked at together."""
BETWEEN_CHORES = 0.25
"""The same for chores, which ask the graph several things each time."""
_log = logging.getLogger(__name__)


async def keep_looking(look: Callable[[], Awaitable[None]], failure: str, bell: Bell, breath: float = BREATH) -> None:
    """Look until cancelled; what fails is said, and is tried again in the next round, while the hub goes on answering.

    An outage of the graph is a line; whatever else fails is a mistake in the program, and told with its place.
    """
    time = asyncio.get_running_loop().time
    while True:
        ring, began = bell.listen(), time()
        try:
            await look()
        except GraphError as error:
            _log.warning("%s: %s", failure, error)
        except Exception:  # noqa: BLE001 - one mistake must not end what everybody's alerts and updates hang on
            _log.exception(failure)
        if await heard(ring, PAUSE):
            await asyncio.sleep(began + breath - time())


class Chore(Protocol):
    """Does the next part of what is due on a day, and returns how much that was: 0 where there is nothing more."""

    async def run(self, stamp: Stamp, day: str) -> int: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounds:
    """Does a chore whenever the bell rings, and rings it for what came of that; `failure` says what failed."""

    chore: Chore
    failure: str
    stamp: Callable[[], Stamp]
    today: Callable[[], str]
    bell: Bell

    async def run(self) -> None:
        """Do what is due until cancelled; while the graph is away it waits there."""
        await keep_looking(self._do, self.failure, self.bell, BETWEEN_CHORES)

    async def _do(self) -> None:
        while await self.chore.run(self.stamp(), self.today()):
            self.bell.ring()
