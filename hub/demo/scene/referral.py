"""A councillor refers noise and fear: who does what then, and who hears of it."""

import asyncio
from contextlib import aclosing
from typing import Any

from connectors.sample.pinned import ADOPTED, COVERT, FAMILY, MOTHER, REFUGE, SILENT, SON, WITNESS
from hub.demo.scene.stage import Stage, Told, nodes
from hub.demo_people import WESTMINSTER
from hub.errors import SceneError
from policies.vocabulary import Purpose

CRIME, SAFETY = Purpose.CRIME_PREVENTION, Purpose.CHILD_SAFEGUARDING
OFFICER, COUNCILLOR, POLICE, LANDLORD = "asb-officer", "councillor", "police-officer", "housing-officer"
CARE, SCHOOL = "victim-support", "safeguarding-lead"
STAIRS = {"type": "Point", "coordinates": [-0.1337, 51.5136]}
ADULT_BEFORE = "2005-01-01"
NOT_THESE = {name.casefold() for _, name in (ADOPTED, COVERT, REFUGE, SILENT, WITNESS)}
"""Those of whom no alert would tell."""
TIES = ("siblings", "parents", "children", "associates")
ALERT_SECONDS = 60
"""Behind all that a first import brought, which is looked at before."""
JUDGED = {
    "harm": "fear",
    "frequency": "weekly",
    "targeted": "household",
    "vulnerable": "not_known",
    "reported": "again",
    "matter": "incident",
}


async def play(stage: Stage) -> None:
    """Play it to the end; raises SceneError where the hub does not answer as it must."""
    named = nodes((await stage.ask(OFFICER, "Somebody", name=FAMILY))["people"])
    family = {one["givenName"].casefold(): one["id"] for one in named}
    mother, son = family[MOTHER.casefold()], family[SON.casefold()]
    case = await _refer(stage)
    await _come_in(stage, case, mother)
    await _answer_late(stage, case)
    await _link(stage, son)
    await _look_back(stage, case)


async def _refer(stage: Stage) -> str:
    referral = (await stage.do(COUNCILLOR, "Refer", ago=14, **_matter()))["referral"]
    stage.tell(
        Told(days_ago=14, who=COUNCILLOR, did="refers noise and fear", came=f"received as {referral['reference']}")
    )
    judged: dict[str, Any] = {
        "criteria": "asb-triage",
        "answers": [{"question": question, "answer": answer} for question, answer in JUDGED.items()],
        "route": "ASB_CASE_MANAGEMENT_MEETING",
        "services": ["victim_support"],
    }
    version = (await stage.ask(OFFICER, "Received", ago=13, id=referral["id"]))["referral"]["version"]
    triaged = await stage.do(OFFICER, "Triage", ago=13, id=referral["id"], version=version, **judged)
    (judgement,) = nodes(triaged["referral"]["entries"])
    came = f"{judgement['points']} points, {judgement['band']}: a case, and victim support"
    stage.tell(Told(days_ago=13, who=OFFICER, did="triages it", came=came))
    theirs = (await stage.ask(CARE, "Received", ago=13, id=referral["id"]))["referral"]
    hidden = "without the narrative" if theirs["narrative"] is None else "with the narrative"
    stage.tell(
        Told(days_ago=13, who=CARE, did="reads whom to reach", came=f"{', '.join(theirs['toldPeople'])}; {hidden}")
    )
    reference = referral["reference"].replace("R-", "ASB-")
    opened = await stage.do(OFFICER, "Open", ago=13, caseType="NOISE", referral=referral["id"], reference=reference)
    stage.tell(Told(days_ago=13, who=OFFICER, did="opens a case from it", came=reference))
    return str(opened["case"]["id"])


def _matter() -> dict[str, Any]:
    return {
        "source": "COUNCILLOR_FOR_CONSTITUENT",
        "concerns": [
            {"heading": "NOISE", "qualifier": "NUISANCE"},
            {"heading": "ROWDY_NUISANCE_NEIGHBOURS", "qualifier": "PERSONAL"},
        ],
        "narrative": "She has not slept for weeks, and no longer dares to use the stairs at night.",
        "toldPeople": [f"Mrs {FAMILY}, 07700 900112"],
        "address": "14 Lorriment Close",
        "pin": STAIRS,
        "wantedOutcome": "Quiet nights, and to feel safe on the stairs.",
        "hasConsent": True,
    }


async def _come_in(stage: Stage, case: str, mother: str) -> None:
    await stage.do(OFFICER, "InvolvePerson", ago=12, id=case, person=mother, role="VICTIM")
    homes = nodes((await stage.ask(OFFICER, "Homes", ago=12, person=mother))["person"]["residences"])
    if not homes:
        raise SceneError("the officer is told of no home")
    await stage.do(OFFICER, "InvolvePremises", ago=12, id=case, premises=homes[0]["id"])
    await stage.do(POLICE, "Join", ago=12, id=case)
    stage.tell(Told(days_ago=12, who=POLICE, did="joins the case in the ward", came="sees it at once"))
    await stage.do(OFFICER, "Invite", ago=12, id=case, agency="victim_support")
    invited = await stage.do(OFFICER, "Invite", ago=12, id=case, agency="housing")
    together = ", ".join(sorted(one["code"] for one in nodes(invited["case"]["agencies"])))
    stage.tell(Told(days_ago=12, who=OFFICER, did="invites victim support and the landlord", came=f"on it: {together}"))
    note: dict[str, Any] = {"text": "Four young men on the stairs at two in the morning.", "assertionType": "FACT"}
    await stage.do(POLICE, "Note", ago=11, id=case, **note)
    stage.tell(Told(days_ago=11, who=POLICE, did="notes what was seen", came="in the case's timeline"))


async def _answer_late(stage: Stage, case: str) -> None:
    asked: dict[str, Any] = {"title": "Whose flat?", "text": "Who rents the flat above hers?", "case": case}
    target = stage.day(8)
    sent = await stage.do(OFFICER, "Ask", ago=11, agency="housing", person=LANDLORD, targetOn=target, **asked)
    stage.tell(Told(days_ago=11, who=OFFICER, did="asks the landlord whose flat it is", came=f"wanted by {target}"))
    silent = [one for one in (await stage.ask(OFFICER, "Silence", ago=6))["blockages"] if one["person"] == LANDLORD]
    came = f"{silent[0]['unanswered']} unanswered, {silent[0]['overdue']} overdue"
    stage.tell(Told(days_ago=6, who=OFFICER, did="looks where things wait", came=f"{LANDLORD}: {came}"))
    task = sent["task"]
    answer: dict[str, Any] = {"id": task["id"], "version": task["version"], "text": "A Mr Dunmorrow, since May."}
    await stage.do(LANDLORD, "Answer", ago=5, **answer)
    stage.tell(Told(days_ago=5, who=LANDLORD, did="is back, and answers", came="late, and seen to be"))


async def _link(stage: Stage, son: str) -> None:
    brother = await _stranger(stage, son)
    gang = (await stage.do(POLICE, "Open", caseType="GANG", purpose=CRIME))["case"]["id"]
    await stage.do(POLICE, "InvolvePerson", id=gang, person=brother, role="PERPETRATOR", purpose=CRIME)
    stage.tell(Told(days_ago=0, who=POLICE, did="opens a case of a gang, with a man in it", came="nobody else is told"))
    tie: dict[str, Any] = {"person": son, "other": brother, "tie": "SIBLING_OF", "assertionType": "INTELLIGENCE"}
    await stage.do(POLICE, "Tie", purpose=CRIME, **tie)
    stage.tell(
        Told(days_ago=0, who=POLICE, did=f"links {SON}, 16, as his brother", came="the rule for children matches")
    )
    try:
        alert = await asyncio.wait_for(_heard(stage, son), ALERT_SECONDS)
    except TimeoutError:
        raise SceneError(f"the school hears nothing for {ALERT_SECONDS} seconds") from None
    stage.tell(
        Told(days_ago=0, who=SCHOOL, did="hears of it, live", came=f"{alert['tie']}; ask the {alert['leadAgency']}")
    )
    await stage.do(SCHOOL, "Acknowledge", purpose=SAFETY, ids=[alert["id"]])
    stage.tell(Told(days_ago=0, who=SCHOOL, did="takes notice", came="acknowledged"))
    for who in (LANDLORD, COUNCILLOR):
        count = (await stage.ask(who, "Waiting"))["alerts"]["totalCount"]
        stage.tell(Told(days_ago=0, who=who, did="hears", came="nothing" if count == 0 else f"{count} alerts"))


async def _stranger(stage: Stage, son: str) -> str:
    """Find a man or woman whom the police know and who is nothing to the boy yet, in one ward after the other.

    Of whoever is tied to him or lives with him the school would hear before they are said to be his brother.
    """
    boy = (await stage.ask(POLICE, "Near", purpose=CRIME, person=son))["person"]
    near = {other["id"] for tie in TIES for other in nodes(boy[tie])}
    near |= {other["id"] for home in nodes(boy["residences"]) for other in nodes(home["residents"])}
    for ward in sorted(WESTMINSTER):
        adults = nodes((await stage.ask(POLICE, "Adults", purpose=CRIME, ward=ward, before=ADULT_BEFORE))["people"])
        for one in adults:
            if one["id"] not in near and one["familyName"].casefold() not in NOT_THESE:
                return str(one["id"])
    raise SceneError("every adult whom the police know is protected, or tied to the boy")


async def _heard(stage: Stage, son: str) -> dict[str, Any]:
    """Wait for the alert of this boy, behind whatever else waits."""
    async with aclosing(stage.hear(SCHOOL, "Alerts", SAFETY)) as events:
        async for event in events:
            alert: dict[str, Any] = event["alerts"]["alert"]
            if alert["tie"] == "SIBLING_OF" and son in {one["id"] for one in nodes(alert["people"])}:
                return alert
    raise SceneError("the school hears nothing more")


async def _look_back(stage: Stage, case: str) -> None:
    life = (await stage.ask(OFFICER, "Life", id=case))["case"]
    made = nodes(life["entries"])
    came = (
        f"{life['timeline']['totalCount']} events, {len(made)} entries by {len({one['author'] for one in made})} people"
    )
    stage.tell(Told(days_ago=0, who=OFFICER, did="looks back on the case", came=came))
