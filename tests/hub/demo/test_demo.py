"""`hub demo` as a process: what it prints, what it answers, and what it keeps."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner

from hub.cli.main import main
from hub.demo_people import DEMO_PEOPLE
from hub.folder import Folder
from hub.serving import listening
from tests.support.brief import let_be_brief
from tests.support.holding import engines, eventually
from tests.support.oracles import HYGIENE_BY_WARD

pytestmark = pytest.mark.timeout(420)
"""The whole demo is imported once, which takes long on a busy machine."""
DEMO = [sys.executable, "-m", "hub.cli.main", "demo", "--people", "300", "--scene", "referral"]
FAMILY = """
{ people(filter: {familyName: {eq: "Adeyemi-Hart"}}, first: 10) {
    edges { node { id familyName dateOfBirth address knownTo { agency { name } } } } } }
"""


class Hub:
    """A running demo: what it printed until it answered, and how to ask it."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        environment = {**os.environ, **variables}
        self.variables = variables
        self.address = f"http://127.0.0.1:{variables['HUB_PORT']}"
        self.process = subprocess.Popen(DEMO, env=environment, stdout=subprocess.PIPE, text=True)
        self.printed = "".join(self._until_it_invites())

    def _until_it_invites(self) -> Iterator[str]:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            yield line
            if line.startswith("Somebody else's token"):
                return
        pytest.fail(f"the demo ended with {self.process.wait()}")

    def command(self, *words: str) -> str:
        result = CliRunner(env=dict(self.variables)).invoke(main, list(words), catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result.output

    def ask(self, name: str, query: str, purpose: str | None = "ASB_PREVENTION") -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self.command('token', name).strip()}"}
        headers |= {"Hub-Purpose": purpose} if purpose else {}
        answer: dict[str, Any] = httpx.post(
            f"{self.address}/graphql", json={"query": query}, headers=headers, timeout=60
        ).json()
        return answer

    def end(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=60)


def plays(hub: Hub) -> None:
    """Check what became of the councillor's referral, which is another each time."""
    told = [" ".join(line.split()) for line in hub.printed.splitlines()]
    assert any(re.fullmatch(r"14 days ago councillor refers noise and fear received as R-\w+", line) for line in told)
    for line in (
        "13 days ago victim-support reads whom to reach Mrs Adeyemi-Hart, 07700 900112; without the narrative",
        "6 days ago asb-officer looks where things wait housing-officer: 1 unanswered, 1 overdue",
        "today safeguarding-lead hears of it, live SIBLING_OF; ask the police",
        "today housing-officer hears nothing",
        "today councillor hears nothing",
    ):
        assert line in told


@contextmanager
def a_demo(variables: Mapping[str, str]) -> Iterator[Hub]:
    hub = Hub(variables)
    try:
        yield hub
    finally:
        hub.process.kill()
        hub.process.wait()
        if hub.process.stdout:
            hub.process.stdout.close()


@pytest.fixture(scope="module")
def variables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    with listening("127.0.0.1", 0) as listener:
        port = str(listener.getsockname()[1])
    folder = Folder.open(tmp_path_factory.mktemp("demo") / "hub")
    let_be_brief(folder.engine)
    return {"HUB_DATA": str(folder.path), "HUB_PORT": port, "COLUMNS": "150"}


@pytest.fixture(scope="module")
def demo(variables: dict[str, str]) -> Iterator[Hub]:
    with a_demo(variables) as hub:
        yield hub


def test_it_prints_one_table_of_four_different_answers(demo: Hub) -> None:
    assert "One question about one family, four answers" in demo.printed
    rows = [line.split("│")[1:-1] for line in demo.printed.splitlines() if line.startswith("│")]
    answers = {tuple(cell.strip() for cell in column) for column in list(zip(*rows, strict=True))[1:]}
    assert len(answers) == 4
    assert re.search(r"│ warnings\s+│ Weapons\s+│ ~ PRESENT\s+│", demo.printed)
    assert "~ T. A." in demo.printed


def test_the_scene_is_played(demo: Hub) -> None:
    plays(demo)


def test_the_printed_commands_work_as_they_stand(demo: Hub) -> None:
    lines = demo.printed.splitlines()
    token = next(line for line in lines if line.startswith("TOKEN="))
    commands = [line for line in lines if line.startswith("curl ")]
    assert len(commands) == 3
    for command in commands:
        shell = subprocess.run(["/bin/bash", "-c", f"{token}\n{command}"], capture_output=True, text=True, check=True)
        assert '"errors"' not in shell.stdout
        assert '"data"' in shell.stdout


def test_establishments_by_ward_are_those_of_the_file(demo: Hub) -> None:
    wards = demo.ask(
        "asb-officer",
        "{ wards(filter: {vintage: {eq: 2025}}, first: 50) { edges { node { code name } } } }",
        purpose=None,
    )
    codes = {edge["node"]["name"]: edge["node"]["code"] for edge in wards["data"]["wards"]["edges"]}
    counts = " ".join(
        f'w{at}: establishments(filter: {{ward: {{eq: "{codes[name]}"}}}}, first: 1) {{ totalCount }}'
        for at, name in enumerate(HYGIENE_BY_WARD)
    )
    answer = demo.ask("asb-officer", f"{{ {counts} everything: establishments(first: 1) {{ totalCount }} }}")
    assert {name: answer["data"][f"w{at}"]["totalCount"] for at, name in enumerate(HYGIENE_BY_WARD)} == HYGIENE_BY_WARD
    assert answer["data"]["everything"]["totalCount"] == 5160


def test_the_points_that_lie_in_no_ward_stand_in_the_runs_quarantine(demo: Hub) -> None:
    query = """{ importRuns(filter: {connector: {eq: "food-hygiene"}}, first: 5) { edges { node {
        rowsIn stored unchanged quarantined state
        quarantine(first: 100) { totalCount edges { node { line column reason } } }
    } } } }"""
    (edge,) = demo.ask("auditor", query, purpose="AUDIT")["data"]["importRuns"]["edges"]
    run = edge["node"]
    assert (run["rowsIn"], run["quarantined"], run["state"]) == (5160, 0, "FINISHED")
    assert run["quarantine"]["totalCount"] == 29
    assert {row["node"]["column"] for row in run["quarantine"]["edges"]} == {"Longitude, Latitude"}
    assert not any(character.isdigit() for row in run["quarantine"]["edges"] for character in row["node"]["reason"])


def test_every_answer_says_for_what_by_which_policies_and_where_it_is_recorded(demo: Hub) -> None:
    answer = demo.ask("asb-officer", FAMILY)
    extensions = answer["extensions"]
    assert set(extensions) == {"purpose", "policy", "ledger", "statements", "withheld"}
    assert (extensions["purpose"], extensions["statements"]) == ("ASB_PREVENTION", 1)
    assert extensions["ledger"] in demo.command("ledger", "tail", "-n", "50")
    assert "whole" in demo.command("ledger", "verify")


def test_who_saw_a_person_is_told_by_the_ledger(demo: Hub) -> None:
    person = demo.ask("asb-officer", FAMILY)["data"]["people"]["edges"][0]["node"]["id"]
    seen = demo.command("ledger", "who-saw", person)
    assert "asb-officer" in seen
    assert "familyName" in seen


@pytest.mark.parametrize("person", [person.name for person in DEMO_PEOPLE])
def test_everybody_can_say_who_they_are(demo: Hub, person: str) -> None:
    me = demo.ask(person, "{ me { subject agency purposes } }", purpose=None)["data"]["me"]
    expected = next(one for one in DEMO_PEOPLE if one.name == person)
    assert me == {"subject": person, "agency": expected.agency, "purposes": [str(one) for one in expected.purposes]}


def test_the_explorer_is_served_from_the_hubs_own_files(demo: Hub) -> None:
    page = httpx.get(f"{demo.address}/")
    assert page.status_code == 200
    assert not re.search(r"(src|href)=\"https?://", page.text)
    presets = httpx.get(f"{demo.address}/explorer/viewers").json()
    assert {viewer["name"] for viewer in presets["viewers"]} == {person.name for person in DEMO_PEOPLE}
    assert "nodes(ids:" in presets["query"]


@pytest.mark.soak
def test_stopping_and_starting_keeps_everything(demo: Hub, variables: dict[str, str]) -> None:
    before = demo.ask("asb-officer", FAMILY)["data"]
    folder = Path(variables["HUB_DATA"])
    assert demo.end() == 0
    eventually(lambda: not engines(folder / "engine"))
    began = time.monotonic()
    with a_demo(variables) as again:
        assert "rows:" not in again.printed, "nothing is imported twice"
        assert again.ask("asb-officer", FAMILY)["data"] == before
        again.command("doctor", "--facts")
        plays(again)
    print(f"later start and one answer: {time.monotonic() - began:.1f} s")  # noqa: T201 - a figure for whoever reads -s
