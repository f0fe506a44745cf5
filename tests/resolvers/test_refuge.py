"""A woman in a refuge: the council recorded her address without a marking, victim support marked its own record."""

import asyncio
from typing import Any

from graph.store import Connection
from policies.vocabulary import Protection
from tests.resolvers.stage import staged
from tests.support.hub import ASB, TestHub
from tests.support.scenes import SENSITIVE, Facts, case, concerns, person, premises, resides, write

HIDDEN_FROM = ("housing-officer", "safeguarding-lead", "councillor", "police-officer", "asb-officer")
WARD, OTHER_WARD, POSTCODE, ADDRESS, PHONE = (
    "E05013808",
    "E05013792",
    "W1D 3DH",
    "12 Haven Court, Soho",
    "+447700900001",
)
HER = {
    "givenName": "Grace",
    "familyName": "Adeyemi-Hart",
    "dateOfBirth": "1991-04-02",
    "nationalInsuranceNumber": "QQ123456C",
    "gender": "FEMALE",
}
ACCESS = "access { level withheld { field reason agreement } }"
HOME = "address postcode ward phone"
FIELDS = f"""id givenName familyName dateOfBirth gender {HOME} {ACCESS}
  knownTo {{ agency {{ code }} contact lastSeen }}
  records {{ id agency {{ code }} dataset lastSeen familyName {HOME} {ACCESS} }}
  residences(first: 5) {{ totalCount edges {{ since until node {{ id address postcode ward }} }} }}
  timeline(first: 9) {{ totalCount edges {{ cursor node {{
    at kind roles agency {{ code }} subject {{ __typename id ... on Premises {{ address }} }} }} }} }}
  here: residences(first: 5, orderBy: POSTCODE_DESC, edge: {{current: true}}) {{ totalCount }}
  cases(first: 5) {{ totalCount edges {{ roles node {{
    id reference premises(first: 5) {{ totalCount edges {{ node {{ id address ward }} }} }} }} }} }}"""
PLACE = f"""id address postcode ward location {ACCESS}
  residents(first: 5) {{ totalCount edges {{ since until node {{ id familyName address }} }} }}
  cases(first: 5) {{ totalCount edges {{ node {{
    id reference people(first: 5) {{ edges {{ node {{ id familyName address }} }} }} }} }} }}"""
PAGE = "totalCount pageInfo { hasNextPage endCursor } edges"
PEOPLE = f"query($f: PersonFilter!) {{ people(filter: $f, first: 9) {{ {PAGE} {{ cursor node {{ {FIELDS} }} }} }} }}"
PLACES = f"""query($f: PremisesFilter) {{
  premisesList(filter: $f, first: 9, orderBy: POSTCODE) {{ {PAGE} {{ cursor node {{ {PLACE} }} }} }} }}"""
CASES = f"""{{ cases(first: 5) {{ totalCount edges {{ node {{ reference
  timeline(first: 20) {{ totalCount edges {{ cursor node {{ at kind subject {{ __typename id }} }} }} }}
  premises(first: 5) {{ totalCount edges {{ node {{ {PLACE} }} }} }}
  people(first: 5) {{ totalCount edges {{ roles node {{ {FIELDS} }} }} }} }} }} }} }}"""
CASES_AT = (
    "query($f: CaseFilter) { cases(filter: $f, first: 5, orderBy: OPENED_ON_DESC) { totalCount edges { cursor } } }"
)
NAMED: dict[str, Any] = {"familyName": {"in": ["Adeyemi-Hart", "Other"]}}
QUESTIONS: tuple[tuple[str, dict[str, Any]], ...] = (
    (PEOPLE, {"f": {"familyName": {"eq": "Adeyemi-Hart"}}}),
    (PEOPLE, {"f": {"ward": {"eq": WARD}}}),
    (PEOPLE, {"f": {"postcode": {"eq": POSTCODE}}}),
    (PEOPLE, {"f": {"postcode": {"startsWith": "W1D"}}}),
    (PEOPLE, {"f": {"phone": {"eq": PHONE}}}),
    (PEOPLE, {"f": NAMED | {"not": {"ward": {"eq": OTHER_WARD}}}}),
    (PEOPLE, {"f": NAMED | {"not": {"postcode": {"startsWith": "SW"}}}}),
    (PEOPLE, {"f": NAMED | {"not": {"not": {"ward": {"eq": WARD}}}}}),
    (PEOPLE, {"f": NAMED | {"not": {"phone": {"eq": "1"}}}}),
    (PEOPLE, {"f": {"or": [{"ward": {"eq": WARD}}, {"familyName": {"eq": "Adeyemi-Hart"}}]}}),
    (PLACES, {"f": None}),
    (PLACES, {"f": {"ward": {"eq": WARD}}}),
    (PLACES, {"f": {"not": {"ward": {"eq": OTHER_WARD}}}}),
    (PLACES, {"f": {"postcode": {"eq": POSTCODE}}}),
    (CASES, {}),
    (CASES_AT, {"f": {"premises": {"ward": {"eq": WARD}}}}),
    (CASES_AT, {"f": {"not": {"premises": {"postcode": {"eq": POSTCODE}}}}}),
    (PEOPLE, {"f": NAMED | {"address": {"startsWith": "12"}}}),
    (PEOPLE, {"f": NAMED | {"not": {"knownTo": {"eq": "victim_support"}}}}),
)


def the_others() -> list[Facts]:
    """A case that concerns her and another client of the council, who lives at the scene."""
    matter = case("council/council-asb-cases/1", "council", "police", "housing", "larkhall", "councillor")
    other = person("council/other", familyName="Other", ward=WARD, postcode=POSTCODE, address="1 High Street")
    house = premises("council/high-street", address="1 High Street", postcode=POSTCODE, ward=WARD)
    her = person("council/grace", **HER)
    return [
        *(her, matter, concerns(matter, her, "VICTIM")),
        *(other, house, resides(other, house), concerns(matter, other, "PERPETRATOR"), concerns(matter, house)),
    ]


def the_marking() -> list[Facts]:
    """Victim support's record of her, and of the place."""
    where = premises("victim_support/haven", Protection.REFUGE, address=ADDRESS, postcode=POSTCODE, ward=WARD)
    client = person(
        "victim_support/1", Protection.REFUGE, SENSITIVE, **HER, address=ADDRESS, postcode=POSTCODE, ward=WARD
    )
    return [client, where, resides(client, where)]


def the_address(*marks: Protection) -> list[Facts]:
    """What the council recorded: where she lives, in values, as a place and as a scene of the case."""
    her = person("council/grace", **HER, address=ADDRESS, postcode=POSTCODE, ward=WARD, phone=PHONE)
    where = premises("council/haven", *marks, address=ADDRESS, postcode=POSTCODE, ward=WARD)
    return [her, where, resides(her, where, since="2026-02-01")]


def the_scene(*marks: Protection) -> list[Facts]:
    """That the case concerns the place where she lives."""
    matter = case("council/council-asb-cases/1", "council", "police", "housing", "larkhall", "councillor")
    where = premises("council/haven", *marks, address=ADDRESS, postcode=POSTCODE, ward=WARD)
    return [matter, where, concerns(matter, where)]


async def answers(hub: TestHub, who: str) -> list[bytes]:
    await hub.watch.refresh(hub.store)
    return [await hub.body(who, ASB, query, variables) for query, variables in QUESTIONS]


async def before_and_after(connection: Connection, before: list[Facts], after: list[Facts]) -> None:
    """Nobody from whom her address is hidden may notice that `after` was stored."""
    async with staged(connection) as hub:
        await write(hub.store, *the_others(), seed="others")
        await write(hub.store, *the_marking(), seed="marking")
        await write(hub.store, *before, seed="before")
        never = {who: await answers(hub, who) for who in HIDDEN_FROM}
        await write(hub.store, *after, seed="after")
        for who in HIDDEN_FROM:
            for (query, variables), one, other in zip(QUESTIONS, never[who], await answers(hub, who), strict=True):
                assert one == other, (who, query, variables, one.decode(), other.decode())


def words(found: Any) -> list[str]:  # noqa: ANN401 - a tree
    if isinstance(found, dict):
        return [text for value in found.values() for text in words(value)]
    return [text for value in found for text in words(value)] if isinstance(found, list) else [str(found)]


def test_her_address_in_a_marked_place_is_as_if_never_recorded(engine_connection: Connection) -> None:
    after = [*the_address(Protection.REFUGE), *the_scene(Protection.REFUGE)]
    asyncio.run(before_and_after(engine_connection, [], after))


def test_her_address_in_an_unmarked_place_that_others_know_is_as_if_never_recorded(
    engine_connection: Connection,
) -> None:
    neighbour = person("council/neighbour", familyName="Neighbour")
    where = premises("council/haven", address=ADDRESS, postcode=POSTCODE, ward=WARD)
    before: list[Facts] = [neighbour, where, resides(neighbour, where)]
    asyncio.run(before_and_after(engine_connection, before, the_address()))


def test_her_address_in_an_unmarked_place_that_is_known_for_her_alone_is_as_if_never_recorded(
    engine_connection: Connection,
) -> None:
    asyncio.run(before_and_after(engine_connection, [], the_address()))


def test_a_case_at_her_home_as_another_dataset_states_it_is_as_if_never_recorded(
    engine_connection: Connection,
) -> None:
    scene = premises("council/council-asb-cases/haven", address=ADDRESS.upper(), postcode=POSTCODE, ward=WARD)
    matter = case("council/council-asb-cases/1", "council", "police", "housing", "larkhall", "councillor")
    asyncio.run(before_and_after(engine_connection, the_address(), [matter, scene, concerns(matter, scene)]))


def test_a_case_at_her_unmarked_home_is_as_if_never_recorded(engine_connection: Connection) -> None:
    asyncio.run(before_and_after(engine_connection, the_address(), the_scene()))


def test_no_field_of_her_address_is_told(engine_connection: Connection) -> None:
    async def whole() -> None:
        async with staged(engine_connection) as hub:
            await write(hub.store, *the_others(), *the_marking(), *the_address(Protection.REFUGE))
            await write(hub.store, *the_scene(Protection.REFUGE))
            await hub.watch.refresh(hub.store)
            for who in HIDDEN_FROM:
                for query, variables in (QUESTIONS[0], QUESTIONS[10], QUESTIONS[14]):
                    told = words(await hub.data(who, ASB, query, variables))
                    assert not {ADDRESS, PHONE, "2026-02-01"}.intersection(told), (who, query, variables)
                people = await hub.data(who, ASB, PEOPLE, {"f": {"familyName": {"eq": "Adeyemi-Hart"}}})
                for edge in people["people"]["edges"]:
                    assert [edge["node"][name] for name in HOME.split()] == [None] * 4
                    assert edge["node"]["residences"]["totalCount"] == 0
                    holders = [one["agency"]["code"] for one in (*edge["node"]["knownTo"], *edge["node"]["records"])]
                    assert "victim_support" not in holders

    asyncio.run(whole())


def test_her_caseworker_sees_where_she_is(engine_connection: Connection) -> None:
    async def whole() -> None:
        async with staged(engine_connection) as hub:
            await write(hub.store, *the_others(), *the_marking(), *the_address())
            await hub.watch.refresh(hub.store)
            found = await hub.data("victim-support", ASB, PEOPLE, {"f": {"familyName": {"eq": "Adeyemi-Hart"}}})
            (edge,) = found["people"]["edges"]
            assert (edge["node"]["address"], edge["node"]["ward"]) == (ADDRESS, WARD)
            assert [one["node"]["address"] for one in edge["node"]["residences"]["edges"]] == [ADDRESS]

    asyncio.run(whole())


def test_what_is_said_about_withholding_is_the_same_as_before_she_was_protected(engine_connection: Connection) -> None:
    query = f"query($f: PersonFilter!) {{ people(filter: $f, first: 9) {{ edges {{ node {{ id {ACCESS} }} }} }} }}"

    async def whole() -> None:
        async with staged(engine_connection) as hub:
            await write(hub.store, *the_others(), *the_address())
            told = []
            for marking in ([], the_marking()):
                await write(hub.store, *marking, seed="marking")
                await hub.watch.refresh(hub.store)
                told.append([await hub.ask(who, ASB, query, {"f": NAMED}) for who in HIDDEN_FROM])
            assert told[0] == told[1]

    asyncio.run(whole())
