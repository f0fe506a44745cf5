"""How a driver's connections open, read and begin, and how they are asked: in one go, and without waiting in between.

The driver asks for two pieces and more of each message, and waits for each in a task of its own: a quarter of what the
smallest statement costs it. A session and a result, which can be read bit by bit, cost half of the rest. This is the
only module that touches what the driver calls private.
"""

import asyncio
from collections.abc import Mapping
from typing import Any, Protocol

from neo4j import READ_ACCESS, AsyncDriver, AsyncSession
from neo4j._async.io._pool import AcquisitionAuth, AcquisitionDatabase

AT_ONCE = 65_536
PATIENCE = 60.0
"""Seconds to wait for a connection while all are in use, as a session of the driver does."""
PARTING = 5.0
"""Seconds that a driver that is closed waits for connections that nobody wants any more."""


class Socket(Protocol):
    """Where a connection's bytes come from; `recv` gives some of them, none at their end."""

    async def recv(self, n: int) -> bytes: ...


class Wire:
    """Gives the driver its pieces; raises TimeoutError where nothing arrives for so many seconds, if any are given."""

    def __init__(self, socket: Socket, patience: float | None) -> None:
        self._socket = socket
        self._patience = patience
        self._arrived = memoryview(b"")

    async def recv_into(self, buffer: memoryview, nbytes: int) -> int:
        """Fill a buffer with what there is, up to so many bytes; 0 at the end."""
        if not self._arrived:
            async with asyncio.timeout(self._patience):
                self._arrived = memoryview(await self._socket.recv(AT_ONCE))
        piece, self._arrived = self._arrived[:nbytes], self._arrived[nbytes:]
        buffer[: len(piece)] = piece
        return len(piece)


def read_at_once(driver: AsyncDriver) -> None:
    """Let all connections that a driver opens from now on read so, and wait as long as the engine wants them to.

    Whoever waits for one may go away; then it is opened all the same, and closed, as the driver would leave it open.
    Closing the driver waits for that.
    """
    pool = driver._pool  # noqa: SLF001 - the driver has no other place for it
    opened, closed = pool.opener, pool.close
    forsaken: set[asyncio.Future[Any]] = set()

    async def opener(*asked: object) -> object:
        opening = asyncio.ensure_future(opened(*asked))
        try:
            connection = await asyncio.shield(opening)
        except asyncio.CancelledError:
            forsaken.add(opening)
            opening.add_done_callback(_forsaken)
            opening.add_done_callback(forsaken.discard)
            raise
        socket = connection.socket
        connection.inbox._socket = Wire(socket, socket.get_read_timeout())  # noqa: SLF001 - as above
        socket.set_read_timeout(None)
        return connection

    async def close() -> None:
        if forsaken:
            await asyncio.wait(forsaken, timeout=PARTING)
        await closed()

    pool.opener, pool.close = opener, close


def _forsaken(opening: asyncio.Future[Any]) -> None:
    """Close a connection that nobody waits for any more, if it was opened at all."""
    if not opening.cancelled() and opening.exception() is None:
        opening.result().kill()


async def ask_at_once(
    driver: AsyncDriver, database: str, statement: str, parameters: Mapping[str, Any]
) -> list[list[Any]]:
    """Run a statement that only reads, and return all of its records; raises what a session of the driver raises.

    It is sent, and its records are asked for, in one go, and they are taken as they come: no session, no result.
    """
    pool = driver._pool  # noqa: SLF001 - what a session would borrow from
    connection = await pool.acquire(
        access_mode=READ_ACCESS,
        timeout=PATIENCE,
        database=AcquisitionDatabase(database),
        bookmarks=(),
        auth=AcquisitionAuth(None),
        liveness_check_timeout=None,
    )
    records: list[list[Any]] = []
    hooks = connection.new_hydration_scope()
    both = {"dehydration_hooks": hooks.dehydration_hooks, "hydration_hooks": hooks.hydration_hooks}
    try:
        connection.run(statement, parameters=parameters, mode=READ_ACCESS, db=database, **both)
        connection.pull(on_records=records.extend, **both)
        await connection.send_all()
        await connection.fetch_all()
    except asyncio.CancelledError:
        connection.kill()  # what was asked would still be answered on it
        raise
    finally:
        await pool.release(connection)
    return records


def begin_at_once(session: AsyncSession) -> None:
    """Let a session send the beginning of a transaction together with its first statement.

    The driver does so in `execute_query`, which leaves no room for looking at what a statement found.
    """
    session._pipelined_begin.__enter__()  # noqa: SLF001 - as above; it is for the session's whole life
