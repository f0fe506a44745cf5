"""What commands need opened: the data folder, and the graph, reachable and migrated."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from graph import migrations
from graph.errors import GraphOutdated, GraphUnavailable
from graph.store import POOL_SIZE, Connection, Store, answers
from hub import stamps
from hub.engine.embedded import Engine, embedded
from hub.engine.lock import Lock
from hub.folder import Folder
from hub.settings import Settings

PAUSE = 0.5
ANSWER_SECONDS = 60.0
MIGRATION_SECONDS = 300.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """What is open; `engine` is None where the graph is a server of its own."""

    folder: Folder
    store: Store
    engine: Engine | None


@asynccontextmanager
async def open_services(
    settings: Settings, *, patience: float = ANSWER_SECONDS, pool: int = POOL_SIZE
) -> AsyncIterator[Services]:
    """Open the data folder and a graph that answers, as it is: not migrated.

    The embedded engine is started or attached to; a server is waited for, `patience` seconds. `pool` is how many
    connections this process may have at once.
    Raises FolderError, EngineError and GraphUnavailable.
    """
    folder = Folder.open(settings.data)
    if settings.graph is not None:
        await _await_answer(settings.graph, patience)
        async with _open_store(settings.graph, pool) as store:
            yield Services(folder=folder, store=store, engine=None)
        return
    async with embedded(folder.engine) as engine, _open_store(engine.connection(), pool) as store:
        yield Services(folder=folder, store=store, engine=engine)


@asynccontextmanager
async def open_ready(settings: Settings, *, pool: int = POOL_SIZE) -> AsyncIterator[Services]:
    """Open the data folder and a graph that is up to date and as this program expects.

    Raises also GraphOutdated, when the graph is of a newer version or lacks constraints.
    """
    async with open_services(settings, pool=pool) as services:
        await bring_up_to_date(services)
        yield services


@asynccontextmanager
async def open_graph(settings: Settings) -> AsyncIterator[Store]:
    """Open the graph alone, as `open_ready` does."""
    async with open_ready(settings) as services:
        yield services.store


async def bring_up_to_date(services: Services) -> None:
    """Migrate, one hub process of a data folder at a time, and compare the constraints with the expected ones."""
    lock = await _take_turns(services.folder)
    try:
        applied = await migrations.migrate(services.store, stamps.stamp())
        if applied and services.engine is not None:
            await services.engine.restart()  # the embedded engine's new constraints hold surely from its next start on
    finally:
        lock.close()
    if missing := await migrations.missing_constraints(services.store):
        raise GraphOutdated(
            f"the graph does not keep what it must: {', '.join(sorted(missing))} not unique; "
            "restore it from a backup, or see `hub doctor`"
        )


async def _take_turns(folder: Folder) -> Lock:
    lock = Lock(folder.path / "migrations.lock")
    deadline = time.monotonic() + MIGRATION_SECONDS
    while not lock.take():
        if time.monotonic() > deadline:
            lock.close()
            raise GraphOutdated("another hub process has been migrating the graph for too long")
        await asyncio.sleep(PAUSE)
    return lock


async def _await_answer(connection: Connection, patience: float) -> None:
    deadline = time.monotonic() + patience
    while not await answers(connection):
        if time.monotonic() > deadline:
            raise GraphUnavailable(f"the graph at {connection.url} does not answer; see HUB_GRAPH_URL")
        await asyncio.sleep(PAUSE)


@asynccontextmanager
async def _open_store(connection: Connection, pool: int) -> AsyncIterator[Store]:
    store = Store(connection, pool=pool)
    try:
        yield store
    finally:
        await store.close()
