"""The engine's process, as its warden starts and ends it."""

import contextlib
import ctypes
import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace

from hub.engine.errors import EngineError
from hub.engine.java import LOGGING, command
from hub.engine.lock import Lock
from hub.engine.log import last_words
from hub.engine.place import Address, Place
from hub.engine.ports import choose, is_free

PAUSE = 0.05
START_SECONDS = 90
STOP_SECONDS = 30
ENDED_BY_SIGTERM = {0, 143, -signal.SIGTERM}


class Server:
    """One engine at a time in one place; `patient` is asked while waiting and says whether to go on.

    Making one raises EngineError when the engine of a killed warden does not end.
    """

    def __init__(self, place: Place, *, heap: int, patient: Callable[[], bool]) -> None:
        self._place = place
        self._heap = heap
        self._patient = patient
        self._lock = _succeed(place)
        self._process: subprocess.Popen[bytes] | None = None
        self._address = _settled(place)

    def start(self) -> None:
        """Start the engine and wait until it is ready; twice after it ended uncleanly, or indexes may be stale.

        The first time it listens where nobody looks, as it would answer from such indexes. Raises EngineError when it
        ends, or is not ready in time.
        """
        if self._place.unclean.exists():
            self._launch(replace(self._address, port=choose(self._place.log)))
            self.stop()
        if self._patient():
            self._launch(self._address)
        if self._patient():
            self._address = replace(self._address, starts=self._address.starts + 1, ready=True)
            self._place.publish(self._address)

    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def stop(self) -> None:
        """End the engine in order; by force where it does not end, which the next start will notice."""
        if self._process is None:
            return
        with contextlib.suppress(OSError):  # a full disk must not keep the engine from being ended
            self._withdraw()
        was_running = self.is_running()
        self._process.terminate()
        try:
            code = self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            code = self._process.wait()
        self._process = None
        if was_running and code in ENDED_BY_SIGTERM:
            self._place.unclean.unlink(missing_ok=True)

    def _launch(self, address: Address) -> None:
        self._withdraw()
        self._place.make_password()
        self._place.root.mkdir(exist_ok=True)
        (self._place.path / "logging.properties").write_text(LOGGING, encoding="ascii")
        self._place.unclean.touch()
        with self._place.log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - the command is our own
                command(self._place, address, heap=self._heap),
                cwd=self._place.root,
                env=_environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=[self._lock.descriptor],
                preexec_fn=end_with_parent,  # noqa: PLW1509 - the warden has one thread
            )
        self._await_ready()

    def _withdraw(self) -> None:
        self._address = replace(self._address, ready=False)
        self._place.publish(self._address)

    def _await_ready(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while self._patient():
            if not self.is_running():
                raise self._failure("ended while starting")
            if time.monotonic() > deadline:
                raise self._failure(f"was not ready after {START_SECONDS} seconds")
            if _is_ready(self._address.http_port):
                return
            time.sleep(PAUSE)

    def _failure(self, what: str) -> EngineError:
        log = self._place.log
        return EngineError(f"the embedded engine {what}; its log is {log}, and ends with: {last_words(log)}")


def _succeed(place: Place) -> Lock:
    """Take the engine's lock, for our engines to inherit, when the engine of a killed warden has ended."""
    lock = place.engine()
    deadline = time.monotonic() + STOP_SECONDS
    while not lock.take():
        if time.monotonic() > deadline:
            raise EngineError(f"another engine does not let go of {place.root}; end it and start again")
        time.sleep(PAUSE)
    return lock


def _settled(place: Place) -> Address:
    """Keep the ports of the last time where they are free, so that whoever knows them still finds the engine."""
    last = place.address()
    if last is None:
        return Address(port=choose(place.log), http_port=choose(place.log), starts=0, ready=False)
    return replace(
        last,
        port=last.port if is_free(last.port) else choose(place.log),
        http_port=last.http_port if is_free(last.http_port) else choose(place.log),
        ready=False,
    )


def _is_ready(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/api/v1/ready")
        return connection.getresponse().status == http.client.NO_CONTENT
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _environment() -> dict[str, str]:
    """Leave out what would change how Java runs, and the hub's own secrets."""
    return {name: value for name, value in os.environ.items() if "JAVA" not in name and not name.startswith("HUB_")}


def end_with_parent() -> None:
    """Ask Linux to end this process when its parent is killed; elsewhere the next warden waits for its lock."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)
