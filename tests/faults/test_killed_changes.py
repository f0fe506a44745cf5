"""`kill -9` of hubs and engines amid changes: none is lost that was acknowledged, none made twice or half made.

Every alert that follows from one reaches a client that goes on from its cursor, once.
"""

import asyncio
import sys
from collections import Counter
from collections.abc import Sequence
from random import Random

import pytest

from graph.store import Store
from tests.faults.ground import Ground
from tests.faults.listeners import Lead, listening
from tests.faults.officers import Constable, Officer, working
from tests.faults.test_killed import SEED, ground, rounds
from tests.resolvers.acting.test_alerts import BOY, BROTHER, LARKHALL, SCHOOLED
from tests.support.holding import eventually
from tests.support.scenes import sibling, write
from tests.support.served import served

HUB_ROUNDS = 100
ENGINE_ROUNDS = 20
NOTES = "MATCH (n:CaseEntry {kind: 'NOTED'}) RETURN collect(n.text)"
MAN = "MATCH (r:PersonRecord {givenName: 'Joe'})-[:ABOUT]->(p:Person) RETURN p.personId"
CONCERNED = "MATCH (c:Case)-[:CONCERNS]->(:PersonRecord {givenName: 'Joe'}) RETURN count(DISTINCT c)"
RAISED = "MATCH (a:Alert) RETURN count(a)"
MADE = """
CALL () { MATCH (n:CaseEntry)-[:RECORDED_IN]->(:Case) RETURN count(n) AS entries }
CALL () { MATCH (:Case)-[e:CONCERNS]->(:PersonRecord) RETURN count(e) AS involved }
CALL () { MATCH (r:Receipt) RETURN count(r) AS receipts }
CALL () { MATCH (o:OutboxRecord) WHERE o.act IS NOT NULL RETURN count(o) AS posted }
RETURN [entries + involved, receipts, posted]"""
pytestmark = [pytest.mark.soak, pytest.mark.timeout(7200)]
__all__ = ["ground"]


def made_once_and_whole(ground: Ground, officers: Sequence[Officer]) -> None:
    """Check that each acknowledged note is there once, and none but the last of each officer that was not."""
    notes = ground.read(NOTES)
    assert isinstance(notes, list)
    found = Counter(notes)
    assert set(found.values()) <= {1}, found.most_common(3)
    noting = [officer for officer in officers if not isinstance(officer, Constable)]
    wanted = {officer.note(at) for officer in noting for at in range(officer.acknowledged)}
    assert wanted - found.keys() == set()
    assert found.keys() - wanted <= {officer.note(officer.acknowledged) for officer in noting}
    counts = ground.read(MADE)
    assert isinstance(counts, list)
    assert len(set(counts)) == 1, f"entries, receipts and lines of the outbox: {counts}"
    ground.is_whole({receipt for officer in officers for receipt in officer.receipts})


def alerted_once(ground: Ground, officers: Sequence[Officer], lead: Lead) -> None:
    """Check that each case with the man in it raised an alert, and that the lead heard each once."""
    cases = int(str(ground.read(CONCERNED)))
    assert cases >= sum(officer.acknowledged for officer in officers if isinstance(officer, Constable))
    eventually(lambda: ground.read(RAISED) == cases)
    eventually(lambda: len(lead.heard) >= cases)
    assert (len(lead.heard), len(set(lead.heard))) == (cases, cases), "alerts heard twice"


def company(ground: Ground) -> list[Officer]:
    """Officers, and of the constable's man a brother at school."""

    async def seed() -> str:
        store = Store(ground.connection)
        try:
            await write(store, LARKHALL, BOY, BROTHER, SCHOOLED, sibling(BOY, BROTHER))
            return str(await store.read(MAN))
        finally:
            await store.close()

    return [Officer(0), Officer(1), Constable(2, asyncio.run(seed()))]


def say(at: int, officers: Sequence[Officer]) -> None:
    changes = sum(officer.acknowledged for officer in officers)
    sys.stderr.write(f"{at} rounds, {changes} changes acknowledged, 0 lost, 0 made twice, 0 half made\n")


def say_of_alerts(lead: Lead) -> None:
    sys.stderr.write(f"{len(lead.heard)} alerts, 0 lost, 0 heard twice\n")


def test_hubs_that_are_killed_lose_no_change(ground: Ground) -> None:
    chance = Random(SEED)  # noqa: S311 - a schedule that can be repeated
    officers, lead = company(ground), Lead()
    for at in rounds(HUB_ROUNDS):
        with served(ground.variables) as hub, listening(hub, lead), working(hub, officers) as work:
            work.await_notes(chance.randint(1, 25))
            hub.process.kill()
        if at % 10 == 0 or at == 1:
            made_once_and_whole(ground, officers)
            say(at, officers)
    with served(ground.variables) as hub, listening(hub, lead):
        alerted_once(ground, officers, lead)
        say_of_alerts(lead)
    made_once_and_whole(ground, officers)


def test_an_engine_that_is_killed_loses_no_change(ground: Ground) -> None:
    chance = Random(SEED)  # noqa: S311 - a schedule that can be repeated
    officers, lead = company(ground), Lead()
    with served(ground.variables) as hub, listening(hub, lead):
        for at in rounds(ENGINE_ROUNDS):
            with working(hub, officers) as work:
                work.await_notes(chance.randint(1, 25))
                ground.kill()
                ground.revive()
                work.forget()
                work.await_notes(1)
            made_once_and_whole(ground, officers)
            say(at, officers)
        alerted_once(ground, officers, lead)
        say_of_alerts(lead)
