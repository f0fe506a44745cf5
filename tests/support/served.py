"""`hub serve` as a process, and somebody who may ask it."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
from click.testing import CliRunner

from hub.cli.main import main
from hub.folder import Folder
from hub.serving import listening
from tests.support.brief import let_be_brief

SERVE = [sys.executable, "-m", "hub.cli.main", "serve"]
AGENCIES = "{ agencies(first: 20) { edges { node { code } } } }"
SECONDS = 90.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A running hub, and the token of one who may ask."""

    process: subprocess.Popen[str]
    url: str
    token: str
    variables: Mapping[str, str]
    log: Path

    @property
    def folder(self) -> Path:
        return Path(self.variables["HUB_DATA"])

    def as_seen_by(self, who: str) -> "Served":
        """The same for somebody else of the demo."""
        return replace(self, token=token_of(self.variables, who))

    def ask(
        self,
        query: str = AGENCIES,
        purpose: str | None = None,
        client: httpx.Client | None = None,
        variables: Mapping[str, object] | None = None,
    ) -> httpx.Response:
        """Ask once, over a client's connections or one of its own."""
        headers = {"Authorization": f"Bearer {self.token}"} | ({"Hub-Purpose": purpose} if purpose else {})
        post = httpx.post if client is None else client.post
        return post(self.url, json={"query": query, "variables": variables or {}}, headers=headers, timeout=SECONDS)


def token_of(variables: Mapping[str, str], who: str) -> str:
    """The token of somebody of the demo."""
    return CliRunner(env=dict(variables)).invoke(main, ["token", who], catch_exceptions=False).output.strip()


@contextmanager
def served(variables: Mapping[str, str], *options: str, who: str = "asb-officer") -> Iterator[Served]:
    """Serve the demo, and kill what serves afterwards; what it says is kept beside its folder, in `hub-PORT.log`."""
    token = token_of(variables, who)
    with running(variables, *options) as (process, url, log):
        yield Served(process=process, url=url, token=token, variables=variables, log=log)


@contextmanager
def running(variables: Mapping[str, str], *options: str) -> Iterator[tuple[subprocess.Popen[str], str, Path]]:
    """Serve, and kill what serves afterwards; gives the process, the address of its interface and its log."""
    folder, environment = Path(variables["HUB_DATA"]), {**os.environ, **variables}
    log = folder.with_name(f"hub-{variables['HUB_PORT']}.log")
    let_be_brief(Folder.open(folder).engine)
    with (
        log.open("a") as errors,
        subprocess.Popen(
            [*SERVE, *options], env=environment, stdout=subprocess.PIPE, stderr=errors, text=True
        ) as process,
    ):
        try:
            line = process.stdout.readline() if process.stdout else ""
            assert line.startswith("Concord answers at "), f"{line}{log.read_text()}"
            yield process, line.split()[3], log
        finally:
            process.kill()


def hub_variables(folder: Path) -> dict[str, str]:
    """The settings of a demonstrating hub in that folder, on a port that is free now."""
    with listening("127.0.0.1", 0) as listener:
        port = str(listener.getsockname()[1])
    return {"HUB_DATA": str(folder), "HUB_PORT": port, "HUB_MODE": "demo"}
