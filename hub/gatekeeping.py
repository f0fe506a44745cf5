"""The gate that a process of the deployment keeps: its own, or with the others one for all."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from hub.gates import HOUR, Gate, OwnGate
from hub.rates import Rate
from hub.settings import Settings


@asynccontextmanager
async def gate_of(settings: Settings, secret: bytes) -> AsyncIterator[Gate | None]:
    """Keep the gate for the public, with the other processes where they have a Redis; None where it is closed."""
    if not settings.refer_each or not settings.refer_all:
        yield None
        return
    each, together = (
        Rate(limit=limit, seconds=HOUR, clock=time.monotonic) for limit in (settings.refer_each, settings.refer_all)
    )
    own = OwnGate(each=each, together=together)
    if settings.redis is None:
        yield own
        return
    from hub.shared_gate import SharedGate, connected  # noqa: PLC0415 - without a Redis nobody waits for its package

    async with connected(settings.redis) as redis:
        yield SharedGate(own=own, redis=redis, secret=secret, clock=time.monotonic)
