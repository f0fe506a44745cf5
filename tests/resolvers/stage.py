"""A stage for stories: an empty store with the partnership, and a hub over it."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from graph.change import Stamp
from graph.store import Connection
from hub import stamps
from tests.support.engine import fresh_store
from tests.support.hub import TestHub, a_hub
from tests.support.scenes import Facts, state_partnership, write

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

Story = Callable[[TestHub], Awaitable[None]]


@asynccontextmanager
async def staged(
    connection: Connection, texts: Mapping[str, str] | None = None, stamp: Callable[[], Stamp] = stamps.stamp
) -> "AsyncIterator[TestHub]":
    """Open a hub over an empty store; whatever happens, the database and the decision must not differ."""
    async with fresh_store(connection) as store:
        await state_partnership(store)
        hub = await a_hub(store, texts, stamp)
        yield hub
        assert hub.answerer.policy_divergence_total == 0


def tell(connection: Connection, *facts: Facts, story: Story) -> None:
    """Run a story on a stage where these facts are stored."""

    async def whole() -> None:
        async with staged(connection) as hub:
            await write(hub.store, *facts)
            await hub.watch.refresh(hub.store)
            await story(hub)

    asyncio.run(whole())
