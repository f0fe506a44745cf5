"""Engines of the bench's own: in a folder that is made anew, and gone when the block ends."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from enum import StrEnum
from pathlib import Path

from graph.store import Connection
from hub.engine.embedded import embedded
from tests.support.neo4j.server import Server, Size

SIZE = Size(heap=1024, cache=512)


class Kind(StrEnum):
    """Which engine."""

    NEO4J = "neo4j"
    EMBEDDED = "embedded"


@asynccontextmanager
async def engine(kind: Kind, folder: Path) -> AsyncIterator[Connection]:
    """Run an engine; raises NotInstalled where Neo4j is not here."""
    await asyncio.to_thread(folder.mkdir)
    if kind is Kind.EMBEDDED:
        async with embedded(folder) as running:
            yield running.connection()
        return
    server = Server(folder, SIZE)
    try:
        await asyncio.to_thread(server.start)
        yield server.connection()
    finally:
        await asyncio.to_thread(server.stop)
