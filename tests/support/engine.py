"""Engines for tests: a temporary embedded one, a temporary Neo4j, or the server that HUB_TEST_GRAPH_URL names."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import pytest

from graph.change import Stamp
from graph.migrations import APPLIED, TURN, migrate, missing_constraints, steps
from graph.store import Connection, Store, Transaction
from hub.engine.embedded import embedded
from hub.engine.server import end_with_parent
from tests.support.brief import let_be_brief
from tests.support.neo4j.server import Server, Size

URL = "HUB_TEST_GRAPH_URL"
HEAP = 256
SIZE = Size(heap=512, cache=64, is_brief=True)
PAGE = 5_000
STAMP = Stamp(now="2026-01-01T00:00:00+00:00", chance=str)
"""Of an empty graph: nothing in it is given an id."""
WIPE = "MATCH (n) WITH n LIMIT $page DETACH DELETE n RETURN count(*) AS deleted"
CLEAR = "MATCH (n) WHERE NOT n:Migration WITH n LIMIT $page DETACH DELETE n RETURN count(*) AS deleted"


def kinds(variables: Mapping[str, str]) -> tuple[str, ...]:
    """What a test that depends on the engine runs on, one after another."""
    return ("server",) if variables.get(URL) else ("embedded", "neo4j")


in_turn = [pytest.param(kind, marks=[pytest.mark.soak] if at else []) for at, kind in enumerate(kinds(os.environ))]
"""The engines as a test is given them: the first always, the others in soak, as Neo4j plans each new text slowly."""
on_every_engine = pytest.mark.parametrize("engine_connection", kinds(os.environ), indirect=True, scope="session")
"""For tests of what an engine most easily gets wrong; they run on each every time."""
on_one_engine = pytest.mark.parametrize("engine_connection", kinds(os.environ)[:1], indirect=True, scope="session")
"""For tests that need a graph, but of which no engine can be the cause."""


def named_server(variables: Mapping[str, str]) -> Connection:
    """The server that is named; as it is shared, tests on it run one after another."""
    user, password = variables["HUB_TEST_GRAPH_USER"], variables["HUB_TEST_GRAPH_PASSWORD"]
    return Connection(url=variables[URL], user=user, password=password)


@contextmanager
def an_embedded_engine(folder: Path) -> Iterator[Connection]:
    """Hold an embedded engine of one's own."""
    let_be_brief(folder)
    with asyncio.Runner() as runner:
        holding = embedded(folder, heap=HEAP)
        engine = runner.run(holding.__aenter__())
        try:
            yield engine.connection()
        finally:
            runner.run(holding.__aexit__(None, None, None))


@contextmanager
def a_neo4j(folder: Path) -> Iterator[Server]:
    """Run a Neo4j of one's own; as nobody needs its data any more, it is killed. Raises NotInstalled."""
    server = Server(folder, SIZE)
    try:
        server.start(end_with_parent)
        yield server
    finally:
        server.kill()


@asynccontextmanager
async def fresh_store(connection: Connection) -> AsyncIterator[Store]:
    """Give an empty, migrated store."""
    store = Store(connection)
    try:
        if await _is_migrated(store):
            await wipe(store, CLEAR)
            await store.write(lambda transaction: transaction.run(TURN))
        else:
            await wipe(store)
            await migrate(store, STAMP)
        yield store
    finally:
        await store.close()


async def _is_migrated(store: Store) -> bool:
    """Whether every step was taken, and all that it declared is still there."""
    taken = set(await store.read(APPLIED))
    return taken == {step.name for step in steps()} and not await missing_constraints(store)


async def wipe(store: Store, statement: str = WIPE) -> None:
    """Delete every node and link, a page at a time."""

    async def delete(transaction: Transaction) -> int:
        rows = await transaction.run(statement, {"page": PAGE})
        return int(rows[0][0])

    while await store.write(delete):
        pass
