"""Writers that come at the same time end as if they had come one after the other."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import cycle, pairwise

from graph.linkage.partition import Opinion
from graph.records import LinkFact, NodeFact, Row
from graph.store import Connection, Store
from graph.vocabulary import Verdict
from policies.vocabulary import Protection
from tests.graph.making import (
    RUN,
    agency,
    case,
    concerns,
    differences,
    meaning,
    people,
    person,
    premises,
    record_id,
    resides,
    stamp,
    write,
)
from tests.support.batches import write_batch
from tests.support.by_hand import judge, mark
from tests.support.engine import fresh_store, on_every_engine

pytestmark = on_every_engine


SIZE = 40
REFUGE = frozenset({Protection.REFUGE})
BATCH = 20


def extract(owner: str, keys: range) -> list[Row]:
    """A file whose people are also in the other agency's file, in homes that they share, with a case each fifth."""
    found = []
    for key in keys:
        marked = (Protection.REFUGE,) if key % 7 == 0 and owner == "police" else ()
        born = f"19{50 + key % 40}-01-{1 + key % 28:02}"
        who = person(
            f"{owner}/{key}", *marked, givenName=f"G{key}", familyName="Same", dateOfBirth=born, phone=f"0700 {key:05}"
        )
        home = premises(f"{owner}/h{key // 3}", ward=f"E{key // 3 % 4}")
        facts: list[NodeFact | LinkFact] = [who, home, resides(who, home)]
        if key % 5 == 0:
            matter = case(f"{owner}/c{key}", owner)
            facts += [matter, concerns(matter, who), concerns(matter, home)]
        found.append(Row(line=key, key=str(key), facts=tuple(facts)))
    return found


@asynccontextmanager
async def processes(connection: Connection, number: int) -> AsyncIterator[list[Store]]:
    """Stores that know nothing of each other, like those of several processes."""
    async with AsyncExitStack() as stack:
        stores = [Store(connection) for _ in range(number)]
        for store in stores:
            stack.push_async_callback(store.close)
        yield stores


async def read_file(store: Store, rows: Sequence[Row]) -> None:
    for start in range(0, len(rows), BATCH):
        await write_batch(store, rows[start : start + BATCH], RUN, stamp())


FILES = (
    extract("council", range(SIZE)),
    extract("police", range(SIZE)),
    extract("council", range(SIZE // 2, SIZE + SIZE // 2)),
)


def test_imports_at_once_end_in_the_graph_of_imports_one_after_another(engine_connection: Connection) -> None:
    async def story() -> None:
        async with fresh_store(engine_connection) as store:
            await write(store, agency("council"), agency("police"))
            for rows in FILES:
                await read_file(store, rows)
            one_by_one = await meaning(store)
        async with fresh_store(engine_connection) as store, processes(engine_connection, len(FILES)) as stores:
            await write(store, agency("council"), agency("police"))
            await asyncio.gather(*(read_file(other, rows) for other, rows in zip(stores, FILES, strict=True)))
            assert await differences(store) == []
            at_once = await meaning(store)
            assert (at_once - one_by_one, one_by_one - at_once) == (Counter(), Counter())

    asyncio.run(story())


def test_judgements_and_markings_at_once_lose_nothing(engine_connection: Connection) -> None:
    async def story() -> None:
        async with fresh_store(engine_connection) as store, processes(engine_connection, 3) as stores:
            await write(store, *(person(f"council/{key}") for key in range(8)))
            ids = [await record_id(store, f"council/{key}") for key in range(8)]
            chain = [
                Opinion(left=left, right=right, verdict=Verdict.SAME, author="ann") for left, right in pairwise(ids)
            ]
            await asyncio.gather(
                *(judge(other, opinion, stamp()) for other, opinion in zip(cycle(stores), chain, strict=False)),
                *(
                    mark(other, person(f"council/{key}").ref, REFUGE, stamp())
                    for other, key in zip(cycle(stores), range(0, 8, 2), strict=False)
                ),
            )
            assert len(await people(store)) == 1
            assert await differences(store) == []

    asyncio.run(story())
