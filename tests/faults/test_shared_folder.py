"""Two hubs on one folder share its engine and its ledger, and neither needs the other."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.ground import Ground, a_ground
from tests.faults.tenants import DATASET
from tests.faults.traffic import WHO, traffic
from tests.support.engine import kinds
from tests.support.missing import NotInstalled
from tests.support.served import served

ROWS = 100
pytestmark = [pytest.mark.soak, pytest.mark.timeout(1200)]


@pytest.fixture(params=kinds({}))
def ground(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ground]:
    try:
        with a_ground(request.param, tmp_path) as found:
            yield found
    except NotInstalled as error:
        pytest.skip(str(error))


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL], ids=["stopped", "killed"])
def test_both_answer_and_when_one_ends_the_other_goes_on(ground: Ground, end: signal.Signals) -> None:
    ground.command("import", DATASET, str(ground.file(0, ROWS)))
    with served(ground.variables, who=WHO) as one, served(ground.another(), who=WHO) as two:
        with traffic(one) as asking_one, traffic(two) as asking_two:
            asking_one.await_answers(5)
            asking_two.await_answers(5)
            one.process.send_signal(end)
            assert one.process.wait(60) == (0 if end is signal.SIGTERM else -signal.SIGKILL)
            asking_two.forget()
            asking_two.await_answers(5)
            assert not asking_two.refusals
        with served(ground.variables, who=WHO) as again, traffic(again) as asking_again:
            asking_again.await_answers(1)
    ground.is_whole(asking_one.told | asking_two.told | asking_again.told)
