"""Rung when something was changed: whoever waits looks what it was."""

import asyncio
from dataclasses import dataclass, field


@dataclass(slots=True)
class Bell:
    """Wakes those of this process; `own` is set besides where it was rung here, for who tells other processes."""

    own: asyncio.Event = field(default_factory=asyncio.Event)
    _next: asyncio.Event = field(default_factory=asyncio.Event)

    def ring(self) -> None:
        """Say that this process changed something."""
        self.own.set()
        self.echo()

    def echo(self) -> None:
        """Say that another did."""
        rung, self._next = self._next, asyncio.Event()
        rung.set()

    def listen(self) -> asyncio.Event:
        """Begin to listen: what is given is set when it rings the next time."""
        return self._next


async def heard(ring: asyncio.Event, seconds: float) -> bool:
    """Wait for a ring, so long at the most; whether there was one."""
    try:
        async with asyncio.timeout(seconds):  # `wait_for` forgets to end who is cancelled while it rings
            await ring.wait()
    except TimeoutError:
        return False
    return True
