"""A healthy graph shows no difference, and each kind of damage is found."""

import pytest

from graph import doctor
from graph.change import Change, commit
from graph.store import Connection, Store
from graph.vocabulary import Link, Node
from tests.graph.making import agency, case, concerns, link, node, person, premises, resides, stamp, tell, write

DAMAGE = [
    ("person", "MATCH (p:Person) SET p.protections = ['refuge']"),
    ("person", "MATCH (p:Person) SET p.caseAgencies = []"),
    ("person", "MATCH (p:Person) SET p.adultOn = '2000-01-01'"),
    ("record", "MATCH (r:PersonRecord {key: '1'}) SET r.facts = 'Person/council/council-test/OFFICIAL/-/refuge'"),
    ("record", "MATCH (r:PersonRecord {key: '1'}) SET r.marked = ['refuge']"),
    ("link", "MATCH ()-[e:RESIDES_AT]->() SET e.facts = 'RESIDES_AT/council/x/OFFICIAL/-/-'"),
    ("link", "MATCH ()-[e:SIBLING_OF]->() SET e.facts = 'SIBLING_OF/council/x/OFFICIAL/-/-'"),
    ("link", "MATCH ()-[e:CONCERNS]->(:Premises) SET e.facts = 'CONCERNS/council/x/OFFICIAL/-/-'"),
    ("link", "MATCH ()-[e:HAPPENS_AT]->() SET e.facts = 'HAPPENS_AT/council/council-test/OFFICIAL/-/refuge'"),
    ("link", "MATCH ()-[e:PARTICIPATES_IN]->() SET e.marked = ['silent']"),
    ("record", "MATCH (r:PersonRecord {key: '1'}) SET r.caseMembers = ''"),
    ("record", "MATCH (r:PersonRecord {key: '1'}) REMOVE r.caseMembers"),
    ("premises", "MATCH (m:Premises) SET m.caseMembers = ',fire,'"),
    ("premises", "MATCH (m:Premises) REMOVE m.caseMembers"),
    ("establishment", "MATCH (m:Establishment) SET m.caseMembers = ',fire,'"),
    ("case", "MATCH (c:Case) SET c.wards = []"),
    ("participation", "MATCH ()-[e:PARTICIPATES_IN]->() DELETE e"),
    ("node", "MATCH (m:Premises) SET m.facts = 'Premises/council/x/OFFICIAL/-/-'"),
    ("sheet", "MATCH (m:Premises) SET m.address = 'another'"),
    ("sheet", "MATCH (r:PersonRecord {key: '1'}) REMOVE r.sheet"),
    ("class", "MATCH (c:FactClass) DELETE c"),
    ("partition", "MATCH (:PersonRecord {key: '2'})-[a:ABOUT]->() DELETE a"),
    ("key", "MATCH (r:PersonRecord {key: '2'}) REMOVE r.ownNhsNumber"),
    ("judgement", "MATCH (j:Judgement) DELETE j"),
]


class Undo(Exception):  # noqa: N818 - it is what it does
    """Ends a transaction without a trace."""


def test_every_kind_of_damage_is_found(engine_connection: Connection) -> None:
    async def story(store: Store) -> None:
        await _fill(store)
        found = {damage: await _found(store, damage) for _, damage in DAMAGE}
        assert [(kind, damage) for kind, damage in DAMAGE if kind not in found[damage]] == []

    tell(engine_connection, story)


async def _found(store: Store, damage: str) -> set[str]:
    kinds = set()

    async def work(change: Change) -> None:
        await change.tx.run(damage)
        kinds.update([difference.kind async for difference in doctor.differences(change.ask)])
        raise Undo

    with pytest.raises(Undo):
        await commit(store, stamp(), work)
    return kinds


async def _fill(store: Store) -> None:
    one = person("council/1", nhsNumber="943 476 5919", dateOfBirth="2010-02-03")
    two = person("council/2", nhsNumber="943 476 5919")
    sibling = person("council/3", givenName="May")
    home, cafe = premises("council/home", ward="E1"), node(Node.ESTABLISHMENT, "council/cafe", ward="E1")
    matter, referral = case("council/c1", "council"), node(Node.REFERRAL, "council/r1", headings=["NOISE"])
    await write(store, agency("council"), one, two, sibling, home, cafe, matter, referral)
    await write(
        store,
        resides(one, home),
        link(Link.SIBLING_OF, one, sibling),
        link(Link.OCCUPIES, cafe, home),
        link(Link.HAPPENS_AT, referral, home),
        *(concerns(matter, it) for it in (one, sibling, home, cafe)),
    )
