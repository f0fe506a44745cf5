"""An id under which somebody was known: for whom it leads on once a judgement has made it another's."""

from typing import Any

from graph.linkage.partition import Opinion
from graph.store import Connection
from graph.vocabulary import Verdict
from graph.writer import write_facts
from tests.resolvers.stage import tell
from tests.support.by_hand import judge
from tests.support.hub import ASB, TestHub
from tests.support.scenes import person, stamp

PERSON_OF = "MATCH (r:PersonRecord {sourceKey: $key})-[:ABOUT]->(p:Person) RETURN [p.personId, r.recordId]"
COUNCIL, SCHOOL = "council/council-asb-people/grace", "larkhall/school-roll/grace"
MIDDLE, YOUNG = "council/council-asb-people/middle", "council/council-asb-people/young"
GRACE = {"givenName": "Grace", "familyName": "Hart", "ward": "E05013808"}
NODE = "query($id: ID!) { node(id: $id) { __typename id ... on Person { familyName } } }"
PERSON = "query($id: ID!) { node: person(id: $id) { id familyName } }"
MANY = "query($id: ID!) { nodes(ids: [$id]) { id } }"
ENTITY = (
    """query($id: ID!) { _entities(representations: [{__typename: "Person", id: $id}]) { ... on Person { id } } }"""
)


async def known(hub: TestHub, *names: str) -> None:
    """State that each agency knows her, one after another: of those that are joined the oldest stays."""
    for year, name in enumerate(names, 2020):
        await write_facts(hub.store, [person(name, **GRACE)], stamp(name, now=f"{year}-01-01T00:00:00Z"))
    await hub.watch.refresh(hub.store)


async def joined(hub: TestHub, *names: str) -> None:
    """Say that these are one."""
    left, right = [(await hub.store.read(PERSON_OF, {"key": name}))[1] for name in names]
    opinion = Opinion(left=left, right=right, verdict=Verdict.SAME, author="ann")
    await judge(hub.store, opinion, stamp("joined"))
    await hub.watch.refresh(hub.store)


async def id_of(hub: TestHub, name: str) -> str:
    return str((await hub.store.read(PERSON_OF, {"key": name}))[0])


async def answers(hub: TestHub, viewer: str, ident: str) -> list[Any]:
    return [await hub.body(viewer, ASB, query, {"id": ident}) for query in (NODE, PERSON, MANY, ENTITY)]


def test_who_sees_no_record_that_it_was_of_is_told_the_same_as_before(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        await known(hub, COUNCIL, SCHOOL)
        hidden, seen = await id_of(hub, SCHOOL), await id_of(hub, COUNCIL)
        assert (await hub.ask("asb-officer", ASB, NODE, {"id": seen}))["data"]["node"] is not None
        before = await answers(hub, "asb-officer", hidden)
        await joined(hub, COUNCIL, SCHOOL)
        assert (await id_of(hub, SCHOOL)) == seen
        assert (await answers(hub, "asb-officer", hidden)) == before

    tell(engine_connection, story=story)


def test_who_sees_one_is_led_on_however_often_it_was_joined(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        await known(hub, COUNCIL, MIDDLE, YOUNG)
        first = await id_of(hub, YOUNG)
        await joined(hub, MIDDLE, YOUNG)
        await joined(hub, COUNCIL, MIDDLE)
        assert first != await id_of(hub, COUNCIL)
        for query in (NODE, PERSON):
            told = (await hub.ask("asb-officer", ASB, query, {"id": first}))["data"]["node"]
            assert (told["id"], told["familyName"]) == (await id_of(hub, COUNCIL), "Hart")

    tell(engine_connection, story=story)
