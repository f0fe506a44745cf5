"""Premises that a referral names: who reads of them, whose protection hides that, and what is alike by them."""

from typing import Any

import pytest

from graph.store import Connection
from policies.vocabulary import Protection
from tests.resolvers.acting.test_attacks import HIDING, marked
from tests.resolvers.acting.test_described import ZOE, somebody
from tests.resolvers.acting.test_referrals import ANN, FACTS, healthy, person_id, pin, submitted
from tests.resolvers.acting.triagework import done, judged
from tests.resolvers.stage import tell
from tests.support.hub import ASB, TestHub
from tests.support.scenes import SENSITIVE, person, premises, resides

ROSE = {"address": "5 Rose Street", "postcode": "W1D 3DH", "ward": "E05013808"}
HOME = premises("council/home", **ROSE)
SAME = premises("housing/home", **ROSE)
CLOSED = premises("police/closed", SENSITIVE, address="7 Rose Street", postcode="W1D 3DH", ward="E05013808")
LAIR = premises("police/lair", Protection.COVERT, address="9 Rose Street", postcode="W1D 3DH", ward="E05013808")
HOUSE = premises("victim_support/house", Protection.REFUGE, address="9 Hidden Mews")
FLAT = premises("victim_support/flat", address="3 Quiet Row")
CLIENT = person("victim_support/client", Protection.REFUGE, givenName="Cleo", familyName="Cole")
SISTER = person("council/sister", givenName="May", familyName="Moss", ward="E05013808")
SHARED = (HOME, SISTER, resides(ANN, HOME), resides(SISTER, HOME))
"""A home in which somebody lives whom nothing protects, so that it is told of whoever else does."""
READ = """{ referrals(first: 20, orderBy: RECEIVED_AT) { edges { node { id
  premises(first: 9, orderBy: ADDRESS) { totalCount edges { node { address } } }
  resembles(first: 9) { totalCount edges { node { id } } } } } } }"""


async def place_id(hub: TestHub, owner: str, address: str = "5 Rose Street") -> str:
    found = "MATCH (m:Premises {owner: $owner}) WHERE m.address = $address RETURN m.premisesId"
    return str(await hub.store.read(found, {"owner": owner, "address": address}))


async def referred(hub: TestHub, who: str = "asb-officer", **given: Any) -> str:  # noqa: ANN401 - any input
    return str((await submitted(hub, who, **given))["referral"]["id"])


async def read(hub: TestHub, who: str = "asb-officer", purpose: str = ASB) -> list[tuple[list[str], int]]:
    """At which addresses each referral happens, and how many earlier ones it is said to be like."""
    nodes = [edge["node"] for edge in (await hub.data(who, purpose, READ))["referrals"]["edges"]]
    for node in nodes:
        for told in (node["premises"], node["resembles"]):
            assert told["totalCount"] == len(told["edges"])
    return [
        ([edge["node"]["address"] for edge in node["premises"]["edges"]], node["resembles"]["totalCount"])
        for node in nodes
    ]


def test_they_are_read_by_the_desk_and_by_those_who_go_there(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ident = await referred(hub, "housing-officer", premises=[await place_id(hub, "housing")], pin=pin())
        await healthy(hub)
        told = [(await read(hub, who)) for who in ("housing-officer", "asb-officer")]
        assert told == [[(["5 Rose Street"], 0)], [(["W1D"], 0)]], "as far as other agreements show the place"
        route = judged(route="POLICE", services=["victim_support"], reason="They go there")
        await done(hub, "asb-officer", "triageReferral", id=ident, version=1, **route)
        assert await read(hub, "police-officer") == [(["W1D"], 0)]
        assert await read(hub, "victim-support") == [([], 0)]
        assert await read(hub, "councillor") == []

    tell(engine_connection, *FACTS, SAME, story=story)


def test_what_is_hidden_or_something_else_cannot_be_named(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        home, lair = await place_id(hub, "council"), await place_id(hub, "police", "9 Rose Street")
        for ident in (lair, "pre_none", await person_id(hub, "Ann")):
            done = await submitted(hub, "housing-officer", premises=[home, ident])
            assert done == {"__typename": "NotFound", "path": ["input", "premises", "1"]}
        many = await submitted(hub, "housing-officer", premises=["pre_x"] * 21)
        assert [field["path"] for field in many["fields"]] == [["input", "premises"]]
        assert await hub.store.read("MATCH (f:Referral) RETURN count(f)") == 0

    tell(engine_connection, *FACTS, HOME, LAIR, story=story)


def test_whoever_knows_that_a_place_is_protected_does_not_pass_it_on(engine_connection: Connection) -> None:
    """By its own marking, or as the home of nobody but somebody who is protected."""

    async def story(hub: TestHub) -> None:
        for who, owner, address in (
            ("police-officer", "police", "9 Rose Street"),
            ("victim-support", "victim_support", "9 Hidden Mews"),
            ("victim-support", "victim_support", "3 Quiet Row"),
        ):
            ident = await place_id(hub, owner, address)
            done = await submitted(hub, who, premises=[ident], narrative="She is there")
            assert [field["path"] for field in done["fields"]] == [["input", "premises", "0"]], address
            hidden = await submitted(hub, "asb-officer", premises=[ident])
            assert hidden == {"__typename": "NotFound", "path": ["input", "premises", "0"]}
        assert await hub.store.read("MATCH (f:Referral) RETURN count(f)") == 0

    tell(engine_connection, *FACTS, LAIR, HOUSE, FLAT, resides(CLIENT, FLAT), story=story)


def test_where_somebody_in_a_refuge_may_be_is_not_told_by_a_referral_of_them(engine_connection: Connection) -> None:
    """Neither by its own premises, nor by its being like a referral of one of these; the places are no secret.

    Their home is among them, and by what is told it could be any, or none.
    """

    async def story(hub: TestHub) -> None:
        homes = [await place_id(hub, owner) for owner in ("council", "housing")]
        await referred(hub, people=[await person_id(hub, "Ann")], premises=homes)
        await referred(hub, premises=homes[:1])
        await referred(hub, premises=homes[1:])
        seen = [(["5 Rose Street", "W1D"], 0), (["5 Rose Street"], 1), (["W1D"], 1)]
        hidden = [([], 0), (["5 Rose Street"], 0), (["W1D"], 0)]
        assert await read(hub) == seen
        for protection in (Protection.REFUGE, Protection.ADOPTION):
            await marked(hub, ANN, protection)
            assert await read(hub) == hidden, protection
            await marked(hub, ANN)
            assert await read(hub) == seen, protection

    tell(engine_connection, *FACTS, *SHARED, SAME, story=story)


def test_what_is_like_another_does_not_tell_an_address_that_is_withheld(engine_connection: Connection) -> None:
    """Two agencies wrote the same place down, and whoever tries addresses out is not told which of them it is."""

    async def story(hub: TestHub) -> None:
        await referred(hub, "housing-officer", premises=[await place_id(hub, "housing")])
        await referred(hub, premises=[await place_id(hub, "council")])
        assert await read(hub) == [(["W1D"], 0), (["5 Rose Street"], 0)]

    tell(engine_connection, *FACTS, HOME, SAME, story=story)


@pytest.mark.parametrize("protection", [*HIDING, Protection.REFUGE])
def test_referrals_of_a_place_that_is_hidden_do_not_look_alike(
    engine_connection: Connection, protection: Protection
) -> None:
    """Whether it is hidden by its own marking, or by that of the one who lives there and is named by neither.

    What is like another by somebody else whom both name, and of another kind there, is so all the same.
    """

    async def story(hub: TestHub) -> None:
        home, may = await place_id(hub, "council"), await person_id(hub, "May")
        fireworks = [{"heading": "FIREWORKS", "qualifier": "NUISANCE"}]
        await referred(hub, premises=[home], people=[may])
        await referred(hub, premises=[home])
        await referred(hub, premises=[home], people=[may], concerns=fireworks)
        told = ["5 Rose Street"]
        seen, hidden = [(told, 0), (told, 1), (told, 1)], [(told[1:], 0), (told[1:], 0), (told[1:], 1)]
        for what in (HOME, ANN):
            assert await read(hub) == seen
            await marked(hub, what, protection)
            assert await read(hub) == hidden, what
            await marked(hub, what)
        assert await read(hub) == seen

    tell(engine_connection, *FACTS, HOME, SISTER, resides(ANN, HOME), story=story)


def test_a_place_of_which_much_is_referred_makes_no_referral_dearer_than_twenty_proposals(
    engine_connection: Connection,
) -> None:
    async def story(hub: TestHub) -> None:
        home = await place_id(hub, "council")
        made = [await referred(hub, premises=[home]) for _ in range(22)]
        alike = """MATCH (f:Referral)-[:RESEMBLES]->(g:Referral) WITH f, count(DISTINCT g) AS alike
          WHERE f.referralId = $last RETURN alike"""
        assert await hub.store.read(alike, {"last": made[-1]}) == 20

    tell(engine_connection, *FACTS, HOME, story=story)


def test_what_is_near_by_the_pin_is_alike_whoever_is_protected(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        home = await place_id(hub, "council")
        for _ in range(2):
            await referred(hub, premises=[home], pin=pin())
        await marked(hub, HOME, Protection.COVERT)
        assert await read(hub) == [([], 0), ([], 1)]

    tell(engine_connection, *FACTS, HOME, story=story)


def test_a_place_of_which_the_desk_knows_no_more_than_a_pointer_makes_none_alike(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        closed = await place_id(hub, "police", "7 Rose Street")
        for _ in range(2):
            await referred(hub, "police-officer", premises=[closed])
        assert await hub.store.read("MATCH ()-[e:RESEMBLES]->() RETURN count(e)") == 1
        assert await read(hub) == [([], 0), ([], 0)]

    tell(engine_connection, *FACTS, CLOSED, story=story)


def test_whom_the_desk_finds_to_be_meant_hides_their_home_in_it(engine_connection: Connection) -> None:
    """Also from what was referred of that place since."""
    marked_zoe = person("council/zoe", Protection.REFUGE, **ZOE.values)

    async def story(hub: TestHub) -> None:
        home, zoe = await place_id(hub, "council"), await person_id(hub, "ZOE")
        first = await referred(hub, describedPeople=[somebody()], premises=[home])
        await referred(hub, premises=[home])
        seen, hidden = [(["5 Rose Street"], 0), (["5 Rose Street"], 1)], [([], 0), (["5 Rose Street"], 0)]
        assert await read(hub) == seen
        given = {"id": first, "person": zoe}
        await done(hub, "asb-officer", "confirmLikeness", **given, reason="Her mother rang")
        await hub.watch.refresh(hub.store)
        assert await read(hub) == hidden
        await healthy(hub)
        await done(hub, "asb-officer", "withdrawLikeness", **given, version=1, reason="It was her cousin")
        await hub.watch.refresh(hub.store)
        assert await read(hub) == seen
        await healthy(hub)

    tell(
        engine_connection,
        *FACTS,
        HOME,
        SISTER,
        marked_zoe,
        resides(SISTER, HOME),
        resides(marked_zoe, HOME),
        story=story,
    )
