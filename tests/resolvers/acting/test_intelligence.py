"""A referral that triage finds to be intelligence is kept apart: the police see it, and nobody else any more."""

from typing import Any

import orjson
import pytest

from graph.doctor import recompute
from graph.store import Connection
from tests.resolvers.acting.test_referrals import CRIME, FACTS, PLANTED, person_id, pin, submitted
from tests.resolvers.acting.test_referrals import read as listed
from tests.resolvers.acting.triagework import AFRAID, ONE, attempt, done, entries, judged, mutation, read
from tests.resolvers.stage import tell
from tests.support.hub import ASB, TestHub
from tests.support.scenes import person, premises

ROUTE = judged(route="INTELLIGENCE_ONLY", reason="A source is behind it")
ZOE = person("police/zoe", givenName="Zoe", familyName="Zimmer-Oak", ward="E05013808")
HOME = premises("council/council-asb-cases/home", address="5 Rose Street", postcode="W1D 3DH", ward="E05013808")
NAMED = """query($id: ID!) { referral(id: $id) { describedPeople { familyName }
  premises(first: 9) { edges { node { address } } }
  people(first: 9) { edges { node { givenName } } } likenesses(first: 9) { totalCount } } }"""
COUNTED = '{ baselines(from: "2026-01-01", to: "2027-12-31") { received byRoute { name count } } }'
NODE = "query($id: ID!) { node(id: $id) { __typename } }"


async def told(hub: TestHub, **given: Any) -> str:  # noqa: ANN401 - any input
    """Refer somebody and a place known by id and somebody known by name, after much the same was referred before."""
    await submitted(hub, "housing-officer", pin=pin())
    whom: dict[str, Any] = {"people": [await person_id(hub, "Ann")], "describedPeople": [ZOE_DESCRIBED]}
    home = await hub.store.read("MATCH (m:Premises) RETURN collect(m.premisesId)")
    return str((await submitted(hub, "housing-officer", pin=pin(), premises=home, **whom, **given))["referral"]["id"])


ZOE_DESCRIBED = {"givenName": "Zoe", "familyName": "Zimmer-Oak", "role": "ASSOCIATE"}


def test_it_is_out_of_sight_of_all_who_saw_it_and_in_sight_of_the_police(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ident = await told(hub)
        await done(hub, "asb-officer", "triageReferral", id=ident, version=1, **judged(services=["victim_support"]))
        assert await read(hub, "victim-support", ident) is not None
        came = await attempt(hub, "asb-officer", "triageReferral", id=ident, version=2, **ROUTE)
        assert came == {"__typename": "ReferralChanged", "referral": None}
        for who in ("asb-officer", "housing-officer", "victim-support", "councillor", "police-officer"):
            hidden, missing = [await hub.body(who, ASB, ONE, {"id": one}) for one in (ident, "ref_none")]
            assert hidden == missing, who
        raw = await read(hub, "police-officer", ident, CRIME)
        assert (raw["narrative"], raw["route"], raw["state"]) == (PLANTED, "INTELLIGENCE_ONLY", "ROUTED")
        assert [(entry["kind"], entry["reason"]) for entry in entries(raw)] == [
            ("TRIAGED", None),
            ("TRIAGED", "A source is behind it"),
        ]
        named = (await hub.data("police-officer", CRIME, NAMED, {"id": ident}))["referral"]
        assert named["describedPeople"] == [{"familyName": "Zimmer-Oak"}]
        assert [edge["node"]["givenName"] for edge in named["people"]["edges"]] == ["Ann"]
        assert len(named["premises"]["edges"]) == 1
        assert [difference async for difference in recompute(hub.store)] == []

    tell(engine_connection, *FACTS, ZOE, HOME, story=story)


def test_answers_that_make_it_intelligence_propose_to_keep_it_apart_and_say_why(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ident = await told(hub)
        answered = judged({**AFRAID, "matter": "intelligence"})
        refused = await attempt(hub, "asb-officer", "triageReferral", id=ident, version=1, **answered)
        assert [field["path"] for field in refused["fields"]] == [["input", "reason"]], "another route takes a reason"
        kept = {**answered, "route": "INTELLIGENCE_ONLY"}
        came = await attempt(hub, "asb-officer", "triageReferral", id=ident, version=1, **kept)
        assert came == {"__typename": "ReferralChanged", "referral": None}
        (entry,) = entries(await read(hub, "police-officer", ident, CRIME))
        assert (entry["reason"], entry["route"]) == (None, "INTELLIGENCE_ONLY")
        assert entry["proposedReason"].startswith("It is intelligence")

    tell(engine_connection, *FACTS, ZOE, HOME, story=story)


def test_nothing_of_it_stays_in_the_dataset_that_others_read(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ident = await told(hub)
        zoe = await person_id(hub, "Zoe")
        await done(hub, "asb-officer", "confirmLikeness", id=ident, person=zoe, reason="Her gait")
        await attempt(hub, "asb-officer", "triageReferral", id=ident, version=1, **ROUTE)
        tied = await hub.store.read(
            "MATCH (f:Referral {referralId: $id})-[e]-(n) RETURN collect([type(e), e.facts, n.facts])", {"id": ident}
        )
        assert sorted({kind for kind, _, _ in tied}) == ["DONE_WITH", "HAPPENS_AT", "LIKENED_IN", "REFERS_TO"]
        assert all("/intelligence/OFFICIAL_SENSITIVE/" in link for _, link, _ in tied)
        assert all("/intelligence/OFFICIAL_SENSITIVE/" in node for kind, _, node in tied if kind == "DONE_WITH")
        (ordinary,) = await listed(hub, "asb-officer")
        assert ordinary["resembles"]["edges"] == []
        (entry,) = await hub.store.read("MATCH (n:ReferralEntry) RETURN collect(n.referralEntryId)")
        answers = [await hub.body("asb-officer", ASB, NODE, {"id": one}) for one in (entry, "rfe_none")]
        assert answers[0] == answers[1]
        counted = (await hub.data("asb-officer", ASB, COUNTED))["baselines"]
        assert counted == {"received": 1, "byRoute": [{"name": None, "count": 1}]}

    tell(engine_connection, *FACTS, ZOE, HOME, story=story)


def test_whoever_asks_again_or_goes_on_is_answered_as_of_what_there_is_not(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ident = await told(hub)
        given = {"idempotencyKey": "triage-apart", "id": ident, "version": 1, **ROUTE}
        first = await attempt(hub, "asb-officer", "triageReferral", **given)
        assert await attempt(hub, "asb-officer", "triageReferral", **given) == first
        for name, more in (("takeReferral", {}), ("closeReferral", {"reason": "Over"})):
            whole = {"idempotencyKey": "goes-on-1", "version": 2, **more}
            hidden, missing = [
                await hub.body("asb-officer", ASB, mutation(name), {"input": {**whole, "id": one}})
                for one in (ident, "ref_none")
            ]
            assert hidden == missing
        later = (await submitted(hub, "asb-officer", pin=pin(), people=[await person_id(hub, "Ann")]))["referral"]
        found = {node["id"]: node["resembles"]["edges"] for node in await listed(hub, "asb-officer")}
        assert len(found[later["id"]]) == 1

    tell(engine_connection, *FACTS, ZOE, HOME, story=story)


def test_intelligence_is_sent_on_to_nobody(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ident = await told(hub)
        sent = {**ROUTE, "services": ["police"]}
        refused = await attempt(hub, "asb-officer", "triageReferral", id=ident, version=1, **sent)
        assert [field["path"] for field in refused["fields"]] == [["input", "services"]]
        assert (await read(hub, "asb-officer", ident))["version"] == 1

    tell(engine_connection, *FACTS, ZOE, HOME, story=story)


@pytest.mark.parametrize("planted", [PLANTED, "Zimmer-Oak"])
def test_what_it_tells_stays_sealed(engine_connection: Connection, planted: str) -> None:
    async def story(hub: TestHub) -> None:
        ident = await told(hub)
        await attempt(hub, "asb-officer", "triageReferral", id=ident, version=1, **ROUTE)
        held = await hub.store.read("MATCH (f:Referral {referralId: $id}) RETURN properties(f)", {"id": ident})
        assert planted not in orjson.dumps(held, default=str).decode()

    tell(engine_connection, *FACTS, ZOE, HOME, story=story)
