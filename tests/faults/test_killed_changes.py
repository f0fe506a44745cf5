"""`kill -9` of hubs and engines amid changes: none is lost that was acknowledged, none made twice or half made."""

import sys
from collections import Counter
from collections.abc import Sequence
from random import Random

import pytest

from tests.faults.ground import Ground
from tests.faults.officers import Officer, working
from tests.faults.test_killed import SEED, ground, rounds
from tests.support.served import served

HUB_ROUNDS = 100
ENGINE_ROUNDS = 20
NOTES = "MATCH (n:CaseEntry {kind: 'NOTED'}) RETURN collect(n.text)"
MADE = """
CALL () { MATCH (n:CaseEntry)-[:RECORDED_IN]->(:Case) RETURN count(n) AS entries }
CALL () { MATCH (r:Receipt) RETURN count(r) AS receipts }
CALL () { MATCH (o:OutboxRecord) RETURN count(o) AS posted }
RETURN [entries, receipts, posted]"""
pytestmark = [pytest.mark.soak, pytest.mark.timeout(7200)]
__all__ = ["ground"]


def made_once_and_whole(ground: Ground, officers: Sequence[Officer]) -> None:
    """Check that each acknowledged note is there once, and none but the last of each officer that was not."""
    notes = ground.read(NOTES)
    assert isinstance(notes, list)
    found = Counter(notes)
    assert set(found.values()) <= {1}, found.most_common(3)
    wanted = {officer.note(at) for officer in officers for at in range(officer.acknowledged)}
    assert wanted - found.keys() == set()
    assert found.keys() - wanted <= {officer.note(officer.acknowledged) for officer in officers}
    counts = ground.read(MADE)
    assert isinstance(counts, list)
    assert len(set(counts)) == 1, f"entries, receipts and lines of the outbox: {counts}"
    ground.is_whole({receipt for officer in officers for receipt in officer.receipts})


def say(at: int, officers: Sequence[Officer]) -> None:
    notes = sum(officer.acknowledged for officer in officers)
    sys.stderr.write(f"{at} rounds, {notes} changes acknowledged, 0 lost, 0 made twice, 0 half made\n")


def test_hubs_that_are_killed_lose_no_change(ground: Ground) -> None:
    chance = Random(SEED)  # noqa: S311 - a schedule that can be repeated
    officers = [Officer(number) for number in range(3)]
    for at in rounds(HUB_ROUNDS):
        with served(ground.variables) as hub, working(hub, officers) as work:
            work.await_notes(chance.randint(1, 25))
            hub.process.kill()
        if at % 10 == 0 or at == 1:
            made_once_and_whole(ground, officers)
            say(at, officers)
    made_once_and_whole(ground, officers)


def test_an_engine_that_is_killed_loses_no_change(ground: Ground) -> None:
    chance = Random(SEED)  # noqa: S311 - a schedule that can be repeated
    officers = [Officer(number) for number in range(3)]
    with served(ground.variables) as hub:
        for at in rounds(ENGINE_ROUNDS):
            with working(hub, officers) as work:
                work.await_notes(chance.randint(1, 25))
                ground.kill()
                ground.revive()
                work.forget()
                work.await_notes(1)
            made_once_and_whole(ground, officers)
            say(at, officers)
