"""What the ledger asks of a real graph."""

import asyncio
from pathlib import Path

from graph.mirror import read_records
from graph.store import Connection, Store, Transaction
from hub.ledger.lines import Head
from hub.ledger.mirror import GraphMirror
from tests.hub.ledger.writing import checked, told, write
from tests.support.engine import fresh_store, on_one_engine

pytestmark = on_one_engine


FAMILY = """
CREATE (now:Person {personId: 'per_now'}), (old:Person {personId: 'per_old'}), (older:Person {personId: 'per_older'})
CREATE (other:Person {personId: 'per_other'})
CREATE (older)-[:SUCCEEDED_BY]->(old), (old)-[:SUCCEEDED_BY]->(now)
CREATE (:PersonRecord {recordId: 'rec_1', sourceKey: 'a/b/1'})-[:ABOUT]->(now)
CREATE (:PersonRecord {recordId: 'rec_2', sourceKey: 'a/b/2'})-[:ABOUT]->(now)
CREATE (:PersonRecord {recordId: 'rec_3', sourceKey: 'a/b/3'})-[:ABOUT]->(other)
"""


async def made(store: Store) -> None:
    async def work(transaction: Transaction) -> None:
        await transaction.run(FAMILY)

    await store.write(work)


def cut_last_line(directory: Path) -> None:
    (path,) = directory.glob("*.jsonl")
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))


def test_a_persons_records_are_found_by_any_id_that_the_person_ever_had(engine_connection: Connection) -> None:
    async def scenario() -> None:
        async with fresh_store(engine_connection) as store:
            await made(store)
            for person in ("per_now", "per_old", "per_older"):
                assert await read_records(store.read, person) == {"rec_1", "rec_2"}
            assert await read_records(store.read, "per_other") == {"rec_3"}
            assert await read_records(store.read, "per_nobody") == frozenset()

    asyncio.run(scenario())


def test_the_graph_remembers_the_latest_head_of_each_chain_and_finds_a_cut(
    engine_connection: Connection, tmp_path: Path
) -> None:
    head = write(tmp_path, [told("rec_a"), told("rec_b")])

    async def scenario() -> None:
        async with fresh_store(engine_connection) as store:
            mirror, key = GraphMirror(store), str(checked(tmp_path).key)
            assert await mirror.remembered(key) == {}
            await mirror.note(key, 0, Head(sequence=1, hash="0" * 64))
            await mirror.note(key, 0, head)
            await mirror.note("another ledger", 0, Head(sequence=99, hash="1" * 64))
            heads = await mirror.remembered(key)
            assert heads == {0: head}
            assert checked(tmp_path, heads).findings == []
            cut_last_line(tmp_path)
            assert "had come to 3" in str(checked(tmp_path, heads).findings[0])

    asyncio.run(scenario())
