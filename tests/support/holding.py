"""Hub processes that hold an engine, and a look at the processes of an engine."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from hub.engine.embedded import embedded
from tests.support.brief import let_be_brief

HEAP = 256
SECONDS = 90.0
PAUSE = 0.05


@contextmanager
def holders(folder: Path, count: int) -> Iterator[list[subprocess.Popen[str]]]:
    """Start that many hub processes at the same moment, each the leader of a process group."""
    let_be_brief(folder)
    program = [sys.executable, "-m", "tests.support.holding", str(folder)]
    started = [
        subprocess.Popen(program, stdout=subprocess.PIPE, text=True, start_new_session=True) for _ in range(count)
    ]
    try:
        yield started
    finally:
        for process in started:
            process.kill()
            process.wait()
            if process.stdout:
                process.stdout.close()


def url(holder: subprocess.Popen[str]) -> str:
    """Wait until a holder's engine is ready, and give its address."""
    assert holder.stdout is not None
    return holder.stdout.readline().strip()


def eventually(condition: Callable[[], bool], seconds: float = SECONDS) -> None:
    """Wait until the condition holds, and fail when it does not in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(PAUSE)


def engines(folder: Path) -> list[int]:
    """The ids of the Java processes of that folder."""
    return _processes(f"-Darcadedb.server.rootPath={folder}/server")


def wardens(folder: Path) -> list[int]:
    """The ids of the wardens of that folder."""
    return [pid for pid in _processes(str(folder)) if b"hub.engine.warden" in _command(pid)]


def _processes(argument: str) -> list[int]:
    every = (int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit())
    return [pid for pid in every if argument.encode() in _command(pid)]


def _command(pid: int) -> list[bytes]:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return []


async def _hold(folder: Path) -> None:
    end = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGINT, end.set)
    async with embedded(folder, heap=HEAP) as engine:
        sys.stdout.write(f"{engine.connection().url}\n")
        sys.stdout.flush()
        await end.wait()


if __name__ == "__main__":
    os.umask(0o077)
    asyncio.run(_hold(Path(sys.argv[1])))
