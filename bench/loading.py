"""Rows into an engine in bulk, page by page."""

from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

from graph.store import Connection, Store, Transaction

PAGE = 4_000
WIPE = "MATCH (n) WITH n LIMIT 10000 DETACH DELETE n RETURN count(*)"

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A clause that is run for each row."""

    clause: str
    rows: Iterable[Row]


@asynccontextmanager
async def opened(connection: Connection) -> AsyncIterator[Store]:
    """Open a store for a block."""
    store = Store(connection)
    try:
        yield store
    finally:
        await store.close()


async def wipe(store: Store) -> None:
    """Delete every node and link."""
    while (await run(store, WIPE, {}))[0][0]:
        pass


async def load(store: Store, steps: Iterable[Step]) -> None:
    """Take the steps one after the other, each row once."""
    for step in steps:
        rows = iter(step.rows)
        while page := list(islice(rows, PAGE)):
            await run(store, f"UNWIND $rows AS row {step.clause}", {"rows": page})


async def declare(store: Store, statements: Iterable[str]) -> None:
    """Run statements of the schema, each in a transaction of its own, and wait for the indexes."""
    for statement in statements:
        await run(store, statement, {})


async def run(store: Store, statement: str, parameters: Row) -> list[list[Any]]:
    """Run a statement in a transaction of its own."""

    async def work(tx: Transaction) -> list[list[Any]]:
        return await tx.run(statement, parameters)

    return await store.write(work)


def pairs(rows: Iterable[tuple[str, str, Row]]) -> Iterator[Row]:
    """Rows of links: the id of the start, that of the end, and what the link says."""
    for start, end, values in rows:
        yield {"start": start, "end": end, "values": values}
