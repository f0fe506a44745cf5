"""Who waits for the bell can be ended at every moment, also while it rings."""

import asyncio

import pytest

from hub.bell import Bell, heard


def test_who_is_ended_while_it_rings_ends() -> None:
    async def whole() -> None:
        bell = Bell()
        waiting = asyncio.create_task(heard(bell.listen(), 60))
        await asyncio.sleep(0)
        bell.ring()
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting

    asyncio.run(whole())


def test_a_ring_is_heard_by_all_who_listen_and_by_nobody_twice() -> None:
    async def whole() -> None:
        bell = Bell()
        first = [asyncio.create_task(heard(bell.listen(), 60)) for _ in range(3)]
        await asyncio.sleep(0)
        bell.ring()
        assert await asyncio.gather(*first) == [True, True, True]
        assert not await heard(bell.listen(), 0.01)

    asyncio.run(whole())
