"""What a decision hangs on is read off the graph as the read path would evaluate it, on each engine."""

import asyncio

import pytest

from graph.circumstances import PREFIXES, Circumstances, Person, read_circumstances
from graph.facts import PersonFacts
from graph.plan import Viewpoint
from graph.store import Connection, Store
from graph.vocabulary import Node
from policies.conditions import FACTS, is_defined
from policies.vocabulary import Protection
from tests.support.engine import fresh_store
from tests.support.scenes import case, concerns, person, premises, state_partnership, write

WARD, OTHER, DAY = "E05013804", "E05013808", "2026-11-24"
ADA = person("police/1", ward=WARD, dateOfBirth="2010-03-12", givenName="Ada")
BELLA = person("council/2", Protection.REFUGE, givenName="Bella")
PLACE = premises("council/council-asb-cases/3", ward=WARD, address="1 Mews", postcode="W2 1ZZ")
MATTER = case("council/council-asb-cases/4", "council", "housing")
FACTS_OF_SCENE = (ADA, BELLA, PLACE, MATTER, concerns(MATTER, ADA, "VICTIM"), concerns(MATTER, PLACE))
CONDITIONS = {node: tuple(fact for fact in FACTS if is_defined(node, fact)) for node in Node}
COUNCIL = Viewpoint(agency="council", wards=(OTHER,), day=DAY)
POLICE = Viewpoint(agency="police", wards=(WARD,), day=DAY)
IDS = "MATCH (n) WHERE n.sourceKey = $key RETURN coalesce(n.recordId, n.premisesId, n.caseId)"


async def read(store: Store, who: Viewpoint, *ids: str) -> list[Circumstances]:
    return await read_circumstances(store, ids, CONDITIONS, who)


def test_class_conditions_wards_and_facts_of_a_person_are_read_for_a_viewer(engine_connection: Connection) -> None:
    async def scenario() -> None:
        async with fresh_store(engine_connection) as store:
            await state_partnership(store)
            await write(store, *FACTS_OF_SCENE)
            ada, bella, place, matter = [
                str(await store.read(IDS, {"key": str(fact.source)})) for fact in (ADA, BELLA, PLACE, MATTER)
            ]
            found = await read(store, COUNCIL, ada, bella, place, matter)
            said = {one.id: (one.type, one.facts, one.conditions, one.wards) for one in found}
            assert said == {
                ada: (Node.PERSON, "Person/police/police-nominals/OFFICIAL/-/-", (False, True, True), (WARD,)),
                bella: (
                    Node.PERSON,
                    "Person/council/council-asb-people/OFFICIAL/refuge/refuge",
                    (None, False, None),
                    (),
                ),
                place: (Node.PREMISES, "Premises/council/council-asb-cases/OFFICIAL/-/-", (False, True), (WARD,)),
                matter: (Node.CASE, "Case/council/council-asb-cases/OFFICIAL/-/-", (False, True), (WARD,)),
            }
            people = {one.id: one.person for one in found}
            assert people[place] is people[matter] is None
            (of_ada,) = [one.person for one in await read(store, POLICE, ada)]
            assert of_ada == people[ada]
            assert of_ada is not None
            assert of_ada.facts == PersonFacts(
                protections=(), case_agencies=("council", "housing"), adult_on="2028-03-12"
            )
            assert [one.conditions for one in await read(store, POLICE, ada, place)] == [
                (True, False, True),
                (True, False),
            ]
            await _of_persons(store, ada, of_ada)

    asyncio.run(scenario())


async def _of_persons(store: Store, record: str, person_: Person) -> None:
    """A person is read with all records, a retired one as the successor."""
    retired = "MATCH (p:Person {personId: $id}) CREATE (:Person {personId: 'per_old'})-[:SUCCEEDED_BY]->(p)"
    await store.write(lambda tx: tx.run(retired, {"id": person_.id}))
    for wanted in (person_.id, "per_old"):
        (found,) = await read(store, POLICE, wanted)
        assert (found.wanted, found.id, found.person) == (wanted, record, person_)


def test_every_type_can_be_asked_for_and_what_is_not_stored_is_left_out(engine_connection: Connection) -> None:
    async def scenario() -> None:
        async with fresh_store(engine_connection) as store:
            await state_partnership(store)
            assert await read(store, POLICE, *(f"{prefix}none" for prefix in PREFIXES)) == []
            agency = await store.read("MATCH (a:Agency {code: 'police'}) RETURN a.agencyId")
            (found,) = await read(store, POLICE, agency)
            assert (found.type, found.conditions, found.wards) == (Node.AGENCY, (), ())

    asyncio.run(scenario())


def test_an_id_that_begins_as_none_does_is_refused(engine_connection: Connection) -> None:
    async def scenario() -> None:
        async with fresh_store(engine_connection) as store:
            with pytest.raises(KeyError, match="Ada"):
                await read(store, POLICE, "Ada")

    asyncio.run(scenario())
