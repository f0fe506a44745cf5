"""`kill -9` of hubs, workers and engines amid changes: none is lost that was acknowledged, none made twice or half.

Every alert that follows from one reaches a client that goes on from its cursor, once.
"""

import asyncio
import os
import signal
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random

import httpx
import pytest

from graph.store import Store
from hub.ledger.reading import recorded
from tests.faults.ground import Ground
from tests.faults.listeners import Lead, listening
from tests.faults.officers import Constable, Correspondent, Finisher, Officer, Triager, working
from tests.faults.test_killed import SEED, ground, rounds
from tests.resolvers.acting.test_alerts import BOY, BROTHER, HOME, LARKHALL, SCHOOLED
from tests.support.holding import eventually
from tests.support.hub import ASB
from tests.support.scenes import sibling, write
from tests.support.served import Served, served

HUB_ROUNDS = 100
ENGINE_ROUNDS = 20
NOTES = "MATCH (n:CaseEntry {kind: 'NOTED'}) RETURN collect(n.text)"
MAN = "MATCH (r:PersonRecord {givenName: 'Joe'})-[:ABOUT]->(p:Person) RETURN p.personId"
PLACE = "MATCH (m:Premises) RETURN m.premisesId"
CONCERNED = "MATCH (c:Case)-[:CONCERNS]->(:PersonRecord {givenName: 'Joe'}) RETURN count(DISTINCT c)"
RAISED = "MATCH (a:Alert) RETURN count(a)"
ENDS = {
    Constable: """MATCH (n:Case {caseType: 'GANG'})
        RETURN collect([n.caseId, COUNT { (n)-[:CONCERNS]->(:PersonRecord) }])""",
    Triager: """MATCH (n:Referral)
        RETURN collect([n.referralId, COUNT { (n)<-[:DONE_WITH]-(:ReferralEntry {kind: 'TRIAGED'}) }])""",
    Correspondent: """MATCH (n:Task)
        RETURN collect([n.taskId, COUNT { (n)<-[:STEP_OF]-(:TaskEntry {kind: 'ANSWERED'}) }])""",
}
"""What each kind of finisher began, and how often that was brought to its end."""
TOLD = {
    Triager: "query($id: ID!) { done: referral(id: $id) { told: narrative premises(first: 1) { totalCount } } }",
    Correspondent: """query($id: ID!) { done: task(id: $id) { told: text
        entries(first: 3, orderBy: NUMBER) { edges { node { kind text } } } } }""",
}
MADE = """
CALL () { MATCH (n:CaseEntry)-[:RECORDED_IN]->(:Case) RETURN count(n) AS entries }
CALL () { MATCH (n:Referral) RETURN count(n) AS referrals }
CALL () { MATCH (n:ReferralEntry)-[:DONE_WITH]->(:Referral) RETURN count(n) AS judgements }
CALL () { MATCH (n:TaskEntry)-[:STEP_OF]->(:Task) RETURN count(n) AS steps }
CALL () { MATCH (:Case)-[e:CONCERNS]->(:PersonRecord) RETURN count(e) AS involved }
CALL () { MATCH (r:Receipt) RETURN count(r) AS receipts }
CALL () { MATCH (o:OutboxRecord) WHERE o.act IS NOT NULL RETURN count(o) AS posted }
RETURN [entries + involved + referrals + judgements + steps, receipts, posted]"""
POSTED = "MATCH (o:OutboxRecord) WHERE o.act IS NOT NULL RETURN collect(o.change)"
pytestmark = [pytest.mark.soak, pytest.mark.timeout(7200)]
__all__ = ["ground"]


def made_once_and_whole(ground: Ground, officers: Sequence[Officer]) -> None:
    """Check that each acknowledged note is there once, and none but the last of each officer that was not."""
    notes = ground.read(NOTES)
    assert isinstance(notes, list)
    found = Counter(notes)
    assert set(found.values()) <= {1}, found.most_common(3)
    noting = [officer for officer in officers if not isinstance(officer, Finisher)]
    wanted = {officer.note(at) for officer in noting for at in range(officer.acknowledged)}
    assert wanted - found.keys() == set()
    assert found.keys() - wanted <= {officer.note(officer.acknowledged) for officer in noting}
    for officer in officers:
        if isinstance(officer, Finisher):
            ended_once(ground, officer)
    counts = ground.read(MADE)
    assert isinstance(counts, list)
    assert len(set(counts)) == 1, f"what is made, receipts and lines of the outbox: {counts}"
    ground.is_whole({receipt for officer in officers for receipt in officer.receipts})


def ended_once(ground: Ground, officer: Finisher) -> None:
    """Check that all that somebody began is there, ended once where that was acknowledged, and but one thing more."""
    began = ground.read(ENDS[type(officer)])
    assert isinstance(began, list)
    ends = dict(began)
    assert len(ends) == len(began)
    assert set(ends.values()) <= {0, 1}, began
    assert [one for one in officer.finished if not ends.get(one)] == []
    assert len(ends.keys() - set(officer.finished)) <= 1
    assert officer.begun is None or officer.begun in ends


def recorded_once(ground: Ground) -> None:
    """Check that the ledger tells once of each change that was made, also where the hub ended in between."""
    told = Counter(made.change for one in recorded(ground.folder / "ledger") for made in one.entry.changes)
    told.pop("", None)  # who asks again for what was made is told, and it is no change
    assert told == dict.fromkeys(list(ground.read(POSTED)), 1)  # type: ignore[call-overload]  # a list of names


def told_whole(hub: Served, officers: Sequence[Officer]) -> None:
    """Check that what was acknowledged is read back as it was written, what is kept sealed too."""
    with httpx.Client() as client:
        for officer in officers:
            if isinstance(officer, Triager | Correspondent):
                seen = hub.as_seen_by(officer.who)
                for at, ident in enumerate(officer.finished):
                    answer = seen.ask(TOLD[type(officer)], ASB, client, {"id": ident}).json()
                    done = answer["data"]["done"]
                    assert done["told"] == officer.note(at)
                    if isinstance(officer, Triager):
                        assert done["premises"] == {"totalCount": 1}
                    if isinstance(officer, Correspondent):
                        steps = [(edge["node"]["kind"], edge["node"]["text"]) for edge in done["entries"]["edges"]]
                        assert steps == [("SENT", None), ("ANSWERED", officer.note(at))]


@contextmanager
def two_workers(ground: Ground) -> Iterator[Served]:
    """Serve with two workers, and end in order, so that the port is free again."""
    with served(ground.variables, "--workers", "2") as hub:
        yield hub
        hub.process.send_signal(signal.SIGTERM)
        assert hub.process.wait(60) == 0


def workers(hub: Served) -> set[int]:
    """The processes of a supervisor's workers."""
    pid = hub.process.pid
    children = (int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
    return {child for child in children if b"--listener" in Path(f"/proc/{child}/cmdline").read_bytes()}


def alerted_once(ground: Ground, officers: Sequence[Officer], lead: Lead) -> None:
    """Check that each case with the man in it raised an alert, and that the lead heard each once."""
    cases = int(str(ground.read(CONCERNED)))
    assert cases >= sum(officer.acknowledged for officer in officers if isinstance(officer, Constable))
    eventually(lambda: ground.read(RAISED) == cases)
    eventually(lambda: len(lead.heard) >= cases)
    assert (len(lead.heard), len(set(lead.heard))) == (cases, cases), "alerts heard twice"


def company(ground: Ground) -> list[Officer]:
    """Officers, a place of which one refers, and of the constable's man a brother at school."""

    async def seed() -> tuple[str, str]:
        store = Store(ground.connection)
        try:
            await write(store, LARKHALL, HOME, BOY, BROTHER, SCHOOLED, sibling(BOY, BROTHER))
            return str(await store.read(MAN)), str(await store.read(PLACE))
        finally:
            await store.close()

    man, place = asyncio.run(seed())
    return [Officer(0), Officer(1), Constable(2, man), Triager(3, place), Correspondent(4)]


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
        told_whole(hub, officers)
        say_of_alerts(lead)
    made_once_and_whole(ground, officers)
    recorded_once(ground)


def test_workers_that_are_killed_lose_no_change_while_the_others_go_on(ground: Ground) -> None:
    """Two share a port: one is killed, the other answers meanwhile, and a third takes the place of the first."""
    chance = Random(SEED)  # noqa: S311 - a schedule that can be repeated
    officers, lead = company(ground), Lead()
    for at in rounds(HUB_ROUNDS):
        with two_workers(ground) as hub:
            with listening(hub, lead), working(hub, officers) as work:
                work.await_notes(chance.randint(1, 25))
                before = workers(hub)
                victim = chance.choice(sorted(before))
                os.kill(victim, signal.SIGKILL)
                work.forget()
                work.await_notes(5)
                eventually(lambda: len(workers(hub) - before) == 1)  # noqa: B023 - it is asked in this round
                assert workers(hub) & before == before - {victim}
                work.await_notes(5)
            if at == rounds(HUB_ROUNDS)[-1]:
                with listening(hub, lead):
                    alerted_once(ground, officers, lead)
                told_whole(hub, officers)
                say_of_alerts(lead)
        if at % 10 == 0 or at == 1:
            made_once_and_whole(ground, officers)
            say(at, officers)
    with two_workers(ground):
        """Whoever begins takes up both parts of the ledger, which the last third may have had no time for."""
    made_once_and_whole(ground, officers)
    recorded_once(ground)


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
        told_whole(hub, officers)
        say_of_alerts(lead)
    with served(ground.variables):
        recorded_once(ground)  # a change of which the engine did not say whether it is made
