"""What a change means for the facts around it."""

from dataclasses import replace

import pytest

from graph.store import Connection, Store
from graph.vocabulary import Link, Node
from policies.vocabulary import Protection
from tests.graph.making import (
    agency,
    case,
    concerns,
    facts_of,
    link,
    links_of,
    members_of,
    node,
    person,
    person_of,
    premises,
    resides,
    tell,
    write,
)

NAME = {"givenName": "Ruth", "familyName": "Moss", "dateOfBirth": "1988-05-06", "phone": "020 7946 0001"}
COUNCILS = person("council/1", **NAME, address="5 Rose Street", ward="E1")
HOME = premises("council/home", address="5 Rose Street", ward="E1")
CLIENT = person("victim_support/7", **NAME)
MARKED = person("victim_support/7", Protection.REFUGE, **NAME)


@pytest.mark.parametrize("first", [(COUNCILS, CLIENT), (CLIENT, COUNCILS)])
def test_a_marking_on_one_agencys_record_reaches_the_others_and_leaves_with_it(
    engine_connection: Connection, first: tuple[object, ...]
) -> None:
    async def story(store: Store) -> None:
        await write(store, *(COUNCILS, CLIENT) if first[0] is COUNCILS else (CLIENT, COUNCILS))
        await write(store, HOME, resides(COUNCILS, HOME))
        plain = {
            "council/1": "Person/council/council-test/OFFICIAL/-/-",
            "victim_support/7": "Person/victim_support/victim_support-test/OFFICIAL/-/-",
        }
        assert await facts_of(store, "PersonRecord") == plain
        await write(store, MARKED)
        assert await facts_of(store, "PersonRecord") == {
            "council/1": "Person/council/council-test/OFFICIAL/-/refuge",
            "victim_support/7": "Person/victim_support/victim_support-test/OFFICIAL/refuge/refuge",
        }
        assert list((await links_of(store, Link.RESIDES_AT)).values()) == [
            "RESIDES_AT/council/council-test/OFFICIAL/-/refuge"
        ]
        assert (await person_of(store, "council/1"))["protections"] == ["refuge"]
        await write(store, CLIENT)
        assert await facts_of(store, "PersonRecord") == plain
        assert list((await links_of(store, Link.RESIDES_AT)).values()) == [
            "RESIDES_AT/council/council-test/OFFICIAL/-/-"
        ]

    tell(engine_connection, story)


def test_a_record_whose_class_changes_is_a_new_node(engine_connection: Connection) -> None:
    async def story(store: Store) -> None:
        await write(store, COUNCILS, CLIENT, HOME, resides(COUNCILS, HOME))
        statement = "MATCH (r:PersonRecord {owner: 'council'})-[e]->(m:Premises) RETURN [elementId(r), elementId(e)]"
        before = await store.read(statement)
        await write(store, MARKED)
        after = await store.read(statement)
        assert before[0] != after[0]
        assert before[1] != after[1]

    tell(engine_connection, story)


def test_a_marked_place_protects_who_resides_there(engine_connection: Connection) -> None:
    async def story(store: Store) -> None:
        sister = person("council/2", givenName="May")
        refuge = premises("victim_support/house", ward="E9")
        await write(store, COUNCILS, CLIENT, sister, HOME, refuge)
        await write(store, resides(COUNCILS, HOME), resides(CLIENT, refuge), link(Link.SIBLING_OF, sister, COUNCILS))
        await write(store, premises("victim_support/house", Protection.REFUGE, ward="E9"))
        assert (await facts_of(store, "PersonRecord"))["council/1"] == "Person/council/council-test/OFFICIAL/-/refuge"
        assert set((await links_of(store, Link.RESIDES_AT)).values()) == {
            "RESIDES_AT/council/council-test/OFFICIAL/-/refuge",
            "RESIDES_AT/victim_support/victim_support-test/OFFICIAL/-/refuge",
        }
        assert set((await links_of(store, Link.SIBLING_OF)).values()) == {
            "SIBLING_OF/council/council-test/OFFICIAL/-/refuge"
        }
        assert (await facts_of(store, "PersonRecord"))["council/2"] == "Person/council/council-test/OFFICIAL/-/-"
        await write(store, refuge)
        assert (await facts_of(store, "PersonRecord"))["council/1"] == "Person/council/council-test/OFFICIAL/-/-"

    tell(engine_connection, story)


def test_a_case_does_not_tell_where_a_protected_person_of_it_resides(engine_connection: Connection) -> None:
    async def story(store: Store) -> None:
        matter = case("police/c1", "police")
        other = premises("council/other", ward="E2")
        await write(store, COUNCILS, CLIENT, HOME, other, matter, resides(COUNCILS, HOME))
        await write(store, concerns(matter, CLIENT), concerns(matter, HOME), concerns(matter, other))
        wards = "MATCH (c:Case) RETURN c.wards"
        assert await store.read(wards) == ["E1", "E2"]
        await write(store, MARKED)
        classes = await links_of(store, Link.CONCERNS)
        assert classes["police/c1-council-home"].endswith("/-/refuge")
        assert classes["police/c1-council-other"].endswith("/-/-")
        assert await store.read(wards) == ["E2"]
        await write(store, CLIENT, premises("council/other", ward="E3"))
        assert await store.read(wards) == ["E1", "E3"]

    tell(engine_connection, story)


def test_an_open_case_makes_its_participants_members_and_a_closed_one_does_not(engine_connection: Connection) -> None:
    async def story(store: Store) -> None:
        cafe = node(Node.ESTABLISHMENT, "council/cafe", businessType="Cafe")
        matter = case("police/c1", "police", "council")
        await write(store, COUNCILS, HOME, cafe, matter, agency("police"), agency("council"))
        await write(store, concerns(matter, COUNCILS), concerns(matter, HOME), concerns(matter, cafe))
        assert await _members(store) == [",council,police,"] * 3
        await write(store, case("police/c1", "police", "council", status="CLOSED"))
        assert await _members(store) == [""] * 3
        await write(store, case("police/c1", "housing"))
        assert await _members(store) == [",housing,"] * 3

    tell(engine_connection, story)


async def _members(store: Store) -> list[str | None]:
    """What the records and places tell; each of them tells one thing."""
    told = [await members_of(store, label) for label in ("PersonRecord", "Premises", "Establishment")]
    return [text for texts in told for text in set(texts.values())]


def test_every_record_of_a_person_tells_who_takes_part_in_cases_of_any(engine_connection: Connection) -> None:
    async def story(store: Store) -> None:
        other = person("council/2", givenName="May")
        matter, second = case("police/c1", "police", "housing"), case("council/c2", "council")
        await write(store, COUNCILS, CLIENT, other)
        assert await members_of(store) == {"council/1": "", "council/2": "", "victim_support/7": ""}
        await write(store, matter, concerns(matter, CLIENT))
        both = {"council/1": ",housing,police,", "victim_support/7": ",housing,police,"}
        assert await members_of(store) == {**both, "council/2": ""}
        await write(store, person("police/9", **NAME), second, concerns(second, COUNCILS))
        assert set((await members_of(store)).items()) == {
            *((name, ",council,housing,police,") for name in (*both, "police/9")),
            ("council/2", ""),
        }
        await write(store, case("police/c1", "police"), replace(COUNCILS, values={**COUNCILS.values, "ward": "E2"}))
        assert await members_of(store) == {
            **dict.fromkeys((*both, "police/9"), ",council,police,"),
            "council/2": "",
        }
        await write(store, person("victim_support/7", givenName="Somebody", familyName="Else"))
        assert await members_of(store) == {
            **dict.fromkeys(("council/1", "police/9"), ",council,"),
            "victim_support/7": ",police,",
            "council/2": "",
        }

    tell(engine_connection, story)


def test_a_case_that_turns_to_somebody_else_leaves_the_first(engine_connection: Connection) -> None:
    async def story(store: Store) -> None:
        matter, other = case("police/c1", "police"), person("council/2", givenName="May")
        first = concerns(matter, COUNCILS)
        await write(store, COUNCILS, other, matter, first)
        moved = type(first)(
            type=first.type, source=first.source, marking=first.marking, start=first.start, end=other.ref
        )
        await write(store, moved)
        assert (await person_of(store, "council/1"))["caseAgencies"] == []
        assert (await person_of(store, "council/2"))["caseAgencies"] == ["police"]
        assert await members_of(store) == {"council/1": "", "council/2": ",police,"}

    tell(engine_connection, story)


def test_conflicting_birth_dates_make_the_age_unknown(engine_connection: Connection) -> None:
    async def story(store: Store) -> None:
        first = person("larkhall/1", nhsNumber="943 476 5919", dateOfBirth="2010-02-03")
        second = person("larkhall/2", nhsNumber="9434765919", dateOfBirth="2010-02-03")
        await write(store, first, second)
        assert (await person_of(store, "larkhall/1"))["adultOn"] == "2028-02-03"
        await write(store, person("larkhall/2", nhsNumber="9434765919", dateOfBirth="2010-02-04"))
        assert "adultOn" not in await person_of(store, "larkhall/1")

    tell(engine_connection, story)


def test_places_of_business_are_protected_like_the_premises(engine_connection: Connection) -> None:
    async def story(store: Store) -> None:
        cafe = node(Node.ESTABLISHMENT, "council/cafe", businessType="Cafe")
        await write(store, cafe, HOME, link(Link.OCCUPIES, cafe, HOME))
        await write(store, premises("council/home", Protection.COVERT, ward="E1"))
        assert set((await links_of(store, Link.OCCUPIES)).values()) == {
            "OCCUPIES/council/council-test/OFFICIAL/-/covert"
        }

    tell(engine_connection, story)


@pytest.mark.parametrize("kind", [Node.ESTABLISHMENT, Node.SCHOOL])
def test_a_place_is_protected_again_when_who_occupied_it_moves(engine_connection: Connection, kind: Node) -> None:
    async def story(store: Store) -> None:
        plain = "Premises/council/council-test/OFFICIAL/-/-"
        occupant, elsewhere = node(kind, "council/9"), premises("council/elsewhere", ward="E1")
        tie = link(Link.OCCUPIES, occupant, HOME)
        await write(store, COUNCILS, MARKED, HOME, elsewhere, resides(COUNCILS, HOME))
        await write(store, occupant, tie)
        assert (await facts_of(store, "Premises"))["council/home"] == plain
        await write(store, replace(tie, end=elsewhere.ref))
        assert (await facts_of(store, "Premises"))["council/home"] == f"{plain[:-1]}refuge"

    tell(engine_connection, story)


def test_a_place_is_protected_while_all_that_it_is_recorded_for_is(engine_connection: Connection) -> None:
    async def story(store: Store) -> None:
        plain = "Premises/council/council-test/OFFICIAL/-/-"
        neighbour, matter = person("council/2", givenName="May"), case("council/9", "council")
        await write(store, agency("council"), COUNCILS, MARKED, HOME, neighbour, matter)
        assert await facts_of(store, "Premises") == {"council/home": plain}
        await write(store, resides(COUNCILS, HOME), concerns(matter, COUNCILS), concerns(matter, HOME))
        assert await facts_of(store, "Premises") == {"council/home": f"{plain[:-1]}refuge"}
        await write(store, resides(neighbour, HOME))
        assert await facts_of(store, "Premises") == {"council/home": plain}

    tell(engine_connection, story)


def test_a_protected_case_makes_nobody_a_member(engine_connection: Connection) -> None:
    async def story(store: Store) -> None:
        hidden = case("council/9", "council", "police")
        covert = node(Node.CASE, "council/9", Protection.COVERT, status="OPEN", participants=["council", "police"])
        await write(store, agency("council"), agency("police"), COUNCILS, HOME, resides(COUNCILS, HOME), hidden)
        await write(store, concerns(hidden, COUNCILS), concerns(hidden, HOME))
        assert (await person_of(store, "council/1"))["caseAgencies"] == ["council", "police"]
        assert await _members(store) == [",council,police,"] * 2
        await write(store, covert)
        assert (await person_of(store, "council/1"))["caseAgencies"] == []
        assert await _members(store) == ["", ""]

    tell(engine_connection, story)


@pytest.mark.parametrize("kind", [Node.ESTABLISHMENT, Node.SCHOOL])
def test_a_place_is_protected_as_soon_as_all_who_occupy_it_are(engine_connection: Connection, kind: Node) -> None:
    async def story(store: Store) -> None:
        plain = "Premises/council/council-test/OFFICIAL/-/-"
        await write(store, HOME, node(kind, "council/9"), link(Link.OCCUPIES, node(kind, "council/9"), HOME))
        for marks, expected in (((Protection.COVERT,), f"{plain[:-1]}covert"), ((), plain)):
            await write(store, node(kind, "council/9", *marks))
            assert await facts_of(store, "Premises") == {"council/home": expected}

    tell(engine_connection, story)


def test_a_referral_does_not_tell_where_somebody_may_be_whom_it_names(engine_connection: Connection) -> None:
    """Whatever is stated first: nor does another of that place by being like it."""
    first, later = (node(Node.REFERRAL, f"council/{name}", headings=["NOISE"]) for name in ("first", "later"))
    names, at = link(Link.REFERS_TO, first, COUNCILS), link(Link.HAPPENS_AT, first, HOME)
    alike = (link(Link.HAPPENS_AT, later, HOME), link(Link.RESEMBLES, later, first))

    async def protected(store: Store) -> list[str]:
        found = {**await links_of(store, Link.HAPPENS_AT), **await links_of(store, Link.RESEMBLES)}
        named = ("first-council-home", "later-council-home", "later-council-first")
        return [found[f"council/{name}"].rpartition("/")[2] for name in named]

    async def story(store: Store) -> None:
        await write(store, COUNCILS, MARKED, HOME, first, later, names)
        await write(store, at)
        await write(store, *alike)
        assert await protected(store) == ["refuge", "-", "refuge"]
        await write(store, CLIENT)
        assert await protected(store) == ["-", "-", "-"]
        await write(store, premises("council/home", Protection.COVERT, **HOME.values))
        assert await protected(store) == ["covert", "covert", "covert"]
        await write(store, HOME, MARKED)
        assert await protected(store) == ["refuge", "-", "refuge"]
        await write(store, resides(COUNCILS, HOME), CLIENT)
        assert await protected(store) == ["-", "-", "-"]

    tell(engine_connection, story)
