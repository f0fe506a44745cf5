"""A healthy graph shows no difference, and each kind of damage is found."""

import asyncio

import pytest

from graph.store import Connection, Store
from graph.vocabulary import Link, Node
from tests.graph.making import agency, case, concerns, differences, link, node, person, premises, resides, write
from tests.support.engine import fresh_store

DAMAGE = [
    ("person", "MATCH (p:Person) SET p.protections = ['refuge']"),
    ("person", "MATCH (p:Person) SET p.caseAgencies = []"),
    ("person", "MATCH (p:Person) SET p.adultOn = '2000-01-01'"),
    ("record", "MATCH (r:PersonRecord {key: '1'}) SET r.facts = 'Person/council/council-test/OFFICIAL/-/refuge'"),
    ("record", "MATCH (r:PersonRecord {key: '1'}) SET r.marked = ['refuge']"),
    ("link", "MATCH ()-[e:RESIDES_AT]->() SET e.facts = 'RESIDES_AT/council/x/OFFICIAL/-/-'"),
    ("link", "MATCH ()-[e:SIBLING_OF]->() SET e.facts = 'SIBLING_OF/council/x/OFFICIAL/-/-'"),
    ("link", "MATCH ()-[e:CONCERNS]->(:Premises) SET e.facts = 'CONCERNS/council/x/OFFICIAL/-/-'"),
    ("link", "MATCH ()-[e:PARTICIPATES_IN]->() SET e.marked = ['silent']"),
    ("premises", "MATCH (m:Premises) SET m.caseAgencies = ['fire']"),
    ("establishment", "MATCH (m:Establishment) SET m.caseAgencies = ['fire']"),
    ("case", "MATCH (c:Case) SET c.wards = []"),
    ("participation", "MATCH ()-[e:PARTICIPATES_IN]->() DELETE e"),
    ("node", "MATCH (m:Premises) SET m.facts = 'Premises/council/x/OFFICIAL/-/-'"),
    ("class", "MATCH (c:FactClass) DELETE c"),
    ("partition", "MATCH (:PersonRecord {key: '2'})-[a:ABOUT]->() DELETE a"),
    ("key", "MATCH (:PersonRecord {key: '2'})-[m:MATCHES]->() DELETE m"),
    ("judgement", "MATCH (j:Judgement) DELETE j"),
]


@pytest.mark.parametrize(("kind", "damage"), DAMAGE)
def test_damage_is_found(engine_connection: Connection, kind: str, damage: str) -> None:
    async def story() -> None:
        async with fresh_store(engine_connection) as store:
            await _fill(store)
            assert await differences(store) == []
            await store.write(lambda transaction: transaction.run(damage))
            assert kind in {difference.kind for difference in await differences(store)}

    asyncio.run(story())


async def _fill(store: Store) -> None:
    one = person("council/1", nhsNumber="943 476 5919", dateOfBirth="2010-02-03")
    two = person("council/2", nhsNumber="943 476 5919")
    sibling = person("council/3", givenName="May")
    home, cafe = premises("council/home", ward="E1"), node(Node.ESTABLISHMENT, "council/cafe", ward="E1")
    matter = case("council/c1", "council")
    await write(store, agency("council"), one, two, sibling, home, cafe, matter)
    await write(
        store,
        resides(one, home),
        link(Link.SIBLING_OF, one, sibling),
        link(Link.OCCUPIES, cafe, home),
        *(concerns(matter, it) for it in (one, sibling, home, cafe)),
    )
