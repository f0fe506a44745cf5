"""Workers that share a port are replaced when they end, and end with whoever keeps them."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

from hub.serving import listening
from hub.supervisor import Supervisor
from tests.support.holding import eventually

if TYPE_CHECKING:
    from asyncio.subprocess import Process

SUPERVISOR = """
import asyncio, sys
from hub import journal
from hub.serving import listening
from hub.supervisor import Supervisor

async def main():
    with listening("127.0.0.1", int(sys.argv[1])) as listener:
        supervisor = Supervisor([sys.executable, "-c", sys.argv[2]], listener, 2)
        await supervisor.run(lambda: print("ready", flush=True))
        sys.exit(supervisor.failed)

journal.begin(journal.Style.TEXT)
asyncio.run(main())
"""
WORKER = """
import os, signal, socket, sys, threading
listener = socket.socket(fileno=int(sys.argv[-1]))
threading.Thread(target=lambda: (sys.stdin.read(), os.kill(os.getpid(), signal.SIGTERM)), daemon=True).start()
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
print("ready", flush=True)
while True:
    connection, _ = listener.accept()
    connection.sendall(str(os.getpid()).encode())
    connection.close()
"""


@contextmanager
def supervised(worker: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    with listening("127.0.0.1", 0) as probe:
        port = probe.getsockname()[1]
    program = [sys.executable, "-c", SUPERVISOR, str(port), worker]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process, port
        finally:
            process.kill()


def answering(port: int) -> int:
    """The process that answers; 0 where the port is closed."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
            return int(connection.recv(20) or 0)
    except OSError:
        return 0


def both(port: int) -> set[int]:
    """The processes that answer."""
    found: set[int] = set()

    def are_seen() -> bool:
        found.add(answering(port))
        return len(found - {0}) == 2

    eventually(are_seen)
    return found - {0}


def lives(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


def test_a_worker_that_is_killed_is_replaced_and_a_signal_ends_all() -> None:
    with supervised(WORKER) as (process, port):
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        first = both(port)
        victim = min(first)
        os.kill(victim, signal.SIGKILL)
        eventually(lambda: not lives(victim))
        second = both(port)
        assert len(first & second) == 1
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
        assert not any(map(lives, second))
        assert answering(port) == 0
        assert process.stderr is not None
        (line,) = process.stderr.read().splitlines()
        assert "a worker ended with -9; another begins in 1.0 seconds" in line


def test_workers_end_with_a_supervisor_that_is_killed() -> None:
    with supervised(WORKER) as (process, port):
        assert process.stdout is not None
        process.stdout.readline()
        workers = both(port)
        process.kill()
        eventually(lambda: not any(map(lives, workers)))
        assert answering(port) == 0


def test_a_worker_that_cannot_begin_ends_the_start() -> None:
    with supervised("raise SystemExit(3)") as (process, _):
        assert process.wait(60) == 1
        assert process.stdout is not None
        assert process.stdout.read() == ""


def test_a_worker_that_ends_again_and_again_is_replaced_ever_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each pause is twice the one before, up to the longest: never a loop that takes the whole processor."""
    pauses: list[float] = []

    async def go() -> None:
        with listening("127.0.0.1", 0) as listener:
            supervisor = Supervisor([sys.executable, "-c", "print('ready')"], listener, 1)

            async def rest(_: Supervisor, pause: float) -> None:
                pauses.append(pause)
                if len(pauses) == 8:
                    supervisor.end()

            monkeypatch.setattr(Supervisor, "_rest", rest)
            await supervisor.run(lambda: None)

    asyncio.run(go())
    assert pauses == [1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0, 30.0]


class Ending:
    """A worker that ends when it is told to."""

    def __init__(self) -> None:
        self.end = asyncio.Event()

    async def wait(self) -> int:
        await self.end.wait()
        return 0


@pytest.mark.parametrize("is_at_rest", [True, False])
def test_who_is_cancelled_in_the_moment_that_is_waited_for_ends(is_at_rest: bool) -> None:  # noqa: FBT001 - a column of the table
    """Between two workers, or while the last one ends."""

    async def go() -> None:
        with listening("127.0.0.1", 0) as listener:
            supervisor, worker = Supervisor([], listener, 1), Ending()
            waiting: asyncio.Task[object]
            if is_at_rest:
                waiting = asyncio.create_task(supervisor._rest(60))  # noqa: SLF001 - the moment is between its steps
                await settled()
                supervisor.end()
            else:
                supervisor.end()
                waiting = asyncio.create_task(supervisor._ended(cast("Process", worker)))  # noqa: SLF001 - as above
                await settled()
                worker.end.set()
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiting

    asyncio.run(go())


async def settled() -> None:
    """Let everybody come as far as they can without time passing."""
    for _ in range(10):
        await asyncio.sleep(0)
