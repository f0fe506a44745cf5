"""Servers as processes of their own: started, waited for until they answer, and ended."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from hub.engine.log import last_words

READY_SECONDS = 120.0
END_SECONDS = 40.0
PAUSE = 0.1


class BenchError(Exception):
    """Something that is measured did not start, or is not what it is taken for; the message says what to do."""


def free_port() -> int:
    """A port that nobody listens on at the moment."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port


@asynccontextmanager
async def running(
    command: Sequence[str], environment: Mapping[str, str], log: Path
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run a process for a block; what it says goes to `log`."""
    with log.open("wb") as stream:
        process = await asyncio.create_subprocess_exec(
            *command, env={**os.environ, **environment}, stdin=asyncio.subprocess.DEVNULL, stdout=stream, stderr=stream
        )
    try:
        yield process
    finally:
        await _end(process)


@asynccontextmanager
async def answering(command: Sequence[str], environment: Mapping[str, str], log: Path, port: int) -> AsyncIterator[int]:
    """Run a web server that answers on the port; gives its process id. Raises BenchError where it ends instead."""
    async with running(command, environment, log) as process:
        deadline = asyncio.get_running_loop().time() + READY_SECONDS
        while not await _answers(port):
            if process.returncode is not None:
                raise BenchError(f"{' '.join(command)} ended: {last_words(log)}")
            if asyncio.get_running_loop().time() > deadline:
                raise BenchError(f"{' '.join(command)} does not answer: {last_words(log)}")
            await asyncio.sleep(PAUSE)
        yield process.pid


async def finish(command: Sequence[str], folder: Path) -> None:
    """Run a command in a folder to its end; raises BenchError with its last words where it fails."""
    process = await asyncio.create_subprocess_exec(
        *command,
        cwd=folder,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    told, _ = await process.communicate()
    if process.returncode:
        raise BenchError(f"{' '.join(command)} failed: {told.decode(errors='replace')[-400:]}")


def resident(process: int) -> int:
    """The bytes of memory that a process occupies."""
    pages = Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


async def _answers(port: int) -> bool:
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    try:
        writer.write(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        return (await reader.readline()).startswith(b"HTTP/")
    except OSError:
        return False
    finally:
        writer.close()


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    process.terminate()
    try:
        await asyncio.wait_for(process.wait(), END_SECONDS)
    except TimeoutError:
        process.kill()
        await process.wait()
