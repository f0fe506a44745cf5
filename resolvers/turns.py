"""Long answers of the engine are read one in a round of the loop, so that what is short goes on between them."""

import asyncio
from collections import deque
from collections.abc import Mapping
from typing import Any

from resolvers.reading import Store

LONG = 200
"""Rows of a list that take half a millisecond and more to read."""


class InTurn:
    """A store that gives long lists one in each round of the loop, in the order in which they came.

    Several often come in one round. Read one after the other they would keep the answers that are ready, and whatever
    the engine could do meanwhile, waiting for all of them.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._is_taken = False

    async def read(self, statement: str, parameters: Mapping[str, Any] | None = None) -> Any:  # noqa: ANN401 - the shape is the statement's
        """Run a statement; raises what the store raises."""
        rows = await self._store.read(statement, parameters)
        if _are_long(rows):
            await self._turn()
        return rows

    async def _turn(self) -> None:
        """Wait for a turn, which is over when the loop goes on to other things."""
        loop = asyncio.get_running_loop()
        if self._is_taken:
            turn = loop.create_future()
            self._waiting.append(turn)
            await turn
        else:
            self._is_taken = True
            loop.call_soon(self._pass_on, loop)

    def _pass_on(self, loop: asyncio.AbstractEventLoop) -> None:
        """Give the next turn to the first who still waits for one."""
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                loop.call_soon(self._pass_on, loop)
                return
        self._is_taken = False


def _are_long(rows: Any) -> bool:  # noqa: ANN401 - as above
    """Whether rows are a long list, or hold one as a page does."""
    return isinstance(rows, list) and any(isinstance(part, list) and len(part) > LONG for part in (rows, *rows[:LONG]))
