"""While people's records are replaced, nobody drops out of a page, and a page does not say that it is the last."""

import asyncio
from itertools import count

import pytest

from graph.store import Connection
from tests.resolvers.stage import staged
from tests.support.engine import on_every_engine
from tests.support.hub import ASB, TestHub
from tests.support.scenes import Facts, person, write

pytestmark = [on_every_engine, pytest.mark.soak, pytest.mark.timeout(600)]

PEOPLE = 60
READS = 400
PAGE = """query($n: Int!) { people(filter: {ward: {eq: "E05013808"}}, first: $n) {
  pageInfo { hasNextPage } edges { node { id phone } } } }"""


def state(phone: str) -> list[Facts]:
    return [person(f"council/{at}", familyName="Flip", ward="E05013808", phone=phone) for at in range(PEOPLE)]


async def read(hub: TestHub, first: int) -> tuple[int, bool]:
    found = (await hub.data("asb-officer", ASB, PAGE, {"n": first}))["people"]
    return len({edge["node"]["id"] for edge in found["edges"]}), found["pageInfo"]["hasNextPage"]


def test_nobody_drops_out_of_a_page_while_records_are_replaced(engine_connection: Connection) -> None:
    async def whole() -> None:
        async with staged(engine_connection) as hub:
            await write(hub.store, *state("0"), seed="first")
            await hub.watch.refresh(hub.store)

            async def change() -> None:
                for at in count(1):
                    await write(hub.store, *state(f"{at}"), seed=f"{at}")

            changing = asyncio.create_task(change())
            try:
                found = [await read(hub, first) for first in (PEOPLE, PEOPLE - 1) * (READS // 2)]
            finally:
                changing.cancel()
            assert set(found[::2]) == {(PEOPLE, False)}
            assert set(found[1::2]) == {(PEOPLE - 1, True)}

    asyncio.run(whole())
