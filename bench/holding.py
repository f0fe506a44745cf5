"""The town in an engine: for the hub, and for the peer beside it."""

from pathlib import Path

from bench import ours, theirs
from bench.loading import declare, load, opened, wipe
from bench.town import Town
from graph.migrations import migrate
from graph.store import Connection
from hub import stamps
from hub.partnership import read_partnership, state

POLICIES = Path(__file__).parent / "policies"
AGREED, GRANTING = POLICIES / "agreed", POLICIES / "granting"
"""The partnership's agreements, and one that grants everything."""


async def hold(connection: Connection, town: Town, *, peer: bool = False) -> None:
    """Let the engine hold the town and nothing else, and with `peer` the same people under the peer's labels too."""
    async with opened(connection) as store:
        await wipe(store)
        await migrate(store, stamps.stamp())
        await state(store, read_partnership(AGREED), stamps.stamp())
        await load(store, ours.steps(town))
        if peer:
            await declare(store, theirs.SCHEMA)
            await load(store, theirs.steps(town))
        await declare(store, ("CALL db.awaitIndexes(600)",) if peer else ())
