"""Writers are held back while somebody reads the graph as a whole, and go on whatever becomes of the holder."""

import asyncio
from collections.abc import Awaitable, Callable
from itertools import count

import pytest

from graph import hold
from graph.change import Change
from graph.errors import GraphError, GraphHeld, GraphOutdated, GraphUnavailable
from graph.hold import held
from graph.store import Connection, Store, Transaction
from tests.support.engine import fresh_store
from tests.support.scenes import person, stamp, write

COUNT = "MATCH (r:PersonRecord) RETURN count(r)"


async def run(store: Store, statement: str) -> None:
    await store.write(lambda tx: tx.run(statement))


def test_a_writer_waits_for_the_end_of_a_hold_and_a_reader_does_not(engine_connection: Connection) -> None:
    async def hold() -> None:
        async with fresh_store(engine_connection) as store:
            async with held(store, "backup"):
                writing = asyncio.create_task(write(store, person("council/1", familyName="Ash")))
                with pytest.raises(GraphHeld):
                    await store.write(lambda tx: Change(tx=tx, stamp=stamp()).take_turn())
                assert await store.read(COUNT) == 0
                assert not writing.done()
            await writing
            assert await store.read(COUNT) == 1

    asyncio.run(hold())


def test_what_was_written_all_the_same_is_noticed(engine_connection: Connection) -> None:
    async def hold() -> None:
        async with fresh_store(engine_connection) as store, held(store, "backup"):
            await run(store, "MATCH (t:Turn) SET t.taken = t.taken + 1")

    with pytest.raises(GraphError, match="somebody wrote"):
        asyncio.run(hold())


def test_a_renewal_that_fails_is_tried_again(engine_connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hold, "RENEW_SECONDS", 0.01)

    async def story() -> None:
        async with fresh_store(engine_connection) as store, held(store, "backup"):
            await run(store, "MATCH (t:Turn) SET t.heldUntil = 0")
            write, tries, renewed = store.write, count(1), asyncio.Event()

            async def failing(work: Callable[[Transaction], Awaitable[object]]) -> object:
                if next(tries) == 1:
                    raise GraphUnavailable("the engine is away for a moment")
                done = await write(work)
                renewed.set()
                return done

            monkeypatch.setattr(store, "write", failing)
            async with asyncio.timeout(10):
                await renewed.wait()
            assert await store.read("MATCH (t:Turn) RETURN t.heldUntil > timestamp()")

    asyncio.run(story())


def test_only_one_holds_at_a_time(engine_connection: Connection) -> None:
    async def hold() -> None:
        async with fresh_store(engine_connection) as store, held(store, "one"):
            with pytest.raises(GraphError, match="somebody else"):
                async with held(store, "another"):
                    pass

    asyncio.run(hold())


def test_writers_and_holders_go_on_after_a_holder_that_died(engine_connection: Connection) -> None:
    async def hold() -> None:
        async with fresh_store(engine_connection) as store:
            await run(store, "MATCH (t:Turn) SET t.holder = 'dead', t.heldUntil = timestamp() - 1")
            await write(store, person("council/1", familyName="Ash"))
            async with held(store, "backup"):
                assert await store.read(COUNT) == 1

    asyncio.run(hold())


def test_a_graph_that_is_not_migrated_cannot_be_held(engine_connection: Connection) -> None:
    async def hold() -> None:
        async with fresh_store(engine_connection) as store:
            await run(store, "MATCH (t:Turn) DELETE t")
            async with held(store, "backup"):
                pass

    with pytest.raises(GraphOutdated):
        asyncio.run(hold())
