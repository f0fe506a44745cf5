"""A reader never sees one state's address with another state's class."""

import asyncio
from collections import Counter
from itertools import cycle

from graph.records import NodeFact
from graph.store import Connection, Store
from policies.vocabulary import Protection
from tests.graph.making import person, premises, resides, tell, write
from tests.support.engine import on_every_engine

pytestmark = on_every_engine


PEOPLE = 20
FLIPS = 50
"""Times that the writer changes all people and places: 2 * PEOPLE * FLIPS changes in all."""
ROWS = """
MATCH (r:PersonRecord) WHERE r.owner = 'council'
RETURN collect([r.facts, r.address, r.recordId])"""
ROWS_OF_PERSONS = """
MATCH (r:PersonRecord)-[:ABOUT]->(p:Person)
WITH p, r.facts AS facts, r.address AS address, r.recordId AS id
RETURN collect([facts, address, id])"""
ROWS_ALONG_LINKS = """
MATCH (r:PersonRecord)-[e:RESIDES_AT]->(m:Premises)
RETURN collect([m.facts, m.address, m.premisesId])"""
STATEMENTS = (ROWS, ROWS_OF_PERSONS, ROWS_ALONG_LINKS)
"""Read one after another, without a pause: three readers at once would leave the writer a third of the machine."""
OPEN, HIDDEN = "1 Open Street", "9 Hidden Lane"


def state(hidden: bool) -> list[NodeFact]:  # noqa: FBT001 - the two states are the point
    marked = (Protection.REFUGE,) if hidden else ()
    address = HIDDEN if hidden else OPEN
    return [
        *(person(f"council/{key}", *marked, address=address) for key in range(PEOPLE)),
        *(premises(f"council/{key}", *marked, address=address) for key in range(PEOPLE)),
    ]


def test_while_a_writer_flips_marking_and_address_no_reader_pairs_one_with_the_others(
    engine_connection: Connection,
) -> None:
    async def story(store: Store) -> None:
        places, people = state(hidden=False)[PEOPLE:], state(hidden=False)[:PEOPLE]
        links = [resides(who, where) for who, where in zip(people, places, strict=True)]
        await write(store, *people, *places, *links)
        done = asyncio.Event()
        reader = asyncio.create_task(_watch(store, done))
        try:
            for flip in range(FLIPS):
                await write(store, *state(hidden=flip % 2 == 0))
        finally:
            done.set()
        seen = await reader
        assert all(seen[statement] for statement in STATEMENTS), seen

    tell(engine_connection, story)


async def _watch(store: Store, done: asyncio.Event) -> Counter[str]:
    """How many rows each statement showed, none of them torn; a row that is being replaced may come back empty."""
    seen: Counter[str] = Counter()
    for statement in cycle(STATEMENTS):
        for facts, address, id_ in await store.read(statement):
            if facts is None or address is None or id_ is None:
                continue
            seen[statement] += 1
            assert (address == HIDDEN) == facts.endswith("/refuge/refuge"), (facts, address)
        if done.is_set():
            break
    return seen
