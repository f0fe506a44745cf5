"""What is to be done in a case: who says so, who does it, who reads it, and what is refused."""

from typing import Any

import pytest

from graph.doctor import recompute
from graph.store import Connection
from tests.resolvers.acting.casework import attempt, changed, kinds, mutation, opened
from tests.resolvers.stage import tell
from tests.support.hub import ASB, TestHub
from tests.support.scenes import case, concerns, premises

IN = "E05013808"
ACTIONS = """query($id: ID!) { case(id: $id) {
  actions(first: 9, orderBy: TARGET_ON) { totalCount edges { node {
    id text agency person targetOn status outcome finishedAt } } }
  open: actions(first: 9, filter: {status: {eq: OPEN}}) { totalCount }
  timeline(first: 20) { edges { node { kind } } } } }"""
HOME = premises("council/home", address="1 Dean Street", postcode="W1D 3DH", ward=IN)
ELSEWHERE = case("council/council-asb-cases/1", "council", "housing", caseType="DOGS")
FACTS = (HOME, ELSEWHERE, concerns(ELSEWHERE, HOME))
TODO = {"text": "Ask the neighbours 🥁", "targetOn": "2026-11-24"}


async def actions(hub: TestHub, who: str, ident: str) -> Any:  # noqa: ANN401 - as told
    found = await hub.data(who, ASB, ACTIONS, {"id": ident})
    return [edge["node"] for edge in found["case"]["actions"]["edges"]]


async def added(hub: TestHub, who: str, ident: str, **given: Any) -> str:  # noqa: ANN401 - any input
    before = {one["id"] for one in await actions(hub, who, ident)}
    await changed(hub, who, "addAction", id=ident, **{**TODO, **given})
    (new,) = [one["id"] for one in await actions(hub, who, ident) if one["id"] not in before]
    return str(new)


async def healthy(hub: TestHub) -> None:
    assert [difference async for difference in recompute(hub.store)] == []


def test_an_action_is_said_read_by_all_in_the_case_and_finished_by_whom_it_is_for(
    engine_connection: Connection,
) -> None:
    async def story(hub: TestHub) -> None:
        ident = (await opened(hub))["id"]
        place = await hub.store.read("MATCH (m:Premises) RETURN m.premisesId")
        await changed(hub, "asb-officer", "involvePremises", id=ident, premises=place)
        await changed(hub, "police-officer", "joinCase", id=ident)
        action = await added(hub, "asb-officer", ident, agency="police", person="police-officer")
        (told,) = await actions(hub, "police-officer", ident)
        assert told == {
            "id": action,
            "agency": "police",
            "person": "police-officer",
            "status": "OPEN",
            **TODO,
            "outcome": None,
            "finishedAt": None,
        }
        done = {"id": ident, "action": action, "outcome": "Nobody heard a thing"}
        case = await changed(hub, "police-officer", "finishAction", **done)
        assert sorted(kinds(case)) == ["ACTION_ADDED", "ACTION_FINISHED", "JOINED", "OPENED"]
        (told,) = await actions(hub, "asb-officer", ident)
        assert (told["status"], told["outcome"], told["text"]) == ("FINISHED", "Nobody heard a thing", TODO["text"])
        found = (await hub.data("asb-officer", ASB, ACTIONS, {"id": ident}))["case"]
        assert found["open"]["totalCount"] == 0
        events = [edge["node"]["kind"] for edge in found["timeline"]["edges"]]
        assert events.count("ENTRY_MADE") == 4
        again = await attempt(hub, "police-officer", "finishAction", **done)
        assert (again["__typename"], again["message"]) == ("Conflict", "The action is over.")
        await changed(hub, "police-officer", "leaveCase", id=ident)
        assert await actions(hub, "police-officer", ident) == []
        await healthy(hub)

    tell(engine_connection, *FACTS, story=story)


def test_another_agencys_action_is_finished_by_it_or_by_who_leads_the_case(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        found = await hub.data("asb-officer", ASB, "{ cases(first: 1) { edges { node { id } } } }")
        ident = found["cases"]["edges"][0]["node"]["id"]
        theirs = await added(hub, "asb-officer", ident)
        done = {"id": ident, "outcome": "x"}
        refused = await attempt(hub, "housing-officer", "finishAction", action=theirs, **done)
        assert (refused["__typename"], refused["message"]) == ("Conflict", "The action is with another agency.")
        own = await added(hub, "housing-officer", ident)
        await changed(hub, "asb-officer", "finishAction", action=own, **done)
        await healthy(hub)

    tell(engine_connection, *FACTS, story=story)


def test_an_action_of_another_case_a_hidden_one_and_a_missing_one_look_the_same(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        own, other = (await opened(hub))["id"], (await opened(hub, reference="B"))["id"]
        hidden_in = (await opened(hub, "police-officer", sensitivity="OFFICIAL_SENSITIVE"))["id"]
        elsewhere = await added(hub, "asb-officer", other)
        hidden = await added(hub, "police-officer", hidden_in)
        asked = {"idempotencyKey": "k" * 9, "id": own, "outcome": "x"}
        answers = {
            await hub.body("asb-officer", ASB, mutation("finishAction"), {"input": {**asked, "action": one}})
            for one in (elsewhere, hidden, "act_none")
        }
        assert len(answers) == 1
        assert b'"NotFound"' in answers.pop()
        for who in ("councillor", "victim-support", "police-officer"):
            for given in (own, "case_none"):
                done = await attempt(hub, who, "addAction", id=given, **TODO)
                assert done["__typename"] == (
                    "NotPermitted" if who == "police-officer" and given == own else "NotFound"
                )

    tell(engine_connection, *FACTS, story=story)


def test_nobody_is_given_an_action_who_would_not_see_it(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ident = (await opened(hub))["id"]
        asked = {"idempotencyKey": "k" * 9, "id": ident, **TODO}
        answers = {
            await hub.body("asb-officer", ASB, mutation("addAction"), {"input": {**asked, "agency": agency}})
            for agency in ("housing", "nobody")
        }
        assert len(answers) == 1
        assert b'"InvalidInput"' in answers.pop()
        await changed(hub, "asb-officer", "inviteToCase", id=ident, agency="housing")
        await added(hub, "asb-officer", ident, agency="housing")
        assert [one["text"] for one in await actions(hub, "housing-officer", ident)] == [TODO["text"]]

    tell(engine_connection, *FACTS, story=story)


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({"targetOn": "2026-11-23"}, "targetOn"),
        ({"targetOn": "soon"}, "targetOn"),
        ({"agency": "nobody"}, "agency"),
        ({"text": " "}, "text"),
        ({"text": "x" * 4_001}, "text"),
        ({"person": "x" * 101}, "person"),
    ],
)
def test_what_no_action_can_be_is_refused_by_name(
    engine_connection: Connection, given: dict[str, Any], path: str
) -> None:
    async def story(hub: TestHub) -> None:
        ident = (await opened(hub))["id"]
        done = await attempt(hub, "asb-officer", "addAction", id=ident, **{**TODO, **given})
        assert [field["path"] for field in done["fields"]] == [["input", path]]

    tell(engine_connection, story=story)


def test_nothing_more_is_to_be_done_in_a_case_that_is_closed(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ident = (await opened(hub))["id"]
        await changed(hub, "asb-officer", "closeCase", id=ident, version=1, reason="They moved")
        done = await attempt(hub, "asb-officer", "addAction", id=ident, **TODO)
        assert (done["__typename"], done["currentVersion"]) == ("Conflict", 2)

    tell(engine_connection, story=story)
