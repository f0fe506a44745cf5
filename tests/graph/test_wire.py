"""The driver gets every byte in the pieces that it asks for, however they arrive, and waits for few of them."""

import asyncio
import gc
from collections.abc import Coroutine, Generator
from typing import Any, TypeVar

import pytest
from neo4j.exceptions import ClientError

from graph.store import Connection, Store
from graph.wire import Wire
from tests.support.engine import on_every_engine, on_one_engine

T = TypeVar("T")
Work = Generator[Any, None, T] | Coroutine[Any, Any, T]
TEXT = "abcdefghij" * 30_000
FEW = 2
SLOW = "UNWIND range(1, 3000) AS one UNWIND range(1, 3000) AS other RETURN count(one + other)"
ROUNDS = 12


class Arriving:
    """Gives what arrives, piece by piece; where nothing more does, it keeps everybody waiting."""

    def __init__(self, *pieces: bytes) -> None:
        self.pieces = list(pieces)

    async def recv(self, n: int) -> bytes:
        if not self.pieces:
            await asyncio.Event().wait()
        piece = self.pieces.pop(0)
        assert len(piece) <= n
        return piece


async def taken(wire: Wire, *sizes: int) -> list[bytes]:
    found = []
    for size in sizes:
        buffer = bytearray(size)
        count = await wire.recv_into(memoryview(buffer), size)
        found.append(bytes(buffer[:count]))
    return found


def test_pieces_are_given_as_they_are_asked_for_and_never_more_than_has_arrived() -> None:
    wire = Wire(Arriving(b"abcdef", b"g", b"hij", b""), None)
    assert asyncio.run(taken(wire, 2, 3, 4, 4, 2, 5, 1)) == [b"ab", b"cde", b"f", b"g", b"hi", b"j", b""]


def test_silence_is_waited_for_as_long_as_the_engine_wants() -> None:
    wire = Wire(Arriving(b"a"), 0.01)
    with pytest.raises(TimeoutError):
        asyncio.run(taken(wire, 1, 1))


@on_every_engine
def test_a_store_reads_long_answers_whole_and_short_ones_without_a_task_for_each_piece(
    engine_connection: Connection,
) -> None:
    async def read() -> None:
        store = Store(engine_connection)
        try:
            assert await store.read("RETURN $text", {"text": TEXT}) == TEXT
            made: list[object] = []

            def task(loop: asyncio.AbstractEventLoop, work: Work[T], /) -> asyncio.Future[T]:
                made.append(work)
                return asyncio.Task(work, loop=loop)

            asyncio.get_running_loop().set_task_factory(task)
            assert await store.read("RETURN 1") == 1
            assert len(made) <= FEW
        finally:
            await store.close()

    asyncio.run(read())


@on_every_engine
def test_one_connection_serves_on_after_a_statement_that_fails_and_one_that_is_given_up(
    engine_connection: Connection,
) -> None:
    async def read() -> None:
        store = Store(engine_connection, pool=1)
        try:
            with pytest.raises(ClientError):
                await store.read("RETURN nothing")
            assert await store.read("RETURN 1") == 1
            slow = asyncio.ensure_future(store.read(SLOW))
            queued = asyncio.ensure_future(store.read("RETURN 2"))
            done, _ = await asyncio.wait([slow, queued], timeout=0.2)
            assert not done
            slow.cancel()
            assert await queued == FEW
            with pytest.raises(asyncio.CancelledError):
                await slow
        finally:
            await store.close()

    asyncio.run(read())


@on_one_engine
def test_a_read_that_is_given_up_while_it_connects_leaves_no_socket_open(
    engine_connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    left: list[str] = []
    monkeypatch.setattr("sys.unraisablehook", lambda what: left.append(str(what.exc_value)))

    async def give_up(steps: int) -> None:
        """Give up after so many rounds of the loop, the first of which connect."""
        store = Store(engine_connection)
        read = asyncio.ensure_future(store.read("RETURN 1"))
        for _ in range(steps):
            await asyncio.sleep(0)
        read.cancel()
        await asyncio.wait([read])
        await store.close()

    for steps in range(ROUNDS):
        asyncio.run(give_up(steps))
        gc.collect()
    assert left == []
