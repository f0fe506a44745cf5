"""What is measured, served: the hub itself, the hub without its ledger, the peer, and the bare driver."""

import json
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import which

from joserfc import jwt
from joserfc.jwk import OctKey

from bench.holding import AGREED
from bench.processes import BenchError, answering, finish, free_port
from bench.questions import Asker, Dialect
from bench.town import CALLER, ward
from graph.store import Connection
from hub.folder import Folder
from hub.identity.issuing import KEY_NAME, KEY_SIZE, development_issuer
from hub.settings import Mode
from policies.viewer import Principal
from policies.vocabulary import Purpose

PEER = Path(__file__).parent / "neo4j_graphql"
BARE = "bare"
ROLE = "practitioner"
WARDS = frozenset({ward(0), ward(2)})
PURPOSE = Purpose.ADULT_SAFEGUARDING
HOURS = timedelta(hours=12)
PEER_SECRET = "a secret of the bench, which guards nothing"  # noqa: S105 - made-up people only


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Where servers run: the engine, and a folder for what they keep and say."""

    connection: Connection
    folder: Path

    def graph(self) -> dict[str, str]:
        """The hub's settings that name the engine."""
        return {
            "HUB_GRAPH_URL": self.connection.url,
            "HUB_GRAPH_USER": self.connection.user,
            "HUB_GRAPH_PASSWORD": self.connection.password,
        }


@asynccontextmanager
async def hub(
    ground: Ground, name: str = "hub", *, policies: Path = AGREED, ledger: bool = True
) -> AsyncIterator[Asker]:
    """Serve the hub as `hub serve` does; without a ledger, it is the same but that nothing is recorded."""
    port, data = free_port(), ground.folder / name
    environment = ground.graph() | {
        "HUB_PORT": str(port),
        "HUB_DATA": str(data),
        "HUB_MODE": Mode.DEMO.value,
        "HUB_POLICIES": str(policies),
    }
    program = ("hub.cli.main", "serve") if ledger else ("bench.unrecorded",)
    command = (sys.executable, "-m", *program)
    async with answering(command, environment, ground.folder / f"{name}.log", port) as process:
        headers = {"Authorization": f"Bearer {_token(data)}", "Hub-Purpose": PURPOSE.value}
        yield Asker(
            name=name,
            url=f"http://127.0.0.1:{port}/graphql",
            dialect=Dialect.HUB,
            headers=headers,
            process=process,
        )


@asynccontextmanager
async def peer(ground: Ground, mode: str) -> AsyncIterator[Asker]:
    """Serve the peer; its packages are installed beside it when they are first needed."""
    node, npm, port = which("node"), which("npm"), free_port()
    if node is None or npm is None:
        raise BenchError("the peer needs Node 20 with npm; leave it out with ONLY=driver,...")
    if not (PEER / "node_modules").is_dir():
        await finish((npm, "install", "--no-audit", "--no-fund"), PEER)
    environment = {
        "NEO4J_URL": ground.connection.url,
        "NEO4J_USER": ground.connection.user,
        "NEO4J_PASSWORD": ground.connection.password,
        "PORT": str(port),
        "MODE": mode,
        "JWT_SECRET": PEER_SECRET,
    }
    command = (node, str(PEER / "server.mjs"))
    async with answering(command, environment, ground.folder / f"peer-{mode}.log", port) as process:
        headers = {"Authorization": f"Bearer {_claims()}"}
        yield Asker(
            name=mode,
            url=f"http://127.0.0.1:{port}/graphql",
            dialect=Dialect.PEER,
            headers=headers,
            process=process,
        )


@asynccontextmanager
async def bare(
    ground: Ground, statement: str, parameters: Mapping[str, object], *, writes: bool = False
) -> AsyncIterator[Asker]:
    """Serve the rows of one statement, by the driver and orjson behind Starlette and nothing else."""
    port, file = free_port(), ground.folder / "statement.json"
    file.write_text(json.dumps({"statement": statement, "parameters": parameters, "writes": writes}), encoding="utf-8")
    environment = ground.graph() | {"BENCH_PORT": str(port), "BENCH_STATEMENT": str(file)}
    command = (sys.executable, "-m", "bench.bare")
    async with answering(command, environment, ground.folder / "bare.log", port) as process:
        yield Asker(name=BARE, url=f"http://127.0.0.1:{port}/graphql", dialect=Dialect.HUB, headers={}, process=process)


def caller() -> Principal:
    """Who asks."""
    return Principal(subject="bench", agency=CALLER, roles=frozenset({ROLE}), wards=WARDS)


def _token(data: Path) -> str:
    issuer = development_issuer(Folder.open(data).secret(KEY_NAME, KEY_SIZE), Mode.DEMO)
    return issuer.issue(caller(), datetime.now(UTC), HOURS)


def _claims() -> str:
    claims = {"sub": "bench", "agency": CALLER, "role": ROLE, "wards": sorted(WARDS), "purpose": PURPOSE.value}
    return jwt.encode({"alg": "HS256", "typ": "JWT"}, claims, OctKey.import_key(PEER_SECRET))
