"""A councillor refers noise and fear, and what comes of it: the whole of it through GraphQL alone."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from graph.doctor import recompute
from graph.store import Connection
from graph.vocabulary import Link, Node
from tests.resolvers.acting.stagecraft import do, nodes, on
from tests.resolvers.acting.test_referrals import WARD, pin
from tests.resolvers.acting.triagework import AFRAID, answers
from tests.resolvers.live.listening import ALERTS, CASE, begun, feeding, listening, relaying
from tests.resolvers.stage import tell
from tests.support.engine import on_every_engine
from tests.support.hub import TestHub
from tests.support.scenes import link, person, premises, resides, thing

SAFETY, CRIME = "CHILD_SAFEGUARDING", "CRIME_PREVENTION"
CASE_OF = "... on CaseChanged { case { id version } }"
TASK_OF = "... on TaskChanged { task { id version status } }"
REFERRAL_OF = "... on ReferralChanged { referral { id version state } }"
BLOCKED = "{ blockages(by: PERSON) { agency person unanswered overdue } }"
WAITING = "{ alerts(first: 9, orderBy: RAISED_AT) { totalCount } }"
SCHOOL = thing(Node.SCHOOL, "hub/schools-register/900001", urn="900001", name="Larkhall", ward="E05013808")
SAME = {"familyName": "Reed", "ward": "E05013808"}
TOM = {**SAME, "givenName": "Tom", "dateOfBirth": "2012-05-01", "phone": "07700 900200"}
PUPIL, KNOWN = person("larkhall/tom", **TOM), person("police/tom", **TOM)
JOE = person("police/joe", givenName="Joe", dateOfBirth="2003-05-01", **SAME)
ANN = person("council/ann", givenName="Ann", familyName="Ash", dateOfBirth="1950-01-01", ward="E05013808")
HOME = premises("council/home", address="1 Dean Street", postcode="W1D 3DH", ward="E05013808")
FACTS = (WARD, SCHOOL, PUPIL, KNOWN, JOE, ANN, HOME, resides(ANN, HOME), link(Link.PUPIL_AT, PUPIL, SCHOOL))


@pytest.mark.timeout(400)
@on_every_engine
def test_the_referral_and_what_comes_of_it(engine_connection: Connection) -> None:
    tell(engine_connection, *FACTS, story=_scene)


async def _scene(hub: TestHub) -> None:
    async with relaying(hub, "2026-11-12T10:00:00Z"):
        case = await _from_referral_to_case(hub)
        await _agencies_come_in(hub, case)
        await _a_task_is_answered_late(hub, case)
        await _a_boy_is_linked(hub)
    await _everything_is_told(hub, case)
    assert [difference async for difference in recompute(hub.store)] == []


async def _from_referral_to_case(hub: TestHub) -> str:
    """The councillor refers for a constituent; the officer triages, sends it to victim support and opens a case."""
    monday = on(hub, "2026-11-09")
    done = await do(
        monday,
        "councillor",
        "submitReferral",
        "... on ReferralSubmitted { referral { id reference state } }",
        source="COUNCILLOR_FOR_CONSTITUENT",
        concerns=[
            {"heading": "NOISE", "qualifier": "NUISANCE"},
            {"heading": "ROWDY_NUISANCE_NEIGHBOURS", "qualifier": "PERSONAL"},
        ],
        narrative="She has not slept for weeks and no longer dares to use the stairs",
        toldPeople=["Ann Ash, 020 7946 0001"],
        pin=pin(),
        wantedOutcome="Quiet nights, and to feel safe on the stairs",
        hasConsent=True,
    )
    referral = done["referral"]
    assert referral["state"] == "RECEIVED"
    triaged = await do(
        on(hub, "2026-11-10"),
        "asb-officer",
        "triageReferral",
        REFERRAL_OF,
        id=referral["id"],
        version=1,
        criteria="asb-triage",
        answers=answers(AFRAID),
        route="ASB_CASE_MANAGEMENT_MEETING",
        services=["victim_support"],
    )
    assert triaged["referral"]["state"] == "ROUTED"
    theirs = "query($id: ID!) { referral(id: $id) { headings toldPeople narrative } }"
    found = (await hub.data("victim-support", "ASB_PREVENTION", theirs, {"id": referral["id"]}))["referral"]
    assert found == {
        "headings": ["NOISE", "ROWDY_NUISANCE_NEIGHBOURS"],
        "toldPeople": ["Ann Ash, 020 7946 0001"],
        "narrative": None,
    }
    opened = await do(
        on(hub, "2026-11-10"), "asb-officer", "openCase", CASE_OF, caseType="NOISE", referral=referral["id"]
    )
    return str(opened["case"]["id"])


async def _agencies_come_in(hub: TestHub, case: str) -> None:
    """Who is in it and where is stated; the others join, and hear at once what is noted."""
    day = on(hub, "2026-11-11")
    await do(day, "asb-officer", "involvePerson", CASE_OF, id=case, person=await _person(hub, "Ann"), role="VICTIM")
    home = "query { premisesList(first: 1) { edges { node { id } } } }"
    place = nodes((await hub.data("asb-officer", "ASB_PREVENTION", home))["premisesList"])[0]["id"]
    await do(day, "asb-officer", "involvePremises", CASE_OF, id=case, premises=place)
    await do(day, "police-officer", "joinCase", CASE_OF, id=case)
    for agency in ("housing", "victim_support"):
        await do(day, "asb-officer", "inviteToCase", CASE_OF, id=case, agency=agency)
    async with feeding(hub) as streams, listening(streams, "housing-officer", CASE, id=case) as housing:
        before = await housing.hear()
        note = {"text": "Four young men on the stairs at two in the morning", "assertionType": "FACT"}
        await do(day, "police-officer", "addNote", CASE_OF, id=case, **note)
        after = await housing.hear()
        assert len(after["case"]["entries"]["edges"]) == len(before["case"]["entries"]["edges"]) + 1


async def _a_task_is_answered_late(hub: TestHub, case: str) -> None:
    """The housing officer is on leave, a colleague stands in and is silent, which is seen; the answer comes late."""
    away = {"fromDay": "2026-11-10", "untilDay": "2026-11-16", "standIn": "housing-colleague"}
    said = await do(
        on(hub, "2026-11-10"), "housing-officer", "setAbsence", "... on AbsenceStated { absence { standIn } }", **away
    )
    assert said["absence"] == {"standIn": "housing-colleague"}
    sent = await do(
        on(hub, "2026-11-11"),
        "asb-officer",
        "sendTask",
        TASK_OF,
        agency="housing",
        person="housing-officer",
        title="Whose flat?",
        text="Who rents the flat above hers?",
        targetOn="2026-11-13",
        case=case,
    )
    (blocked,) = (await on(hub, "2026-11-16").data("asb-officer", "ASB_PREVENTION", BLOCKED))["blockages"]
    assert blocked == {"agency": "housing", "person": "housing-colleague", "unanswered": 1, "overdue": 1}
    late = await do(
        on(hub, "2026-11-17"),
        "housing-officer",
        "answerTask",
        TASK_OF,
        id=sent["task"]["id"],
        version=sent["task"]["version"],
        text="A Mr Reed, since May",
    )
    assert late["task"]["status"] == "ANSWERED"
    assert (await on(hub, "2026-11-17").data("asb-officer", "ASB_PREVENTION", BLOCKED))["blockages"] == []


async def _a_boy_is_linked(hub: TestHub) -> None:
    """His school's safeguarding lead hears of it and takes notice; the landlord and the councillor hear nothing."""
    day = on(hub, "2026-11-20")
    police = {"purpose": CRIME}
    gang = await do(day, "police-officer", "openCase", CASE_OF, caseType="GANG", **police)
    joe, tom = await _person(hub, "Joe"), await _person(hub, "Tom")
    await do(
        day, "police-officer", "involvePerson", CASE_OF, id=gang["case"]["id"], person=joe, role="PERPETRATOR", **police
    )
    async with (
        _silence(hub, "housing-officer"),
        _silence(hub, "councillor"),
        feeding(hub) as streams,
        listening(streams, "safeguarding-lead", ALERTS, purpose=SAFETY) as lead,
    ):
        tied = {"person": tom, "other": joe, "tie": "SIBLING_OF", "assertionType": "INTELLIGENCE"}
        await do(day, "police-officer", "linkPeople", "... on PeopleLinked { person { id } }", **tied, **police)
        alert = (await lead.hear())["alert"]
    assert alert["tie"] == "SIBLING_OF"
    assert [edge["node"]["givenName"] for edge in alert["people"]["edges"]] == ["Tom"]
    noticed = "... on AlertsAcknowledged { alerts { status acknowledgedBy } }"
    done = await do(day, "safeguarding-lead", "acknowledgeAlerts", noticed, ids=[alert["id"]], purpose=SAFETY)
    assert done["alerts"] == [{"status": "ACKNOWLEDGED", "acknowledgedBy": "safeguarding-lead"}]
    for who in ("housing-officer", "councillor"):
        assert (await hub.data(who, "ASB_PREVENTION", WAITING))["alerts"]["totalCount"] == 0


@asynccontextmanager
async def _silence(hub: TestHub, who: str) -> AsyncIterator[None]:
    """Somebody listens for alerts meanwhile, looks again because there is one, and hears nothing."""
    async with feeding(hub) as streams, listening(streams, who, ALERTS) as ear:
        heard = asyncio.ensure_future(ear.hear())
        await begun(streams, 1)
        yield
        looked = asyncio.ensure_future(begun(streams, 1))
        done, _ = await asyncio.wait({heard, looked}, return_when=asyncio.FIRST_COMPLETED)
        assert done == {looked}, who
        heard.cancel()
        await asyncio.gather(heard, return_exceptions=True)


async def _everything_is_told(hub: TestHub, case: str) -> None:
    """The timeline of the case and the ledger tell all of it, each of them no more than is theirs to see."""
    happened = await _timeline(hub, "asb-officer", case)
    once = {"CASE_OPENED": 1, "PERSON_CONCERNED": 1, "PREMISES_CONCERNED": 1, "AGENCY_TAKES_PART": 4}
    matter = {"REFERRAL_RECEIVED": 1, "REFERRAL_HANDLED TRIAGED": 1}
    task = {"TASK_SENT": 1, **{f"TASK_HANDLED {step}": 1 for step in ("SENT", "STOOD_IN", "ANSWERED")}}
    assert {kind: happened[kind] for kind in (*once, *matter, *task)} == {**once, **matter, **task}
    theirs = {"asb-officer": {"TASK", "REFERRAL"}, "housing-officer": {"TASK"}, "police-officer": set[str]()}
    for who, seen in theirs.items():
        told = {kind.partition("_")[0] for kind in await _timeline(hub, who, case)}
        assert told & {"TASK", "REFERRAL", "ALERT"} == seen, who
    entries = "query($id: ID!) { case(id: $id) { entries(first: 100) { edges { node { kind author } } } } }"
    made: Any = nodes((await hub.data("asb-officer", "ASB_PREVENTION", entries, {"id": case}))["case"]["entries"])
    assert Counter((entry["kind"], entry["author"]) for entry in made)["NOTED", "police-officer"] == 1
    changes = [(entry.agency, change.act) for entry in hub.ledger.entries for change in entry.changes]
    assert changes == [
        ("council", "submit"),
        ("council", "triage"),
        ("council", "open"),
        ("council", "involve"),
        ("council", "involve"),
        ("police", "join"),
        ("council", "invite"),
        ("council", "invite"),
        ("police", "note"),
        ("housing", "state"),
        ("council", "send"),
        ("housing", "answer"),
        ("police", "open"),
        ("police", "involve"),
        ("police", "link"),
        ("larkhall", "acknowledge"),
    ]
    assert all(change.agreements for entry in hub.ledger.entries for change in entry.changes)


async def _timeline(hub: TestHub, who: str, case: str) -> Counter[str]:
    """How often what happened in a case, as somebody is told it, with what was done to tasks and referrals."""
    whole = """query($id: ID!) { case(id: $id) { timeline(first: 100) { edges { node {
      kind subject { ... on TaskEntry { did: kind } ... on ReferralEntry { done: kind } } } } } } }"""
    told = (await hub.data(who, "ASB_PREVENTION", whole, {"id": case}))["case"]
    return Counter(" ".join((event["kind"], *(event["subject"] or {}).values())) for event in nodes(told["timeline"]))


async def _person(hub: TestHub, name: str) -> str:
    """Find somebody as the police do."""
    family = "Ash" if name == "Ann" else "Reed"
    query = "query($f: PersonFilter!) { people(filter: $f, first: 9) { edges { node { id givenName } } } }"
    given = {"f": {"familyName": {"eq": family}}}
    who = "asb-officer" if name == "Ann" else "police-officer"
    found = nodes((await hub.data(who, "ASB_PREVENTION", query, given))["people"])
    return str(next(node["id"] for node in found if node["givenName"] == name))
