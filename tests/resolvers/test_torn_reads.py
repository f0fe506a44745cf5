"""While a refuge marking and the address that it protects change together, no answer pairs one with the other's."""

import asyncio
from itertools import product
from typing import Any

import pytest

from graph.store import Connection
from policies.vocabulary import Protection
from tests.resolvers.stage import staged
from tests.support.engine import on_every_engine
from tests.support.hub import ASB, TestHub
from tests.support.scenes import Facts, person, premises, resides, write

pytestmark = on_every_engine


PEOPLE = 40
FLIPS = 26
"""Rounds in which the writer changes all people and their homes: 2 * PEOPLE * FLIPS changes in all."""
OPEN = {"address": "1 Dean Street", "postcode": "W1D 3DH", "ward": "E05013808"}
HIDDEN = {"address": "9 Haven Court", "postcode": "SE1 7PB", "ward": "E05013808"}
TOLD = {None, "1 Dean Street", "W1D 3DH", "W1D", "E05013808"}
HOME = "address postcode ward"
FIELDS = f"id familyName {HOME} records {{ {HOME} }} residences(first: 5) {{ edges {{ node {{ {HOME} }} }} }}"
LIST = f"""query($id: ID!) {{
  people(filter: {{familyName: {{eq: "Flip"}}}}, first: 50) {{ edges {{ node {{ {FIELDS} }} }} }}
  node(id: $id) {{ id }} }}"""
SINGLE = f"query($id: ID!) {{ node(id: $id) {{ ... on Person {{ {FIELDS} }} }} person(id: $id) {{ {FIELDS} }} }}"
PLACES = f"""query($id: ID!) {{ node(id: $id) {{ id }} premisesList(first: 50) {{ edges {{ node {{
  {HOME} residents(first: 2) {{ edges {{ node {{ {HOME} }} }} }} }} }} }} }}"""
VIEWERS = ("asb-officer", "housing-officer")


def state(*marks: Protection) -> list[Facts]:
    home = HIDDEN if marks else OPEN
    people = [person(f"council/{at}", *marks, familyName="Flip", givenName=f"{at}", **home) for at in range(PEOPLE)]
    places = [premises(f"council/home-{at}", *marks, **home) for at in range(PEOPLE)]
    return [*people, *places, *(resides(who, where) for who, where in zip(people, places, strict=True))]


def homes(found: Any) -> list[Any]:  # noqa: ANN401 - a tree
    """Every value of a home field, wherever it stands."""
    if isinstance(found, list):
        return [value for one in found for value in homes(one)]
    if not isinstance(found, dict):
        return []
    own = [found[name] for name in HOME.split() if name in found]
    return own + [value for one in found.values() for value in homes(one)]


async def watch(hub: TestHub, ident: str, done: asyncio.Event) -> dict[str, set[str | None]]:
    """Ask until it is done; what was told to each viewer."""
    told: dict[str, set[str | None]] = {who: set() for who in VIEWERS}
    while not done.is_set():
        for who, query in product(VIEWERS, (LIST, SINGLE, PLACES)):
            told[who].update(homes(await hub.data(who, ASB, query, {"id": ident})))
            assert told[who] <= TOLD, told[who] - TOLD
    return told


@pytest.mark.timeout(600)
def test_no_answer_pairs_an_address_with_the_class_of_another(engine_connection: Connection) -> None:
    async def whole() -> None:
        async with staged(engine_connection) as hub:
            await write(hub.store, *state(Protection.REFUGE), seed="first")
            await write(hub.store, *state(), seed="again")
            await hub.watch.refresh(hub.store)
            found = await hub.data("asb-officer", ASB, LIST, {"id": "per_none"})
            ident = found["people"]["edges"][0]["node"]["id"]
            done = asyncio.Event()
            reader = asyncio.create_task(watch(hub, ident, done))
            try:
                for flip in range(FLIPS):
                    await write(hub.store, *state(*((Protection.REFUGE,) if flip % 2 == 0 else ())), seed=f"{flip}")
                    if reader.done():
                        break
            finally:
                done.set()
            for told in (await reader).values():
                assert None in told
                assert len(told) > 1

    asyncio.run(whole())
