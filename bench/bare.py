"""The least that could serve the same rows: Starlette, the driver, one statement, and orjson of what it returns."""

import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import orjson
import uvloop
from neo4j import READ_ACCESS, AsyncGraphDatabase, AsyncManagedTransaction
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from graph.store import DATABASE
from hub.serving import listening, serve


def create_app(url: str, user: str, password: str, file: Path) -> Starlette:
    """An application that runs the file's statement for each request."""
    asked = json.loads(file.read_text(encoding="utf-8"))
    driver = AsyncGraphDatabase.driver(url, auth=(user, password), max_connection_pool_size=100)

    async def read() -> list[list[Any]]:
        async with driver.session(database=DATABASE, default_access_mode=READ_ACCESS, fetch_size=-1) as session:
            result = await session.run(asked["statement"], asked["parameters"])
            return await result.values()

    async def written() -> list[list[Any]]:
        async def work(tx: AsyncManagedTransaction) -> list[list[Any]]:
            result = await tx.run(asked["statement"], asked["parameters"])
            return await result.values()

        async with driver.session(database=DATABASE, fetch_size=-1) as session:
            return await session.execute_write(work)

    async def answer(request: Request) -> Response:
        await request.body()
        rows = await (written() if asked["writes"] else read())
        return Response(orjson.dumps(rows), media_type="application/json")

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        del app
        async with driver:
            yield

    return Starlette(routes=[Route("/graphql", answer, methods=["POST"])], lifespan=lifespan)


async def run() -> None:
    """Serve until told to end."""
    names = ("HUB_GRAPH_URL", "HUB_GRAPH_USER", "HUB_GRAPH_PASSWORD")
    url, user, password = (os.environ[name] for name in names)
    with listening("127.0.0.1", int(os.environ["BENCH_PORT"])) as listener:
        await serve(create_app(url, user, password, Path(os.environ["BENCH_STATEMENT"])), listener)


if __name__ == "__main__":
    uvloop.run(run())  # as the hub does
