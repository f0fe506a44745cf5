"""A class that appears while the hub runs: seen within two seconds by those entitled, by others never."""

import asyncio
import time

from graph.store import Connection
from policies.vocabulary import Protection
from tests.resolvers.stage import staged
from tests.support.hub import ASB, TestHub
from tests.support.scenes import SENSITIVE, person, write

SECONDS = 2.0
QUERY = '{ people(filter: {familyName: {eq: "New"}}, first: 5) { totalCount edges { node { familyName } } } }'
OTHERS = ("housing-officer", "safeguarding-lead", "councillor", "victim-support")


async def count(hub: TestHub, who: str) -> int:
    found = await hub.data(who, ASB, QUERY)
    return int(found["people"]["totalCount"])


async def seconds_until_seen(hub: TestHub, who: str) -> float:
    start = time.monotonic()
    while not await count(hub, who):
        assert time.monotonic() - start < 10 * SECONDS, "it never appeared"
        await asyncio.sleep(0.02)
    return time.monotonic() - start


def test_a_new_class_is_seen_within_two_seconds_by_those_entitled_and_never_by_others(
    engine_connection: Connection,
) -> None:
    async def whole() -> None:
        async with staged(engine_connection) as hub:
            watching = asyncio.create_task(hub.watch.run(hub.store))
            try:
                for who in ("asb-officer", *OTHERS):
                    assert await count(hub, who) == 0
                new = person("council/new", SENSITIVE, Protection.ADOPTION, familyName="New", ward="E05013808")
                await write(hub.store, new)
                assert await seconds_until_seen(hub, "asb-officer") < SECONDS
                for who in OTHERS:
                    assert await count(hub, who) == 0
                await write(hub.store, person("council/new", familyName="New", givenName="Open"), seed="again")
                assert await seconds_until_seen(hub, "police-officer") < SECONDS
            finally:
                watching.cancel()
                await asyncio.gather(watching, return_exceptions=True)

    asyncio.run(whole())
