"""A case is opened from a referral: both in one change, each told to those who may know."""

from typing import Any

import pytest

from graph.doctor import recompute
from graph.store import Connection
from graph.vocabulary import Node
from tests.resolvers.acting import casework
from tests.resolvers.acting.test_referrals import CRIME, FACTS, person_id, pin, submitted
from tests.resolvers.acting.test_referrals import read as listed
from tests.resolvers.acting.triagework import CALM, attempt, done, entries, judged, read
from tests.resolvers.stage import tell
from tests.support.hub import ASB, TestHub
from tests.support.scenes import SENSITIVE, thing

REFERRALS = """query($id: ID!) { case(id: $id) { referrals(first: 5) { edges { node { id state } } }
  people(first: 5) { totalCount } } }"""


async def received(hub: TestHub, who: str = "housing-officer", **given: Any) -> str:  # noqa: ANN401 - any input
    return str((await submitted(hub, who, pin=pin(), **given))["referral"]["id"])


async def behind(hub: TestHub, who: str, case: str) -> Any:  # noqa: ANN401 - a case, or null
    return (await hub.data(who, ASB, REFERRALS, {"id": case}))["case"]


def cases(referral: dict[str, Any]) -> list[str]:
    return [edge["node"]["id"] for edge in referral["cases"]["edges"]]


def test_a_case_is_opened_from_a_referral_that_went_to_a_service_too(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ident = await received(hub, people=[await person_id(hub, "Ann")])
        sent = judged(services=["victim_support"])
        await done(hub, "asb-officer", "triageReferral", id=ident, version=1, **sent)
        case = (await casework.opened(hub, referral=ident))["id"]
        told = await read(hub, "asb-officer", ident)
        assert (told["state"], told["version"], cases(told)) == ("ACCEPTED", 3, [case])
        assert [entry["kind"] for entry in entries(told)] == ["TRIAGED", "ACCEPTED"]
        found = await behind(hub, "asb-officer", case)
        assert found["referrals"]["edges"] == [{"node": {"id": ident, "state": "ACCEPTED"}}]
        assert found["people"]["totalCount"] == 0
        assert (await read(hub, "housing-officer", ident))["state"] == "ACCEPTED"
        for who in ("housing-officer", "victim-support"):
            assert cases(await read(hub, who, ident)) == [], who
        assert [difference async for difference in recompute(hub.store)] == []

    tell(engine_connection, *FACTS, story=story)


def test_who_works_on_the_case_sees_that_their_referral_led_to_it(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ident = await received(hub)
        case = (await casework.opened(hub, referral=ident))["id"]
        await casework.changed(hub, "asb-officer", "inviteToCase", id=case, agency="housing")
        assert cases(await read(hub, "housing-officer", ident)) == [case]
        await casework.changed(hub, "asb-officer", "inviteToCase", id=case, agency="police")
        assert (await behind(hub, "police-officer", case))["referrals"]["edges"] == []

    tell(engine_connection, *FACTS, story=story)


def test_a_case_is_at_least_as_sensitive_as_its_referral(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        (ident,) = [node["id"] for node in await listed(hub, "asb-officer")]
        case = (await casework.opened(hub, referral=ident))["id"]
        marked = "MATCH (c:Case {caseId: $id}) RETURN c.sensitivity"
        assert await hub.store.read(marked, {"id": case}) == "OFFICIAL_SENSITIVE"

    grave = thing(Node.REFERRAL, "housing/referrals/1", SENSITIVE, state="RECEIVED", agencies=["housing"], version=1)
    tell(engine_connection, *FACTS, grave, story=story)


@pytest.mark.parametrize("before", ["accepted", "rejected", "duplicate"])
def test_what_has_been_decided_opens_no_case(engine_connection: Connection, before: str) -> None:
    async def story(hub: TestHub) -> None:
        ident, other = [await received(hub) for _ in range(2)]
        if before == "accepted":
            await casework.opened(hub, referral=ident)
        elif before == "rejected":
            nothing = judged(CALM, route="NO_FURTHER_ACTION")
            await done(hub, "asb-officer", "triageReferral", id=ident, version=1, **nothing)
        else:
            await done(hub, "asb-officer", "markDuplicate", id=ident, version=1, of=other, reason="One party")
        count = await hub.store.read("MATCH (c:Case) RETURN count(c)")
        refused = await casework.attempt(hub, "asb-officer", "openCase", caseType="NOISE", referral=ident)
        assert (refused["__typename"], refused["currentVersion"]) == ("Conflict", 2)
        assert await hub.store.read("MATCH (c:Case) RETURN count(c)") == count

    tell(engine_connection, *FACTS, story=story)


def test_a_case_is_not_opened_from_what_is_hidden_nor_by_who_does_not_triage(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        await submitted(hub, "police-officer", isIntelligence=True)
        (raw,) = await listed(hub, "police-officer", CRIME)
        given = {"idempotencyKey": "same-key-1", "caseType": "NOISE"}
        hidden, missing = [
            await hub.body("asb-officer", ASB, casework.mutation("openCase"), {"input": {**given, "referral": one}})
            for one in (raw["id"], "ref_none")
        ]
        assert hidden == missing
        assert b'"path":["input","referral"]' in hidden
        refused = await casework.attempt(
            hub, "police-officer", "openCase", purpose=CRIME, caseType="GANG", referral=raw["id"]
        )
        assert refused["__typename"] == "NotPermitted"
        assert await hub.store.read("MATCH (c:Case) RETURN count(c)") == 0
        own = await received(hub, "police-officer")
        refused = await attempt(hub, "police-officer", "triageReferral", id=own, version=1, **judged())
        assert refused["__typename"] == "NotPermitted"

    tell(engine_connection, *FACTS, story=story)
