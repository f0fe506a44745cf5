"""A referral is made: who reads it, who does not, and what is proposed to whom as being of the same matter."""

import json
from dataclasses import replace
from itertools import count
from typing import Any

import orjson
import pytest

from graph.doctor import recompute
from graph.store import Connection
from graph.vocabulary import Node
from hub.problems import UNTOLD
from policies.sealing import Seal
from policies.vocabulary import Protection
from tests.resolvers.stage import tell
from tests.support.hub import ASB, SEAL, TestHub
from tests.support.scenes import SENSITIVE, person, thing

CRIME = "CRIME_PREVENTION"
PLANTED = "He said he would burn the stairwell down"
SUBMIT = """mutation($input: SubmitReferralInput!) { done: submitReferral(input: $input) { __typename
  ... on ReferralSubmitted { referral { id reference state referrer narrative ward } }
  ... on NotFound { path } ... on InvalidInput { fields { path message } } } }"""
REFERRALS = """{ referrals(first: 20, orderBy: RECEIVED_AT) { edges { node {
  id reference state source referrer headings qualifiers toldPeople address ward location wantedOutcome hasConsent
  narrative people(first: 9) { edges { node { givenName } } } resembles(first: 9) { edges { node { reference } } }
  } } } }"""
BOUNDARIES = "{ wards(filter: {vintage: {eq: 2025}}, first: 2) { edges { node { code boundary } } } }"
SQUARE = {"type": "Polygon", "coordinates": [[[-0.2, 51.4], [-0.1, 51.4], [-0.1, 51.6], [-0.2, 51.6], [-0.2, 51.4]]]}
WARD = thing(
    Node.WARD, "hub/wards-2025/1", code="E05013808", name="West End", vintage=2025, geometry=json.dumps(SQUARE)
)
ANN = person("council/ann", givenName="Ann", familyName="Ash", ward="E05013808")
GHOST = person("police/ghost", Protection.COVERT, givenName="Gus", familyName="Ghost", ward="E05013808")
QUIET = person("council/quiet", SENSITIVE, givenName="Quin", familyName="Quiet", ward="E05013808")
CLIENT = person("victim_support/client", Protection.REFUGE, givenName="Cleo", familyName="Cole")
FLED = person("council/fled", Protection.REFUGE, givenName="Flo", familyName="Fled", ward="E05013808")
FACTS = (WARD, ANN, GHOST, QUIET, CLIENT, FLED)
_keys = count(1)


async def submitted(hub: TestHub, who: str, purpose: str = ASB, **given: Any) -> dict[str, Any]:  # noqa: ANN401 - any input
    """Refer noise, with a key of its own unless one is given."""
    whole = {
        "idempotencyKey": f"referral-{next(_keys)}",
        "concerns": [{"heading": "NOISE", "qualifier": "NUISANCE"}],
        "narrative": PLANTED,
        "hasConsent": True,
        **given,
    }
    found: dict[str, Any] = (await hub.data(who, purpose, SUBMIT, {"input": whole}))["done"]
    return found


async def read(hub: TestHub, who: str, purpose: str = ASB) -> list[dict[str, Any]]:
    found = await hub.data(who, purpose, REFERRALS)
    return [edge["node"] for edge in found["referrals"]["edges"]]


async def person_id(hub: TestHub, name: str) -> str:
    found = "MATCH (r:PersonRecord {givenName: $name})-[:ABOUT]->(p:Person) RETURN p.personId"
    return str(await hub.store.read(found, {"name": name}))


def pin(longitude: float = -0.1337, latitude: float = 51.5136) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [longitude, latitude]}


async def healthy(hub: TestHub) -> None:
    assert [difference async for difference in recompute(hub.store)] == []


def test_what_a_partner_refers_arrives_at_the_desk(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        done = await submitted(
            hub,
            "housing-officer",
            concerns=[
                {"heading": "NOISE", "qualifier": "NUISANCE"},
                {"heading": "ROWDY_INCONSIDERATE", "qualifier": "PERSONAL"},
            ],
            toldPeople=["Joe from number 5, 020 7946 0000"],
            address="1 Dean Street",
            pin=pin(),
            wantedOutcome="Quiet nights",
        )
        own = done["referral"]
        assert (own["state"], own["referrer"], own["ward"]) == ("RECEIVED", "housing-officer", "E05013808")
        assert own["narrative"] == PLANTED
        (arrived,) = await read(hub, "asb-officer")
        assert arrived == {
            "id": own["id"],
            "reference": own["reference"],
            "state": "RECEIVED",
            "source": "PARTNER",
            "referrer": "housing-officer",
            "headings": ["NOISE", "ROWDY_INCONSIDERATE"],
            "qualifiers": ["NUISANCE", "PERSONAL"],
            "toldPeople": ["Joe from number 5, 020 7946 0000"],
            "address": "1 Dean Street",
            "ward": "E05013808",
            "location": pin(),
            "wantedOutcome": "Quiet nights",
            "hasConsent": True,
            "narrative": PLANTED,
            "people": {"edges": []},
            "resembles": {"edges": []},
        }
        for who in ("police-officer", "victim-support"):
            assert await read(hub, who) == [], who
        await healthy(hub)

    tell(engine_connection, *FACTS, story=story)


def test_a_councillor_refers_for_a_constituent_and_is_told_how_far_it_has_come(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        done = await submitted(hub, "councillor", source="COUNCILLOR_FOR_CONSTITUENT", pin=pin())
        assert done["referral"]["reference"].startswith("R-")
        (told,) = await read(hub, "councillor")
        assert (told["state"], told["narrative"], told["referrer"]) == ("RECEIVED", None, None)

    tell(engine_connection, *FACTS, story=story)


def test_a_professional_can_stay_unnamed(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        await submitted(hub, "victim-support", source="UNNAMED_PROFESSIONAL")
        (arrived,) = await read(hub, "asb-officer")
        assert (arrived["referrer"], arrived["source"]) == (None, "UNNAMED_PROFESSIONAL")

    tell(engine_connection, *FACTS, story=story)


def test_the_narrative_stands_nowhere_that_can_be_read(
    engine_connection: Connection, caplog: pytest.LogCaptureFixture
) -> None:
    async def story(hub: TestHub) -> None:
        given: dict[str, Any] = {"idempotencyKey": "planted-1", "pin": pin(), "toldPeople": ["Joe, 020 7946 0000"]}
        assert await submitted(hub, "housing-officer", **given) == await submitted(hub, "housing-officer", **given)
        await submitted(hub, "housing-officer", isIntelligence=True)
        await submitted(hub, "housing-officer", narrative=f"{PLANTED}{'x' * 20_000}")
        everything = await hub.store.read("MATCH (n) RETURN collect(properties(n))")
        everything += await hub.store.read("MATCH ()-[e]->() RETURN collect(properties(e))")
        written = orjson.dumps(everything, default=str).decode() + repr(hub.ledger.entries) + caplog.text
        assert "Joe" not in written
        assert PLANTED not in written
        assert "stairwell" not in written
        sealed = [node["narrative"][0] for node in everything if "narrative" in node]
        assert len(sealed) == len(set(sealed)) == 2
        assert all(text not in node.get("sheet", "") for node in everything for text in sealed)

    tell(engine_connection, *FACTS, story=story)


def test_what_is_intelligence_only_the_police_see(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        done = await submitted(hub, "housing-officer", isIntelligence=True, pin=pin())
        assert done == {"__typename": "ReferralSubmitted", "referral": None}
        for who in ("housing-officer", "asb-officer", "councillor", "victim-support", "police-officer"):
            assert await read(hub, who) == [], who
        (raw,) = await read(hub, "police-officer", CRIME)
        assert raw["narrative"] == PLANTED
        await submitted(hub, "housing-officer", pin=pin())
        (ordinary,) = await read(hub, "asb-officer")
        assert ordinary["resembles"]["edges"] == []
        await healthy(hub)

    tell(engine_connection, *FACTS, story=story)


def test_an_earlier_referral_of_the_same_matter_is_proposed_and_not_joined(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ann = await person_id(hub, "Ann")
        first = (await submitted(hub, "housing-officer", pin=pin()))["referral"]
        second = await submitted(hub, "asb-officer", pin=pin(latitude=51.5140), people=[ann])
        third = (await submitted(hub, "asb-officer", pin=pin(latitude=51.55)))["referral"]
        fourth = (await submitted(hub, "asb-officer", people=[ann]))["referral"]
        found = {node["id"]: node for node in await read(hub, "asb-officer")}
        alike = {
            ident: [edge["node"]["reference"] for edge in node["resembles"]["edges"]] for ident, node in found.items()
        }
        assert alike == {
            first["id"]: [],
            second["referral"]["id"]: [first["reference"]],
            third["id"]: [],
            fourth["id"]: [second["referral"]["reference"]],
        }
        (own,) = await read(hub, "housing-officer")
        assert own["resembles"]["edges"] == []
        await healthy(hub)

    tell(engine_connection, *FACTS, story=story)


def test_that_two_are_about_one_person_is_not_told_where_the_person_is_not(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        quiet, fled = await person_id(hub, "Quin"), await person_id(hub, "Flo")
        for ident in (quiet, fled, quiet, fled):
            assert (await submitted(hub, "asb-officer", people=[ident]))["__typename"] == "ReferralSubmitted"
        assert await hub.store.read("MATCH ()-[e:RESEMBLES]->() RETURN count(e)") == 2
        assert [node["resembles"]["edges"] for node in await read(hub, "asb-officer")] == [[], [], [], []]
        await healthy(hub)

    tell(engine_connection, *FACTS, story=story)


def test_whoever_knows_of_a_protection_does_not_pass_it_on_with_a_referral(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ghost, client = await person_id(hub, "Gus"), await person_id(hub, "Cleo")
        for who, ident in (("police-officer", ghost), ("victim-support", client)):
            done = await submitted(hub, who, people=[ident], address="9 Hidden Mews")
            assert [field["path"] for field in done["fields"]] == [["input", "people", "0"]]
        assert await hub.store.read("MATCH (f:Referral) RETURN count(f)") == 0

    tell(engine_connection, *FACTS, story=story)


def test_whoever_does_not_know_of_a_protection_learns_nothing_of_it(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        fled, ann = await person_id(hub, "Flo"), await person_id(hub, "Ann")
        for ident in (fled, ann):
            done = await submitted(hub, "asb-officer", people=[ident], address="1 Dean Street")
            assert done["referral"]["narrative"] == PLANTED
        told = [{**node, "id": "", "reference": "", "people": ""} for node in await read(hub, "asb-officer")]
        assert told[0] == told[1]
        names = [len(node["people"]["edges"]) for node in await read(hub, "asb-officer")]
        assert names == [1, 1]
        await healthy(hub)

    tell(engine_connection, *FACTS, story=story)


@pytest.mark.parametrize("fast_way", [True, False])
def test_what_cannot_be_opened_or_read_takes_nothing_but_itself_away(
    engine_connection: Connection,
    caplog: pytest.LogCaptureFixture,
    fast_way: bool,  # noqa: FBT001 - a column of the table
) -> None:
    elsewhere = Seal(master=bytes(32), chance=SEAL.chance).close("Said under another key")
    spoil = """MATCH (f:Referral) WITH f ORDER BY f.receivedAt, f.referralId WITH collect(f) AS found
      WITH found[0] AS torn, found[1] AS strange SET torn.toldPeople = ['torn'], strange.narrative = [$elsewhere]
      WITH torn MATCH (w:Ward) SET w.geometry = '{torn'"""

    async def story(hub: TestHub) -> None:
        hub.answerer.means = replace(hub.answerer.means, fast_way=fast_way)
        for _ in range(3):
            await submitted(hub, "housing-officer", toldPeople=["Joe"])
        await hub.store.write(lambda tx: tx.run(spoil, {"elsewhere": elsewhere}))
        answer = await hub.ask("asb-officer", ASB, REFERRALS)
        nodes = [edge["node"] for edge in answer["data"]["referrals"]["edges"]]
        assert sorted(str(node["narrative"]) for node in nodes) == sorted(["None", PLANTED, PLANTED])
        assert sorted(str(node["toldPeople"]) for node in nodes) == sorted(["None", "['Joe']", "['Joe']"])
        wrong = {(error["path"][2], error["path"][4]) for error in answer["errors"]}
        empty = {(at, name) for at, node in enumerate(nodes) for name in ("narrative", "toldPeople") if not node[name]}
        assert wrong == empty
        assert {(error["message"], error["extensions"]["code"]) for error in answer["errors"]} == {(UNTOLD, "INTERNAL")}
        (ward,) = (await hub.ask("asb-officer", ASB, BOUNDARIES))["data"]["wards"]["edges"]
        assert ward["node"] == {"code": "E05013808", "boundary": None}
        assert {record.getMessage() for record in caplog.records} == {
            f"a stored value does not fit the contract: {name}" for name in ("narrative", "toldPeople", "boundary")
        }

    tell(engine_connection, WARD, story=story)


def test_who_cannot_see_a_person_cannot_refer_them(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ghost = await person_id(hub, "Gus")
        for ident in (ghost, "per_none"):
            done = await submitted(hub, "housing-officer", people=[ident])
            assert done == {"__typename": "NotFound", "path": ["input", "people", "0"]}
        ann = await person_id(hub, "Ann")
        done = await submitted(hub, "housing-officer", people=[ann, ann, ghost])
        assert done["path"] == ["input", "people", "2"]
        assert await hub.store.read("MATCH (f:Referral) RETURN count(f)") == 0

    tell(engine_connection, *FACTS, story=story)


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({"narrative": "x" * 20_001}, "narrative"),
        ({"narrative": " "}, "narrative"),
        ({"concerns": []}, "concerns"),
        ({"concerns": [{"heading": "NOISE", "qualifier": "NUISANCE"}] * 21}, "concerns"),
        ({"pin": {"type": "Point", "coordinates": [2.0, 50.0]}}, "pin"),
        ({"pin": {"type": "Point", "coordinates": ["a", None]}}, "pin"),
        ({"pin": {"type": "Point", "coordinates": [-0.15, 1e400]}}, "pin"),
        ({"pin": SQUARE}, "pin"),
        ({"toldPeople": ["x" * 201]}, "toldPeople"),
        ({"toldPeople": ["\u0007"]}, "toldPeople"),
        ({"address": ""}, "address"),
        ({"people": ["per_x"] * 21}, "people"),
    ],
)
def test_input_that_cannot_be_is_refused_by_name(
    engine_connection: Connection, given: dict[str, Any], path: str
) -> None:
    async def story(hub: TestHub) -> None:
        done = await submitted(hub, "housing-officer", **given)
        assert done["__typename"] == "InvalidInput"
        assert [field["path"] for field in done["fields"]] == [["input", path]]

    tell(engine_connection, WARD, story=story)


def test_a_heading_that_there_is_not_and_an_agency_without_the_right_are_refused(
    engine_connection: Connection,
) -> None:
    async def story(hub: TestHub) -> None:
        strange = {"input": {"idempotencyKey": "k" * 9, "concerns": [{"heading": "DRONES", "qualifier": "NUISANCE"}]}}
        assert await hub.code("housing-officer", ASB, SUBMIT, strange) == "BAD_USER_INPUT"
        assert (await submitted(hub, "auditor", "AUDIT"))["__typename"] == "NotPermitted"

    tell(engine_connection, *FACTS, story=story)
