"""A Neo4j server in a folder of its own, on the loopback."""

import asyncio
import os
import secrets
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from graph.store import Connection, answers
from hub.engine.lock import Lock, is_held
from hub.engine.log import last_words
from hub.engine.ports import choose
from tests.support.neo4j.installation import java, libraries

USER = "neo4j"
READY_SECONDS = 180.0
STOP_SECONDS = 60.0
PAUSE = 0.1
OPEN = ("java.base/java.nio", "java.base/java.io", "java.base/sun.nio.ch")
CONFIGURATION = """\
server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:{port}
server.bolt.advertised_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
dbms.usage_report.enabled=false
db.tx_log.preallocate=false
server.memory.pagecache.size={cache}m
"""
UNCHANGED_PLANS = """\
dbms.cypher.min_replan_interval=1d
internal.cypher.use_parameter_size=false
internal.cypher.expression_engine=INTERPRETED
"""
"""Otherwise a text is planned anew, for seconds: with other counts of things, longer lists, or the tenth time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """MiB that the server may take for its heap and for pages of its files.

    One that lives for minutes is better off without Java's second compiler, which takes as long again to start with.
    """

    heap: int
    cache: int
    is_brief: bool = False


class Server:
    """The server of one folder, which keeps its password, its port and its data from start to start."""

    def __init__(self, folder: Path, size: Size) -> None:
        self._folder = folder
        self._size = size
        self._log = folder / "server.log"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def settings(self) -> Path:
        """A file that says to a shell where the server is, as the hub's settings."""
        return self._folder / "settings"

    @property
    def pid(self) -> int:
        return int((self._folder / "pid").read_text("ascii"))

    def is_running(self) -> bool:
        return self.settings.exists() and is_held(self._folder / "lock")

    def connection(self) -> Connection:
        """Say where it listens; it must have been started once."""
        told = dict(line.split("=", 1) for line in self.settings.read_text("ascii").splitlines())
        return Connection(url=told["HUB_GRAPH_URL"], user=told["HUB_GRAPH_USER"], password=told["HUB_GRAPH_PASSWORD"])

    def start(self, before: Callable[[], None] | None = None) -> None:
        """Start it and wait until it answers; `before` runs first in its process, for one that ends with ours.

        Raises NotInstalled, and RuntimeError with the log's last words.
        """
        if not self.settings.exists():
            self._prepare()
        lock = Lock(self._folder / "lock")
        if not lock.take():
            raise RuntimeError(f"another server runs in {self._folder}")
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command(),
                cwd=self._folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=[lock.descriptor],
                start_new_session=True,
                preexec_fn=before,  # noqa: PLW1509 - whoever starts it has one thread
            )
        lock.close()
        (self._folder / "pid").write_text(f"{self._process.pid}\n", "ascii")
        self._await_answer(self._process)

    def stop(self) -> None:
        """End it in order, which takes it some ten seconds; by force where it does not end."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it at once, as a power cut would end its process."""
        self._end(signal.SIGKILL)

    def _end(self, number: signal.Signals) -> None:
        deadline = time.monotonic() + STOP_SECONDS
        while self.is_running():
            os.kill(self.pid, number if time.monotonic() < deadline else signal.SIGKILL)
            self._wait_for_end(deadline)
        if self._process is not None:
            self._process.wait()

    def _wait_for_end(self, deadline: float) -> None:
        while self.is_running() and time.monotonic() < deadline:
            time.sleep(PAUSE)

    def _prepare(self) -> None:
        port, password = choose(self._log), secrets.token_hex(24)
        for name in ("conf", "home/logs", "home/plugins"):
            (self._folder / name).mkdir(parents=True, exist_ok=True)
        text = CONFIGURATION.format(port=port, cache=self._size.cache)
        if self._size.is_brief:
            text += UNCHANGED_PLANS
        (self._folder / "conf" / "neo4j.conf").write_text(text, "ascii")
        given = self._folder / "password"
        _write_secret(given, password)
        self._set_password(given)
        graph = {"URL": f"bolt://127.0.0.1:{port}", "USER": USER, "PASSWORD": password}
        _write_secret(self.settings, "".join(f"HUB_GRAPH_{name}={value}\n" for name, value in graph.items()))

    def _set_password(self, given: Path) -> None:
        """Let the server's own tool set it, from a file, as the list of processes shows arguments to everybody."""
        tool = [str(java()), "-XX:TieredStopAtLevel=1", "-cp", f"{libraries()}/*", "org.neo4j.cli.AdminTool"]
        where = {"NEO4J_HOME": str(self._folder / "home"), "NEO4J_CONF": str(self._folder / "conf")}
        subprocess.run(
            [*tool, "dbms", "set-initial-password", f"@{given}"],
            env={**os.environ, **where},
            check=True,
            capture_output=True,
        )

    def _command(self) -> list[str]:
        home = self._folder / "home"
        return [
            str(java()),
            *(f"-Xm{end}{self._size.heap}m" for end in "sx"),
            *(["-XX:TieredStopAtLevel=1"] if self._size.is_brief else []),
            *("-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-Dlog4j2.disable.jmx=true"),
            "-Dio.netty.tryReflectionSetAccessible=true",
            *(word for module in OPEN for word in ("--add-opens", f"{module}=ALL-UNNAMED")),
            *("-cp", f"{home}/plugins/*:{libraries()}/*", "org.neo4j.server.CommunityEntryPoint"),
            *(f"--home-dir={home}", f"--config-dir={self._folder / 'conf'}"),
        ]

    def _await_answer(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while not asyncio.run(answers(self.connection())):
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"Neo4j does not start; {self._log} ends with: {last_words(self._log)}")
            time.sleep(PAUSE)


def _write_secret(file: Path, text: str) -> None:
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as stream:
        stream.write(text)
