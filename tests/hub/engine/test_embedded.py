"""The engine answers, and starts empty for each test."""

import asyncio

from graph.store import Connection, Transaction
from tests.support.engine import fresh_store


def test_what_one_test_writes_the_next_does_not_see(engine_connection: Connection) -> None:
    async def write(transaction: Transaction) -> None:
        await transaction.run("UNWIND range(1, 12000) AS n CREATE (:Thing {n: n})")

    async def count() -> list[int]:
        async with fresh_store(engine_connection) as store:
            before = await store.read("MATCH (n:Thing) RETURN count(n)")
            await store.write(write)
            return [before, await store.read("MATCH (n:Thing) RETURN count(n)")]

    assert asyncio.run(count()) == [0, 12_000]
    assert asyncio.run(count()) == [0, 12_000]
