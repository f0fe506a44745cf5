"""Writers held back while somebody reads the graph as a whole."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from graph.errors import GraphError, GraphOutdated
from graph.store import Store

LEASE_MILLISECONDS = 60_000
RENEW_SECONDS = 10.0
HOLD = """
MATCH (t:Turn {name: 'writer'}) WHERE coalesce(t.heldUntil, 0) < timestamp() OR t.holder = $holder
SET t.holder = $holder, t.heldUntil = timestamp() + $lease
RETURN collect(t.taken)"""
RELEASE = """
MATCH (t:Turn {name: 'writer'}) WHERE t.holder = $holder
SET t.holder = null, t.heldUntil = null
RETURN collect(t.taken)"""
EXISTS = "MATCH (t:Turn {name: 'writer'}) RETURN count(t) > 0"


@asynccontextmanager
async def held(store: Store, holder: str) -> AsyncIterator[None]:
    """Let nobody take the writers' turn for as long as the block lasts; readers go on.

    Whoever was writing is waited for. The hold is a lease, so that writers go on after a holder that died; that nobody
    wrote meanwhile is read off the count of turns at the end. Raises GraphError where somebody did, or somebody else
    holds the writers, and GraphOutdated in a graph that is not migrated.
    """
    before = await _hold(store, holder)
    renewing = asyncio.create_task(_renew(store, holder))
    try:
        yield
    finally:
        renewing.cancel()
        await asyncio.wait([renewing])
        after = await _run(store, RELEASE, {"holder": holder})
    if after != before:
        raise GraphError("somebody wrote while nobody should; repeat it")


async def _hold(store: Store, holder: str) -> list[int]:
    taken = await _run(store, HOLD, {"holder": holder, "lease": LEASE_MILLISECONDS})
    if not taken:
        if await store.read(EXISTS):
            raise GraphError("somebody else makes a backup of this graph now; wait for its end, at most a minute")
        raise GraphOutdated("the graph is not migrated; `hub serve` does it")
    return taken


async def _renew(store: Store, holder: str) -> None:
    """Renew the lease until cancelled; what fails is tried again, and that it ran out shows in the count of turns."""
    while True:
        await asyncio.sleep(RENEW_SECONDS)
        with suppress(GraphError):
            await _hold(store, holder)


async def _run(store: Store, statement: str, parameters: dict[str, str | int]) -> list[int]:
    rows = await store.write(lambda tx: tx.run(statement, parameters))
    found: list[int] = rows[0][0]
    return found
