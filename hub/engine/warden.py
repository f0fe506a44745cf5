"""The engine's warden: a small process that starts the engine, restarts it, and ends it after its last user."""

import os
import signal
import sys
import time
from pathlib import Path
from types import FrameType

from hub.engine.errors import EngineError
from hub.engine.lock import Lock
from hub.engine.log import trim
from hub.engine.place import Place
from hub.engine.server import Server

PAUSE = 0.2
ENTRY_SECONDS = 3
ATTEMPTS = 3


class Warden:
    """Keeps one engine running while somebody shares the place's users' lock."""

    def __init__(self, place: Place, *, heap: int) -> None:
        self._place = place
        self._users: Lock = place.users()
        self._is_told_to_end = False
        self._server = Server(place, heap=heap, patient=self.is_needed)

    def is_needed(self) -> bool:
        """Whether somebody uses the engine; once nobody does, the users' lock is ours: newcomers wait for our end."""
        if not self._is_told_to_end and self._users.take():
            self._is_told_to_end = True
        return not self._is_told_to_end

    def end(self, _signal: int, _frame: FrameType | None) -> None:
        self._is_told_to_end = True

    def keep(self) -> None:
        """Keep the engine until nobody needs it; raises EngineError when it cannot be started."""
        try:
            while self.is_needed():
                if self._place.restart.exists():
                    self._server.stop()
                    self._place.restart.unlink()
                if not self._server.is_running():
                    self._start()
                trim(self._place.log)
                time.sleep(PAUSE)
        finally:
            self._server.stop()

    def _start(self) -> None:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                self._server.start()
            except EngineError:
                self._server.stop()
                if attempt == ATTEMPTS:
                    raise
            else:
                return


def main(folder: str, heap: str) -> int:
    """Keep the engine of that folder; 0 also when another warden does already, 1 with a reason in its failure file."""
    os.umask(0o077)
    place = Place(path=Path(folder))
    if not _enter(place.warden()):
        return 0
    place.failure.unlink(missing_ok=True)
    try:
        warden = Warden(place, heap=int(heap))
        signal.signal(signal.SIGTERM, warden.end)
        signal.signal(signal.SIGINT, warden.end)
        warden.keep()
    except (EngineError, OSError) as error:
        reason = str(error) if isinstance(error, EngineError) else f"{error}; the engine's log is {place.log}"
        place.failure.write_text(reason, encoding="utf-8")
        return 1
    return 0


def _enter(lock: Lock) -> bool:
    """Become the warden; a moment's patience, as others look whether there is one."""
    deadline = time.monotonic() + ENTRY_SECONDS
    while not lock.take():
        if time.monotonic() > deadline:
            return False
        time.sleep(PAUSE / 4)
    return True


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
