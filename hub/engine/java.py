"""The command that starts ArcadeDB, with the settings under which it was tested."""

import platform
from importlib.util import find_spec
from pathlib import Path

from hub.engine.errors import EngineError
from hub.engine.place import Address, Place

GLIBC = (2, 34)
UNUSED = tuple(f"arcadedb-{name}" for name in ("mcp", "postgresw", "redisw", "graphql", "console", "python-bridge"))
DATABASE = "neo4j"
USER = "root"
MESSAGE_LIMIT = 128 * 1024 * 1024
LOGGING = """\
handlers = java.util.logging.ConsoleHandler
.level = INFO
io.undertow.level = WARNING
org.xnio.level = WARNING
org.jboss.level = WARNING
com.arcadedb.bolt.level = OFF
java.util.logging.ConsoleHandler.level = INFO
java.util.logging.ConsoleHandler.formatter = com.arcadedb.log.LogFormatter
"""
"""What fails behind Bolt is told to whoever asked, in words that may quote a value: it does not belong in a log."""


def home() -> Path:
    """Find the package that brings the engine and its Java; raises EngineError where it cannot run."""
    spec = find_spec("arcadedb_embedded")
    if spec is None or not spec.submodule_search_locations:
        raise EngineError("the package arcadedb-embedded is not installed; install it, or set HUB_GRAPH_URL")
    library, version = platform.libc_ver()
    if library == "glibc" and tuple(int(part) for part in version.split(".")[:2]) < GLIBC:
        raise EngineError(f"the embedded engine needs glibc 2.34, this machine has {version}; set HUB_GRAPH_URL")
    package = Path(next(iter(spec.submodule_search_locations)))
    if not (package / "jre" / "bin" / "java").is_file():
        raise EngineError(f"{package} brings no Java for this kind of machine; set HUB_GRAPH_URL")
    return package


def command(place: Place, address: Address, *, heap: int) -> list[str]:
    """Compose the command; `heap` is the engine's memory in MiB, where the place's own options say nothing else."""
    package = home()
    jars = sorted(str(jar) for jar in (package / "jars").glob("*.jar") if not jar.name.startswith(UNUSED))
    memory = (f"-Xms{min(heap, 64)}m", f"-Xmx{heap}m", "-XX:+ExitOnOutOfMemoryError", "-Djava.awt.headless=true")
    logging = f"-Djava.util.logging.config.file={place.path / 'logging.properties'}"
    options = [f"-Darcadedb.{name}={value}" for name, value in _options(place, address).items()]
    return [
        str(package / "jre" / "bin" / "java"),
        *memory,
        *([f"@{place.options}"] if place.options.exists() else ()),
        logging,
        *options,
        "-cp",
        ":".join(jars),
        "com.arcadedb.server.ArcadeDBServer",
    ]


def _options(place: Place, address: Address) -> dict[str, str | int]:
    return {
        "server.rootPath": str(place.root),
        "server.rootPasswordPath": str(place.password_file),
        "server.mode": "development",  # the production mode hides every error message
        "txWAL": "true",
        "txWalFlush": 1,
        "indexCompactionMinPagesSchedule": 0,  # compaction lost acknowledged commits when the power was cut
        "opencypher.loadCsv.allowFileUrls": "false",
        "opencypher.loadCsv.allowRemoteUrls": "false",
        "server.plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
        "server.defaultDatabases": f"{DATABASE}[{USER}]",
        "bolt.defaultDatabase": DATABASE,
        "bolt.host": "127.0.0.1",
        "bolt.port": address.port,
        "bolt.maxConnections": 200,
        "bolt.maxMessageSize": MESSAGE_LIMIT,  # above its limit the engine drops the message and the driver hangs
        "bolt.packstream.maxValueLength": MESSAGE_LIMIT,
        "bolt.packstream.maxElements": 8 * 1024 * 1024,
        "server.httpIncomingHost": "127.0.0.1",
        "server.httpIncomingPort": address.http_port,
        "server.httpWorkerThreads": 4,
        "command.timeout": 60000,
        "maxPageRAM": 128,
        "serverMetrics": "false",
        "ha.enabled": "false",
        "polyglotEngineEnabled": "false",
        "server.logsDirectory": str(place.root / "log"),
    }
