"""The embedded engine as a hub process uses it: started or attached to, looked after, and let go."""

import asyncio
import logging
import os
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from graph.store import Connection, answers
from hub.engine.errors import EngineError
from hub.engine.java import USER, home
from hub.engine.lock import Lock
from hub.engine.place import Place

HEAP = 512
"""MiB that the engine may take, by default."""
PAUSE = 0.1
WATCH_SECONDS = 1.0
LONGEST_WATCH_SECONDS = 60.0
READY_SECONDS = 120.0
RELEASE_SECONDS = 20.0

_log = logging.getLogger(__name__)


class Engine:
    """A hold on the engine of one data folder; `embedded` gives one."""

    def __init__(self, place: Place, *, heap: int) -> None:
        self._place = place
        self._heap = heap
        self._warden: int | None = None

    def connection(self) -> Connection:
        """Say where the engine listens; it keeps its address when it is restarted."""
        address = self._place.address()
        if address is None:
            raise EngineError(f"the embedded engine was never started; its log is {self._place.log}")
        return Connection(url=f"bolt://127.0.0.1:{address.port}", user=USER, password=self._place.password())

    @property
    def starts(self) -> int:
        """How often the engine of this folder was started, ever."""
        address = self._place.address()
        return address.starts if address else 0

    async def ready(self, *, after: int = 0) -> None:
        """Wait until the engine answers and was started more than `after` times.

        Raises EngineError when it cannot be started.
        """
        deadline = time.monotonic() + READY_SECONDS
        while not await self._is_ready(after):
            if time.monotonic() > deadline:
                raise EngineError(f"the embedded engine does not answer; its log is {self._place.log}")
            self._look_after()
            await asyncio.sleep(PAUSE)

    async def restart(self) -> None:
        """Stop the engine and start it again, for everybody who uses it; raises EngineError when that fails."""
        before = self.starts
        self._place.restart.touch()
        await self.ready(after=before)

    async def watch(self) -> None:
        """See to it that the engine has a warden, for as long as this runs; one that gave up is replaced ever later."""
        pause = WATCH_SECONDS
        while True:
            await asyncio.sleep(pause)
            try:
                self._look_after()
                pause = WATCH_SECONDS
            except (EngineError, OSError) as error:
                pause = min(pause * 2, LONGEST_WATCH_SECONDS)
                log = self._place.log
                _log.error("the engine is not kept, %s; its log is %s; again in %.0f seconds", error, log, pause)

    async def _is_ready(self, after: int) -> bool:
        address = self._place.address()
        if address is None or not address.ready or address.starts <= after or not self._place.has_warden():
            return False
        return await answers(self.connection())

    def _look_after(self) -> None:
        """Start a warden where there is none; raises EngineError when the one that we started gave up."""
        if self._warden is not None:
            ended, status = os.waitpid(self._warden, os.WNOHANG)
            if not ended:
                return
            self._warden = None
            if status:
                raise EngineError(self._reason())
        if not self._place.has_warden():
            self._warden = _spawn(self._place, self._heap)

    def _reason(self) -> str:
        reason = self._place.failure.read_text(encoding="utf-8") if self._place.failure.exists() else ""
        return reason or f"the embedded engine was given up; its log is {self._place.log}, is the disk full?"


@asynccontextmanager
async def embedded(folder: Path, *, heap: int = HEAP) -> AsyncIterator[Engine]:
    """Hold the engine of that folder: start it or attach to it, and end it if nobody else holds it afterwards.

    Raises EngineError when it cannot be started.
    """
    home()
    place = Place(path=folder)
    try:
        users = await _hold(place)
    except OSError as error:
        raise EngineError(f"the engine's folder {folder} cannot be used: {error.strerror}; see HUB_DATA") from error
    engine = Engine(place, heap=heap)
    try:
        await engine.ready()
        watch = asyncio.create_task(engine.watch())
        try:
            yield engine
        finally:
            watch.cancel()
            await asyncio.wait([watch])
    finally:
        await _release(place, users)


async def _hold(place: Place) -> Lock:
    users = place.users()
    deadline = time.monotonic() + READY_SECONDS
    while not users.share():
        if time.monotonic() > deadline:
            users.close()
            raise EngineError(f"the last embedded engine does not end; its log is {place.log}")
        await asyncio.sleep(PAUSE)
    return users


async def _release(place: Place, users: Lock) -> None:
    """Let go, and wait for the engine's end if we were the last."""
    is_last = users.take()
    users.close()
    deadline = time.monotonic() + RELEASE_SECONDS
    while is_last and place.has_warden() and time.monotonic() < deadline:  # noqa: ASYNC110 - another process ends
        await asyncio.sleep(PAUSE)


def _spawn(place: Place, heap: int) -> int:
    """Start a warden in a process session of its own, so that the terminal's signals do not reach it."""
    program = [sys.executable, "-P", "-m", "hub.engine.warden", str(place.path), str(heap)]
    source = str(Path(__file__).parents[2])
    paths = os.pathsep.join(part for part in (source, os.environ.get("PYTHONPATH")) if part)
    log = str(place.path / "warden.log")
    return os.posix_spawn(
        sys.executable,
        program,
        {**os.environ, "PYTHONPATH": paths},
        setsid=True,
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
            (os.POSIX_SPAWN_DUP2, 1, 2),
        ],
    )
