"""An engine for tests: a temporary embedded one, or the server that HUB_TEST_GRAPH_URL names."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from graph.migrations import migrate
from graph.store import Connection, Store, Transaction
from hub.engine.embedded import embedded

HEAP = 256
PAGE = 5_000
NOW = "2026-01-01T00:00:00+00:00"
WIPE = "MATCH (n) WITH n LIMIT $page DETACH DELETE n RETURN count(*) AS deleted"


@contextmanager
def an_engine(folder: Path, variables: Mapping[str, str]) -> Iterator[Connection]:
    """Give an engine to a session of tests; on a server of its own, tests must run one after another."""
    if url := variables.get("HUB_TEST_GRAPH_URL"):
        user, password = variables["HUB_TEST_GRAPH_USER"], variables["HUB_TEST_GRAPH_PASSWORD"]
        yield Connection(url=url, user=user, password=password)
        return
    with asyncio.Runner() as runner:
        holding = embedded(folder, heap=HEAP)
        engine = runner.run(holding.__aenter__())
        try:
            yield engine.connection()
        finally:
            runner.run(holding.__aexit__(None, None, None))


@asynccontextmanager
async def fresh_store(connection: Connection) -> AsyncIterator[Store]:
    """Give an empty, migrated store."""
    store = Store(connection)
    try:
        await wipe(store)
        await migrate(store, NOW)
        yield store
    finally:
        await store.close()


async def wipe(store: Store) -> None:
    """Delete every node and link, a page at a time."""

    async def delete(transaction: Transaction) -> int:
        rows = await transaction.run(WIPE, {"page": PAGE})
        return int(rows[0][0])

    while await store.write(delete):
        pass
