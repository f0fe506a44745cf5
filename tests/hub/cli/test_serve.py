"""`hub serve`, as a process: it answers, survives its engine, and ends in order."""

import os
import signal
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from hub.cli.main import main
from hub.cli.serve import warnings
from hub.serving import listening
from hub.settings import Settings
from tests.support.holding import engines, eventually, wardens
from tests.support.served import SERVE, Served, hub_variables, served

pytestmark = pytest.mark.timeout(300)
"""A hub is started several times, which takes long on a busy machine."""


@pytest.fixture
def variables(tmp_path: Path) -> dict[str, str]:
    return hub_variables(tmp_path / "hub")


def test_a_hub_outlives_its_engine_and_keeps_everything_from_start_to_start(variables: dict[str, str]) -> None:
    with served(variables) as hub:
        before = hub.ask()
        assert before.status_code == 200
        codes = [edge["node"]["code"] for edge in before.json()["data"]["agencies"]["edges"]]
        assert "council" in codes

        for pid in engines(hub.folder / "engine"):
            os.kill(pid, signal.SIGKILL)
        meanwhile = hub.ask()
        assert meanwhile.status_code == 503
        assert meanwhile.json()["errors"][0]["extensions"]["code"] == "GRAPH_UNAVAILABLE"
        eventually(lambda: hub.ask().status_code == 200)
        assert hub.ask().json()["data"] == before.json()["data"]

        hub.process.send_signal(signal.SIGTERM)
        assert hub.process.wait(60) == 0
        assert not engines(hub.folder / "engine")
        assert not wardens(hub.folder / "engine")

    with served(variables, "--workers", "2") as hub:
        eventually(lambda: len(chains(hub)) == 2)
        victim = min(workers(hub))
        os.kill(victim, signal.SIGKILL)
        eventually(lambda: len(workers(hub) - {victim}) == 2)
        ready = hub.url.replace("/graphql", "/health/ready")
        eventually(lambda: httpx.get(ready).status_code == 200)
        assert hub.ask().json()["data"] == before.json()["data"]
        hub.process.send_signal(signal.SIGINT)
        assert hub.process.wait(60) == 0
        assert not engines(hub.folder / "engine")
        assert not workers(hub)
    verified = CliRunner(env=variables).invoke(main, ["ledger", "verify"])
    assert (verified.exit_code, "2 segments" in verified.output) == (0, True)


def chains(hub: Served) -> set[str]:
    """The chains on which somebody is recorded, after several have asked at once, of whom each worker takes some."""
    with ThreadPoolExecutor(8) as pool:
        assert {answer.status_code for answer in pool.map(lambda _: hub.ask(), range(8))} == {200}
    files = (hub.folder / "ledger").glob("*.jsonl")
    return {file.name for file in files if '"kind":"entry"' in file.read_text()}


def workers(hub: Served) -> set[int]:
    """The processes that answer for a supervisor."""
    children = Path(f"/proc/{hub.process.pid}/task/{hub.process.pid}/children")
    pids = map(int, children.read_text().split()) if children.exists() else ()
    return {pid for pid in pids if b"--listener" in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")}


def test_a_hub_told_to_end_while_it_starts_leaves_nothing_behind(variables: dict[str, str]) -> None:
    engine = Path(variables["HUB_DATA"]) / "engine"
    with subprocess.Popen(SERVE, env={**os.environ, **variables}, stderr=subprocess.DEVNULL) as process:
        eventually(lambda: bool(engines(engine)))
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 128 + signal.SIGTERM
    assert not engines(engine)
    assert not wardens(engine)


def test_a_taken_port_is_said_before_anything_is_started(variables: dict[str, str]) -> None:
    with listening("127.0.0.1", int(variables["HUB_PORT"])):
        began = time.monotonic()
        answer = subprocess.run(SERVE, env={**os.environ, **variables}, capture_output=True, text=True, check=False)
    assert answer.returncode == 1
    assert answer.stderr.splitlines()[-1].startswith(f"Error: HUB_PORT is {variables['HUB_PORT']}, on which")
    assert not Path(variables["HUB_DATA"]).exists()
    assert time.monotonic() - began < 30


def test_production_on_the_embedded_engine_warns() -> None:
    graph = {"HUB_GRAPH_URL": "neo4j://graph", "HUB_GRAPH_USER": "hub", "HUB_GRAPH_PASSWORD": "made up"}
    texts = {
        name: " ".join(warnings(Settings.read({"HUB_DATA": "/d", **given})))
        for name, given in {
            "embedded": {},
            "server": graph,
            "demo": {"HUB_MODE": "demo"},
            "federated": {**graph, "HUB_ISSUERS": "/"},
        }.items()
    }
    assert "HUB_ISSUERS is not set, so nobody can sign in" in texts["server"]
    assert texts["federated"] == ""
    assert "set HUB_GRAPH_URL" in texts["embedded"]
    assert "HUB_GRAPH_URL" not in texts["server"]
    assert texts["demo"] == ""
