"""People whom a referrer describes: kept sealed, likened to people of the hub, and named by the desk's judgement."""

from dataclasses import replace
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.doctor import recompute
from graph.matching import folded
from graph.store import Connection
from hub.graphql import GraphQLAnswerer
from policies.vocabulary import Protection
from resolvers.acting.described import check_described
from resolvers.acting.inputs import Given
from tests.resolvers.acting.test_referrals import CRIME, FACTS, person_id, submitted
from tests.resolvers.acting.triagework import attempt, entries, read
from tests.resolvers.acting.triagework import done as changed
from tests.resolvers.stage import tell
from tests.support.hub import ASB, TestHub
from tests.support.scenes import SENSITIVE, person, write

ZOE = person("police/zoe", givenName="ZOE", familyName="ZIMMER-OAK", dateOfBirth="2010-09-03", ward="E05013808")
TWIN = person("housing/zoe", givenName="Zoe", familyName="Zimmer-Oak", ward="E05013808")
ELDER = person("council/zoe", givenName="Zoe", familyName="Zimmer-Oak", dateOfBirth="1950-01-01", ward="E05013808")
HELD = person("victim_support/zoe", givenName="Zoe", familyName="Zimmer-Oak", dateOfBirth="2010-09-03")
DESCRIBED = """query($id: ID!) { referral(id: $id) { version
  described: describedPeople { __typename name: givenName familyName dateOfBirth phone address role }
  likenesses(first: 20) { totalCount edges { node { id } } }
  people(first: 9) { edges { author madeAt reason node { id } } } } }"""
CHOSEN = """query($id: ID!, $born: Boolean!) { referral(id: $id) { toldPeople
  one: describedPeople { role phone dateOfBirth @include(if: $born) } describedPeople { ...Named } } }
fragment Named on DescribedPerson { n: givenName __typename address }"""
ENDED = """
MATCH (a:Assertion) WHERE a.claim STARTS WITH 'REFERS_TO:council/triage/' RETURN [a.endedBy, a.reason, a.said]"""
BIRTH = st.dates().map(str) | st.from_regex(r"[0-9]{4}(-[0-9]{2}){0,2}", fullmatch=True) | st.text(max_size=12)


def somebody(given_name: str = "Zoe", family_name: str = "Zimmer-Oak", **more: Any) -> dict[str, Any]:  # noqa: ANN401 - any input
    return {"givenName": given_name, "familyName": family_name, "role": "ALLEGED_PERPETRATOR", **more}


async def described(hub: TestHub, *people: dict[str, Any], who: str = "housing-officer") -> str:
    return str((await submitted(hub, who, describedPeople=list(people)))["referral"]["id"])


async def seen(hub: TestHub, who: str, ident: str, purpose: str = ASB) -> dict[str, Any]:
    found: dict[str, Any] = (await hub.data(who, purpose, DESCRIBED, {"id": ident}))["referral"]
    return found


async def proposed(hub: TestHub, who: str, ident: str, purpose: str = ASB) -> list[str]:
    found = (await seen(hub, who, ident, purpose))["likenesses"]
    assert found["totalCount"] == len(found["edges"])
    return sorted(edge["node"]["id"] for edge in found["edges"])


async def of_record(hub: TestHub, key: str) -> str:
    found = "MATCH (r:PersonRecord {sourceKey: $key})-[:ABOUT]->(p:Person) RETURN p.personId"
    return str(await hub.store.read(found, {"key": key}))


async def stored(hub: TestHub) -> int:
    return int(await hub.store.read("MATCH ()-[e:LIKENED_IN]->() RETURN count(e)"))


def test_who_is_described_is_read_by_the_desk_and_stands_nowhere_that_can_be_read(
    engine_connection: Connection,
) -> None:
    async def story(hub: TestHub) -> None:
        told = somebody("Žofie 🦊", "Qwertzuiova", dateOfBirth="2010-09", phone="020 7946 0009", address="7 Asdfgh Row")
        ident = await described(hub, told)
        (read_back,) = (await seen(hub, "asb-officer", ident))["described"]
        assert read_back == {
            "__typename": "DescribedPerson",
            "name": "Žofie 🦊",
            **{name: value for name, value in told.items() if name != "givenName"},
        }
        everything = await hub.store.read("MATCH (n) RETURN collect(properties(n))")
        written = orjson.dumps(everything, default=str).decode() + repr(hub.ledger.entries)
        for part in ("Žofie", "Qwertzuiova", "7946 0009", "Asdfgh"):
            assert part not in written, part

    tell(engine_connection, *FACTS, story=story)


def test_the_fast_way_and_the_plain_one_tell_them_alike(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ident = await described(hub, somebody(dateOfBirth="2010"), somebody("Ann", phone="1"))
        means = hub.answerer.means
        plain = replace(hub, answerer=GraphQLAnswerer(means=replace(means, fast_way=False)))
        for born in (True, False):
            told = [await one.body("asb-officer", ASB, CHOSEN, {"id": ident, "born": born}) for one in (hub, plain)]
            assert told[0] == told[1]
            assert (b"2010" in told[0]) is born

    tell(engine_connection, *FACTS, story=story)


def test_people_of_the_name_and_about_the_age_are_proposed_and_not_joined(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        zoe, twin, elder = [await of_record(hub, str(fact.source)) for fact in (ZOE, TWIN, ELDER)]
        for born, expected in (
            ("2010-09-03", {zoe, twin}),
            ("2012", {zoe, twin}),
            ("2013-01", {twin}),
            ("1950", {elder, twin}),
            (None, {zoe, twin, elder}),
        ):
            ident = await described(hub, somebody("zoe", " Zimmer-Oak", dateOfBirth=born))
            assert set(await proposed(hub, "asb-officer", ident)) == expected, born
            assert (await seen(hub, "asb-officer", ident))["people"]["edges"] == []
        assert await proposed(hub, "asb-officer", await described(hub, somebody("Zoe", "Zimmer"))) == []
        assert [difference async for difference in recompute(hub.store)] == []

    tell(engine_connection, *FACTS, ZOE, TWIN, ELDER, story=story)


def test_nobody_else_is_told_whom_the_hub_knows_by_that_name(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ident = await described(hub, somebody())
        assert len(await proposed(hub, "asb-officer", ident)) == 2
        assert await proposed(hub, "housing-officer", ident) == []

    tell(engine_connection, *FACTS, ZOE, TWIN, story=story)


@pytest.mark.parametrize(
    "hidden",
    [
        person("police/zoe", Protection.COVERT, givenName="Zoe", familyName="Zimmer-Oak"),
        person("police/zoe", Protection.WITNESS, givenName="Zoe", familyName="Zimmer-Oak"),
        person("council/zoe", Protection.SILENT, givenName="Zoe", familyName="Zimmer-Oak"),
        person("police/zoe", SENSITIVE, givenName="Zoe", familyName="Zimmer-Oak"),
        HELD,
    ],
    ids=["covert", "witness", "silent", "pointer", "unshown"],
)
def test_whoever_may_not_be_seen_by_name_is_not_proposed(engine_connection: Connection, hidden: Any) -> None:  # noqa: ANN401 - a fact
    """The answer is that of a hub which knows nobody of that name, in reading and in judging."""

    async def story(hub: TestHub) -> None:
        known, unknown = [await described(hub, somebody(*name)) for name in (("Zoe",), ("Nobody", "Known"))]
        assert await stored(hub) == 1
        told = [await hub.body("asb-officer", ASB, DESCRIBED, {"id": ident}) for ident in (known, unknown)]
        assert told[0] == told[1].replace(b"Nobody", b"Zoe").replace(b"Known", b"Zimmer-Oak")
        whom = await of_record(hub, str(hidden.source))
        for one in (whom, "per_none"):
            refused = await attempt(hub, "asb-officer", "confirmLikeness", id=known, person=one, reason="So they say")
            assert refused == {"__typename": "NotFound", "message": refused["message"], "path": ["input", "person"]}
        assert [difference async for difference in recompute(hub.store)] == []

    tell(engine_connection, *FACTS, hidden, story=story)


@pytest.mark.parametrize("protection", [Protection.REFUGE, Protection.ADOPTION])
def test_whoever_is_seen_by_name_is_proposed_whatever_else_of_them_is_protected(
    engine_connection: Connection, protection: Protection
) -> None:
    """Whom the search finds, and no likeness proposes, would be known to be protected."""
    protected = person("council/zoe", protection, givenName="Zoe", familyName="Zimmer-Oak")

    async def story(hub: TestHub) -> None:
        named = '{ people(first: 9, filter: {familyName: {eq: "Zimmer-Oak"}}) { edges { node { id } } } }'
        found = (await hub.data("asb-officer", ASB, named))["people"]["edges"]
        known = await proposed(hub, "asb-officer", await described(hub, somebody()))
        assert known == [edge["node"]["id"] for edge in found] == [await of_record(hub, str(protected.source))]

    tell(engine_connection, *FACTS, protected, story=story)


def test_the_name_on_a_record_that_is_not_shown_is_proposed_and_confirmed_to_nobody(
    engine_connection: Connection,
) -> None:
    """Of somebody whom the desk sees by another record, and under another name."""
    shown = person("police/lia", nhsNumber="943 476 5919", givenName="Lia", familyName="Other", ward="E05013808")
    marked = person("police/zoe", Protection.REFUGE, nhsNumber="943 476 5919", givenName="Zoe", familyName="Zimmer-Oak")

    async def story(hub: TestHub) -> None:
        lia = await of_record(hub, str(shown.source))
        assert lia == await of_record(hub, str(marked.source))
        by_name = await described(hub, somebody("Lia", "Other"))
        assert await proposed(hub, "asb-officer", by_name) == [lia]
        by_hidden_name = await described(hub, somebody())
        assert await proposed(hub, "asb-officer", by_hidden_name) == []
        given = {"id": by_hidden_name, "person": lia, "reason": "So they say"}
        assert (await attempt(hub, "asb-officer", "confirmLikeness", **given))["__typename"] == "NotFound"

    tell(engine_connection, *FACTS, shown, marked, story=story)


def test_who_is_marked_afterwards_is_proposed_no_more(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ident = await described(hub, somebody())
        assert len(await proposed(hub, "asb-officer", ident)) == 1
        marked = person("police/zoe", Protection.COVERT, givenName="ZOE", familyName="ZIMMER-OAK")
        await write(hub.store, marked, seed="again")
        await hub.watch.refresh(hub.store)
        assert await proposed(hub, "asb-officer", ident) == []
        assert [difference async for difference in recompute(hub.store)] == []

    tell(engine_connection, *FACTS, ZOE, story=story)


def test_the_desk_names_the_person_and_the_referrer_hears_nothing_of_it(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ident, zoe = await described(hub, somebody()), await of_record(hub, str(ZOE.source))
        before = await read(hub, "housing-officer", ident)
        given = {"idempotencyKey": "confirm-1", "id": ident, "person": zoe, "reason": "Her mother rang"}
        first = await changed(hub, "asb-officer", "confirmLikeness", **given)
        assert await changed(hub, "asb-officer", "confirmLikeness", **given) == first
        (named,) = (await seen(hub, "asb-officer", ident))["people"]["edges"]
        assert (named["node"]["id"], named["author"], named["reason"]) == (zoe, "asb-officer", "Her mother rang")
        assert named["madeAt"]
        assert await read(hub, "housing-officer", ident) == before
        assert (await seen(hub, "housing-officer", ident))["people"]["edges"] == []
        assert hub.ledger.entries[-1].purpose == ASB
        acts = [(one.act, one.agreements) for entry in hub.ledger.entries for one in entry.changes]
        assert ("confirmLikeness", ("referral-desk",)) in acts
        assert [difference async for difference in recompute(hub.store)] == []

    tell(engine_connection, *FACTS, ZOE, story=story)


def test_a_mistaken_name_is_taken_back_and_stays_on_record(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ident, zoe = await described(hub, somebody()), await of_record(hub, str(ZOE.source))
        given = {"id": ident, "person": zoe}
        refused = await attempt(hub, "asb-officer", "withdrawLikeness", **given, version=1, reason="Nobody said so")
        assert (refused["__typename"], refused["path"]) == ("NotFound", ["input", "person"])
        await changed(hub, "asb-officer", "confirmLikeness", **given, reason="Her mother rang")
        refused = await attempt(hub, "housing-officer", "withdrawLikeness", **given, version=1, reason="I doubt it")
        assert refused["__typename"] == "NotPermitted"
        before = await read(hub, "housing-officer", ident)
        told = await changed(hub, "asb-officer", "withdrawLikeness", **given, version=1, reason="It was her cousin")
        last = entries(told)[-1]
        assert (last["kind"], last["author"], last["reason"]) == (
            "LIKENESS_WITHDRAWN",
            "asb-officer",
            "It was her cousin",
        )
        assert await read(hub, "housing-officer", ident) == before
        assert before["entries"]["edges"] == []
        assert (await seen(hub, "asb-officer", ident))["people"]["edges"] == []
        by, why, said = await hub.store.read(ENDED)
        assert (by, why, orjson.loads(said)["reason"]) == ("asb-officer", "It was her cousin", "Her mother rang")
        await changed(hub, "asb-officer", "confirmLikeness", **given, reason="It was her all the same")
        (named,) = (await seen(hub, "asb-officer", ident))["people"]["edges"]
        assert named["reason"] == "It was her all the same"
        assert [difference async for difference in recompute(hub.store)] == []

    tell(engine_connection, *FACTS, ZOE, story=story)


def test_nobody_is_named_who_was_not_proposed_nor_by_who_does_not_triage(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ident, zoe, ann = (
            await described(hub, somebody()),
            await of_record(hub, str(ZOE.source)),
            await person_id(hub, "Ann"),
        )
        given = {"id": ident, "reason": "I know her"}
        refused = await attempt(hub, "asb-officer", "confirmLikeness", person=ann, **given)
        assert (refused["__typename"], refused["path"]) == ("NotFound", ["input", "person"])
        refused = await attempt(hub, "housing-officer", "confirmLikeness", person=zoe, **given)
        assert refused["__typename"] == "NotPermitted"
        assert await hub.store.read("MATCH ()-[e:REFERS_TO]->() RETURN count(e)") == 0

    tell(engine_connection, *FACTS, ZOE, story=story)


def test_whoever_knows_of_a_protection_does_not_describe_whom_it_protects(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        told = {"address": "9 Hidden Mews", "dateOfBirth": "1990-02-03"}
        done = await submitted(
            hub, "victim-support", describedPeople=[somebody("Ann"), somebody("Cleo", "Cole", **told)]
        )
        assert [field["path"] for field in done["fields"]] == [["input", "describedPeople", "1"]]
        for who in ("housing-officer", "asb-officer"):  # who does not know is answered as of anybody else
            assert await described(hub, somebody("Cleo", "Cole", **told), who=who)
        roughly = somebody("Cleo", "Cole", dateOfBirth="1990")
        assert await described(hub, roughly, who="victim-support")

    born = person(
        "victim_support/cleo", Protection.REFUGE, givenName="Cleo", familyName="Cole", dateOfBirth="1990-02-03"
    )
    tell(engine_connection, *FACTS[:-2], born, story=story)


def test_who_is_known_by_a_pointer_is_described_as_anybody_else_also_by_those_whom_protections_spare(
    engine_connection: Connection,
) -> None:
    """Otherwise whoever is spared could try out names and days of birth that they are not told."""

    async def story(hub: TestHub) -> None:
        for name in ("Flo", "Nobody"):
            told = somebody(name, "Fled", dateOfBirth="1990-02-03")
            assert (await submitted(hub, "victim-support", describedPeople=[told]))["__typename"] == "ReferralSubmitted"

    born = person("council/fled", Protection.REFUGE, givenName="Flo", familyName="Fled", dateOfBirth="1990-02-03")
    undated = person("victim_support/fled", givenName="Flo", familyName="Fled")
    tell(engine_connection, born, undated, story=story)


def test_whom_intelligence_describes_is_not_proposed_to_the_desk(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        done = await submitted(hub, "housing-officer", describedPeople=[somebody()], isIntelligence=True)
        assert done["referral"] is None
        ident = str(await hub.store.read("MATCH (f:Referral) RETURN f.referralId"))
        assert (await hub.data("asb-officer", ASB, DESCRIBED, {"id": ident}))["referral"] is None
        assert [one["name"] for one in (await seen(hub, "police-officer", ident, CRIME))["described"]] == ["Zoe"]

    tell(engine_connection, *FACTS, ZOE, story=story)


@pytest.mark.parametrize(
    ("told", "path"),
    [
        ({"dateOfBirth": "2026-11-25"}, "dateOfBirth"),
        ({"dateOfBirth": "2027"}, "dateOfBirth"),
        ({"dateOfBirth": "1899-12-31"}, "dateOfBirth"),
        ({"dateOfBirth": "2010-02-30"}, "dateOfBirth"),
        ({"dateOfBirth": "198X"}, "dateOfBirth"),
        ({"givenName": " "}, "givenName"),
        ({"familyName": "x" * 101}, "familyName"),
        ({"phone": "\u0007"}, "phone"),
        ({"address": "x" * 201}, "address"),
    ],
)
def test_a_person_who_cannot_be_is_refused_by_the_path_of_the_field(
    engine_connection: Connection, told: dict[str, Any], path: str
) -> None:
    async def story(hub: TestHub) -> None:
        done = await submitted(hub, "housing-officer", describedPeople=[somebody("🦊"), {**somebody(), **told}])
        assert [field["path"] for field in done["fields"]] == [["input", "describedPeople", "1", path]]
        many = await submitted(hub, "housing-officer", describedPeople=[somebody()] * 21)
        assert [field["path"] for field in many["fields"]] == [["input", "describedPeople"]]
        assert await hub.store.read("MATCH (f:Referral) RETURN count(f)") == 0

    tell(engine_connection, story=story)


@settings(max_examples=200)
@given(BIRTH)
def test_whatever_is_written_as_a_birth_is_a_date_since_1900_or_is_refused(born: str) -> None:
    given_ = Given(values={"describedPeople": [somebody(dateOfBirth=born)]})
    check_described(given_)
    is_taken = not given_.wrong
    assert is_taken <= (born[:4].isdecimal() and int(born[:4]) >= 1900 and len(born) in {4, 7, 10})
    if not is_taken:
        assert [path for path, _ in given_.wrong] == [("input", "describedPeople", "0", "dateOfBirth")]


@given(st.text(min_size=1))
def test_a_name_is_the_same_in_whatever_case_and_spaces(name: str) -> None:
    assert folded(f"  {name} ") == folded(name)
