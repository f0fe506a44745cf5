"""A small hub that serves the demo's made-up partnership, for the examples to be run on."""

import asyncio
import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import httpx
from click.testing import CliRunner
from websockets.sync.client import connect

from connectors.registry import named
from connectors.sample.making import make
from graph.store import Connection
from hub import partnership, stamps
from hub.cli.main import main
from hub.demo.datasets import MADE_UP, SHIPPED, Extract
from hub.imports import Task, import_file, owner_of
from tests.hub.live.talking import PROTOCOL, SECONDS
from tests.support.engine import fresh_store
from tests.support.served import hub_variables, served

PEOPLE, SEED = 40, 1
REGISTERS = ("westminster-wards-2025.geojson", "schools-register-made-up.csv", "schools-links-made-up.csv")
SET_ASIDE = 3
SUBSCRIPTION = re.compile(r"^subscription\b", re.MULTILINE)
WHOLE = "http://127.0.0.1:8000"
"""How the pages call the hub."""


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """A hub that serves, and the variables under which commands find it."""

    address: str
    variables: Mapping[str, str]

    def ask(self, who: str, purpose: str | None, query: str, variables: Mapping[str, Any]) -> Any:  # noqa: ANN401 - as JSON has it
        """Ask over HTTP, as an app does; of a subscription, which is asked over a socket, wait for the first event."""
        headers = {"Authorization": f"Bearer {self.command(['token', who]).strip()}"}
        headers |= {"Hub-Purpose": purpose} if purpose else {}
        asked = {"query": query, "variables": dict(variables)}
        if SUBSCRIPTION.search(query):
            return self._hear(headers, asked)
        return httpx.post(f"{self.address}/graphql", json=asked, headers=headers, timeout=90).json()

    def _hear(self, headers: Mapping[str, str], asked: Mapping[str, object]) -> Any:  # noqa: ANN401 - as JSON has it
        address = f"{self.address.replace('http', 'ws', 1)}/graphql"
        with connect(address, subprotocols=[PROTOCOL], proxy=None) as socket:
            for message in (
                {"type": "connection_init", "payload": headers},
                {"type": "subscribe", "id": "1", "payload": asked},
            ):
                socket.send(json.dumps(message))
                heard = json.loads(socket.recv(SECONDS))
        return heard["payload"] if heard["type"] == "next" else {"errors": heard["payload"]}

    def command(self, words: list[str], **variables: str) -> str:
        """Run a command of the hub; fails where it does."""
        result = CliRunner(env={**self.variables, **variables}).invoke(main, words, catch_exceptions=False)
        assert result.exit_code in ((0, SET_ASIDE) if words[0] == "import" else (0,)), result.output
        return result.output

    def shell(self, line: str) -> str:
        """Run a line that is not the hub's own alone."""
        scripts = Path(sys.executable).parent
        environment = {"PATH": f"{scripts}:/usr/bin:/bin", **self.variables}
        line = line.replace(WHOLE, self.address)
        done = subprocess.run(["/bin/bash", "-ec", line], env=environment, capture_output=True, text=True, check=True)
        return done.stdout


@contextmanager
def a_house(connection: Connection, folder: Path) -> Iterator[House]:
    """Import, and serve for as long as the block lasts."""
    asyncio.run(_fill(connection, folder / "extracts"))
    variables = {
        **hub_variables(folder / "hub"),
        "HUB_GRAPH_URL": connection.url,
        "HUB_GRAPH_USER": connection.user,
        "HUB_GRAPH_PASSWORD": connection.password,
        "COLUMNS": "150",
    }
    with served(variables) as hub:
        yield House(address=hub.url.removesuffix("/graphql"), variables=variables)


async def _fill(connection: Connection, folder: Path) -> None:
    make(PEOPLE, SEED, folder)
    partners = partnership.read_partnership(None)
    async with fresh_store(connection) as store:
        await partnership.state(store, partners, stamps.stamp())
        with as_file(files("connectors") / "data") as shipped:
            for extract in _extracts():
                connector = named(extract.dataset)
                path = (folder if extract in MADE_UP else shipped) / extract.file
                task = Task(connector=connector, path=path, owner=owner_of(connector, extract.agency, partners))
                await import_file(store, task, lambda _: None)


def _extracts() -> tuple[Extract, ...]:
    return (*(extract for extract in SHIPPED if extract.file in REGISTERS), *MADE_UP)
