"""`kill -9` of hubs and engines while they import and answer: what was acknowledged and told is there afterwards."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest

from tests.faults.ground import STORED, Ground, Tally, a_ground
from tests.faults.importing import BATCH
from tests.faults.tenants import DATASET
from tests.faults.traffic import WHO, traffic
from tests.support.engine import kinds
from tests.support.missing import NotInstalled
from tests.support.served import served

HUB_ROUNDS = 20
ENGINE_ROUNDS = 10
FEWER = "HUB_TEST_ROUNDS"
"""A number of rounds for whoever only wants to see the tests run."""
ROWS = 500
SEED = 20_261_124
pytestmark = [pytest.mark.soak, pytest.mark.timeout(3600)]


@pytest.fixture(params=kinds({}))
def ground(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ground]:
    try:
        with a_ground(request.param, tmp_path) as found:
            yield found
    except NotInstalled as error:
        pytest.skip(str(error))


@pytest.fixture
def told(ground: Ground) -> Tally:
    """Store those whom clients are told of, and begin to count what a test goes through."""
    with importing(ground, ground.file(0, ROWS)) as child:
        assert [*lines(child)][-1] == ROWS
    return Tally()


def rounds(count: int) -> range:
    return range(1, 1 + int(os.environ.get(FEWER, count)))


@contextmanager
def importing(ground: Ground, file: Path) -> Iterator[subprocess.Popen[str]]:
    program = [sys.executable, "-m", "tests.faults.importing", str(file)]
    with (
        file.with_suffix(".log").open("a") as errors,
        subprocess.Popen(
            program, env={**os.environ, **ground.variables}, stdout=subprocess.PIPE, stderr=errors, text=True
        ) as child,
    ):
        try:
            yield child
        finally:
            child.kill()


def lines(child: subprocess.Popen[str]) -> Iterator[int]:
    """The acknowledgements that came whole: rows so far."""
    assert child.stdout is not None
    return (int(line) for line in child.stdout if line.endswith("\n"))


def repeated(ground: Ground, at: int, acknowledged: int) -> None:
    """Import a file again, which may have been broken off: it goes through, and then all of it is there."""
    file = ground.file(at, ROWS)
    said = ground.command("import", DATASET, str(file))
    assert f"{ROWS} rows = " in said
    ground.holds(file, acknowledged + ROWS)
    assert ground.read(STORED, key=f"T{at}-") == ROWS


def test_hubs_that_are_killed_while_they_import_and_answer_lose_nothing(ground: Ground, told: Tally) -> None:
    chance = Random(SEED)  # noqa: S311 - a schedule that can be repeated
    for at in rounds(HUB_ROUNDS):
        file = ground.file(at, ROWS)
        with (
            served(ground.variables, who=WHO) as hub,
            traffic(hub) as clients,
            importing(ground, file) as child,
        ):
            acknowledgements = lines(child)
            for _ in range(chance.randint(1, ROWS // BATCH - 5)):
                acknowledged = next(acknowledgements)
            clients.forget()
            clients.await_answers(chance.randint(0, 6))
            for process in (hub.process, child) if at % 2 else (child, hub.process):
                process.kill()
            acknowledged = max(acknowledged, *acknowledgements, 0)
        assert acknowledged < ROWS, "it was over before it could be killed"
        told.count(acknowledged, clients.told)
        ground.holds(file, acknowledged)
        ground.is_whole(told.receipts)
        repeated(ground, at, acknowledged)
        told.say()


def test_an_engine_that_is_killed_while_hubs_import_and_answer_loses_nothing(ground: Ground, told: Tally) -> None:
    chance = Random(SEED)  # noqa: S311 - a schedule that can be repeated
    with served(ground.variables, who=WHO) as hub:
        for at in rounds(ENGINE_ROUNDS):
            file = ground.file(at, ROWS)
            with traffic(hub) as clients, importing(ground, file) as child:
                acknowledgements = lines(child)
                for _ in range(chance.randint(1, ROWS // BATCH - 5)):
                    acknowledged = next(acknowledgements)
                clients.forget()
                clients.await_answers(chance.randint(0, 6))
                ground.kill()
                ground.revive()
                clients.forget()
                clients.await_answers(1)
                acknowledged = max(acknowledged, *acknowledgements, 0)
            told.count(acknowledged, clients.told)
            assert clients.refusals <= {"GRAPH_UNAVAILABLE"}, hub.log.read_text()
            ground.holds(file, acknowledged)
            ground.is_whole(told.receipts)
            repeated(ground, at, acknowledged)
            told.say()
