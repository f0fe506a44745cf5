"""How high a risk is held to be: by points or against them, once and again, of whom, and who reads it."""

from collections.abc import Sequence
from typing import Any

import pytest

from graph.doctor import recompute
from graph.store import Connection
from policies.vocabulary import Protection
from tests.resolvers.acting.casework import attempt, changed, kinds, mutation
from tests.resolvers.stage import tell
from tests.support.hub import ASB, TestHub
from tests.support.scenes import case, concerns, person

IN = "E05013808"
RISK = """query($id: ID!) { case(id: $id) { riskAssessments(first: 9, orderBy: ASSESSED_AT) { edges { node {
  template templateVersion answers points scored band reason why status assessedBy supersededAt
  people(first: 2) { edges { node { id } } } } } } } }"""
ENTRIES = "query($id: ID!) { case(id: $id) { entries(first: 9) { totalCount } } }"
TEMPLATES = "{ riskTemplates { id version title questions { key answers { key points } } bands { band least most } } }"
ANN = person("council/ann", givenName="Ann", familyName="Ash", dateOfBirth="1941-03-12", ward=IN)
HER = {"givenName": "Ida", "familyName": "Ivy", "dateOfBirth": "1991-03-12", "nhsNumber": "9434765919"}
IDA = person("council/ida", ward=IN, **HER)
CLIENT = person("victim_support/ida", Protection.REFUGE, **HER)
OTHER = person("council/ben", givenName="Ben", familyName="Bay", ward=IN)
MATTER = case("council/council-asb-cases/1", "council", "police", "housing", "victim_support", caseType="NOISE")
FACTS = (ANN, IDA, OTHER, CLIENT, MATTER, concerns(MATTER, ANN, "VICTIM"), concerns(MATTER, IDA, "VICTIM"))
AFRAID = {
    "frequency": "daily",
    "course": "same",
    "targeted": "no_one",
    "harm": "afraid",
    "vulnerable": "age_or_health",
    "support": "others",
}


def answers(**changes: str) -> list[dict[str, str]]:
    return [{"question": key, "answer": answer} for key, answer in {**AFRAID, **changes}.items()]


async def ident(hub: TestHub, name: str) -> str:
    found = "MATCH (r:PersonRecord {givenName: $name})-[:ABOUT]->(p:Person) RETURN head(collect(p.personId))"
    return str(await hub.store.read(found, {"name": name}))


async def matter(hub: TestHub) -> str:
    return str(await hub.store.read("MATCH (c:Case) RETURN head(collect(c.caseId))"))


async def told(hub: TestHub, who: str) -> list[dict[str, Any]]:
    found = await hub.data(who, ASB, RISK, {"id": await matter(hub)})
    return [edge["node"] for edge in found["case"]["riskAssessments"]["edges"]]


async def healthy(hub: TestHub) -> None:
    assert [difference async for difference in recompute(hub.store)] == []
    await hub.watch.refresh(hub.store)


def test_points_come_to_a_band_and_another_is_held_with_its_reason(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ann = await ident(hub, "Ann")
        given: dict[str, Any] = {"id": await matter(hub), "template": "asb-victim", "answers": answers()}
        case = await changed(hub, "asb-officer", "assessRisk", person=ann, **given)
        assert kinds(case) == ["RISK_ASSESSED"]
        (first,) = await told(hub, "police-officer")
        assert (first["points"], first["scored"], first["band"], first["reason"]) == (11, "MEDIUM", "MEDIUM", "SCORE")
        assert (first["templateVersion"], first["status"], first["assessedBy"]) == (1, "CURRENT", "asb-officer")
        assert "harm=afraid" in first["answers"]
        assert first["people"]["edges"] == [{"node": {"id": ann}}]
        held = {"band": "HIGH", "reason": "PROFESSIONAL_JUDGEMENT", "why": "She no longer eats 🥁"}
        given["answers"] = answers(course="better")
        await changed(hub, "police-officer", "assessRisk", person=ann, **given, **held)
        earlier, later = sorted(await told(hub, "asb-officer"), key=lambda one: str(one["status"]), reverse=True)
        assert (earlier["status"], earlier["band"], earlier["points"]) == ("SUPERSEDED", "MEDIUM", 11)
        assert earlier["supersededAt"] is not None
        assert (later["status"], later["points"], later["scored"], later["band"]) == ("CURRENT", 10, "MEDIUM", "HIGH")
        assert (later["reason"], later["why"], later["assessedBy"]) == (held["reason"], held["why"], "police-officer")
        other = {**given, "template": "asb-perpetrator"}
        assert (await attempt(hub, "asb-officer", "assessRisk", person=ann, **other))["fields"]
        (outlined,) = [one for one in await told(hub, "housing-officer") if one["status"] == "CURRENT"]
        assert outlined["band"] == "HIGH"
        assert (outlined["answers"], outlined["points"], outlined["why"]) == (None, None, None)
        await healthy(hub)

    tell(engine_connection, *FACTS, story=story)


def test_what_is_written_of_somebody_protected_is_for_those_who_may_know(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ida, ann = await ident(hub, "Ida"), await ident(hub, "Ann")
        given = {"id": await matter(hub), "template": "asb-victim", "answers": answers()}
        await changed(hub, "victim-support", "assessRisk", person=ida, **given)
        await healthy(hub)
        assert len(await told(hub, "victim-support")) == 1
        for who in ("asb-officer", "police-officer", "housing-officer"):
            assert await told(hub, who) == [], who
            found = (await hub.data(who, ASB, ENTRIES, {"id": await matter(hub)}))["case"]
            assert found["entries"]["totalCount"] == 0, who
        await changed(hub, "victim-support", "assessRisk", person=ann, **given)
        await healthy(hub)
        (seen,) = await told(hub, "asb-officer")
        assert (seen["band"], seen["answers"], seen["people"]["edges"]) == ("MEDIUM", None, [{"node": {"id": ann}}])

    tell(engine_connection, *FACTS, story=story)


def test_whom_a_case_does_not_concern_a_hidden_and_a_missing_person_look_the_same(
    engine_connection: Connection,
) -> None:
    ghost = person("police/ghost", Protection.COVERT, givenName="Gus", familyName="Ghost", ward=IN)

    async def story(hub: TestHub) -> None:
        given: dict[str, Any] = {"idempotencyKey": "k" * 9, "id": await matter(hub), "answers": answers()}
        given["template"] = "asb-victim"
        people = (await ident(hub, "Ben"), await ident(hub, "Gus"), "per_none")
        told = {
            await hub.body("asb-officer", ASB, mutation("assessRisk"), {"input": {**given, "person": one}})
            for one in people
        }
        assert len(told) == 1
        assert b'"NotFound"' in told.pop()
        ann = await ident(hub, "Ann")
        for one in (given["id"], "case_none"):
            done = await attempt(hub, "councillor", "assessRisk", **{**given, "id": one, "person": ann})
            assert done["__typename"] == "NotFound"

    tell(engine_connection, *FACTS, ghost, concerns(MATTER, ghost, "VICTIM"), story=story)


@pytest.mark.parametrize(
    ("given", "paths"),
    [
        ({"template": "dash"}, [["template"]]),
        ({"answers": answers(harm="bad")}, [["answers", "3", "answer"]]),
        ({"answers": answers()[1:]}, [["answers"]]),
        ({"answers": [*answers(), {"question": "mood", "answer": "low"}]}, [["answers", "6", "question"]]),
        ({"answers": [*answers(), answers()[0]]}, [["answers", "6", "question"]]),
        ({"band": "HIGH"}, [["reason"]]),
        ({"band": "HIGH", "reason": "ESCALATION"}, [["why"]]),
        ({"band": "HIGH", "reason": "ESCALATION", "why": " "}, [["why"]]),
        ({"answers": answers() * 20}, [["answers"]]),
    ],
)
def test_what_is_not_answered_or_not_said_is_refused_by_name(
    engine_connection: Connection, given: dict[str, Any], paths: Sequence[list[str]]
) -> None:
    async def story(hub: TestHub) -> None:
        asked = {
            "id": await matter(hub),
            "person": await ident(hub, "Ann"),
            "template": "asb-victim",
            "answers": answers(),
        }
        done = await attempt(hub, "asb-officer", "assessRisk", **{**asked, **given})
        assert [field["path"] for field in done["fields"]] == [["input", *path] for path in paths]

    tell(engine_connection, *FACTS, story=story)


def test_what_is_asked_is_told_to_everybody(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        found = (await hub.data("councillor", None, TEMPLATES))["riskTemplates"]
        assert [(one["id"], [band["band"] for band in one["bands"]]) for one in found] == [
            (name, ["STANDARD", "MEDIUM", "HIGH"]) for name in ("asb-perpetrator", "asb-victim")
        ]
        victim = found[1]
        assert {question["key"] for question in victim["questions"]} == set(AFRAID)
        assert (victim["bands"][0]["least"], victim["bands"][-1]["most"]) == (0, 22)

    tell(engine_connection, story=story)
