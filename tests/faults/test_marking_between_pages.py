"""Somebody is marked while a client pages through a list: what comes after it tells nothing that may not be told."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from graph.records import NodeFact
from graph.store import Connection
from policies.vocabulary import Protection
from tests.resolvers.stage import tell
from tests.support.by_hand import mark
from tests.support.hub import ASB, TestHub
from tests.support.scenes import person, premises, resides, stamp, write

WARD = "E05013808"
NAMES = ("Abbott", "Brandt", "Chowdhury", "Doyle", "Eze")
PAGE = 2
HOME = "address postcode ward phone"
QUERY = f"""query($after: String) {{
  people(filter: {{familyName: {{in: {list(NAMES)!r}}}}}, orderBy: %s, first: {PAGE}, after: $after) {{
    pageInfo {{ hasNextPage endCursor }}
    edges {{ node {{ familyName {HOME} residences(first: 2) {{ edges {{ node {{ address }} }} }} }} }} }} }}""".replace(
    "'", '"'
)
MARKED = 2
"""Whose turn comes on the second page."""


def neighbour(at: int) -> NodeFact:
    return person(
        f"council/{at}",
        familyName=NAMES[at],
        givenName="Sam",
        address=f"{at} Dean Street",
        postcode="W1D 3DH",
        ward=WARD,
        phone=f"+44770090000{at}",
        dateOfBirth=f"1987-03-1{at}",
    )


def home(at: int) -> NodeFact:
    return premises(f"council/home-{at}", address=f"{at} Dean Street", postcode="W1D 3DH", ward=WARD)


async def page(hub: TestHub, who: str, order: str, after: str | None) -> tuple[list[dict[str, Any]], str | None]:
    found = (await hub.data(who, ASB, QUERY % order, {"after": after}))["people"]
    return [edge["node"] for edge in found["edges"]], found["pageInfo"]["endCursor"]


async def rest(hub: TestHub, who: str, order: str, after: str | None) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    while after is not None:
        nodes, after = await page(hub, who, order, after)
        found += nodes
    return found


async def raised(hub: TestHub) -> None:
    """An officer raises the marking in the graph; this hub has not noticed the new class."""
    await mark(hub.store, neighbour(MARKED).ref, frozenset({Protection.REFUGE}), stamp("raised"))


async def raised_and_noticed(hub: TestHub) -> None:
    await raised(hub)
    await hub.watch.refresh(hub.store)


async def imported(hub: TestHub) -> None:
    """Another agency's extract states it of its own record of the same person."""
    same = neighbour(MARKED).values
    await write(hub.store, person("victim_support/1", Protection.REFUGE, **same), seed="imported")
    await hub.watch.refresh(hub.store)


@pytest.mark.parametrize("change", [raised, raised_and_noticed, imported])
@pytest.mark.parametrize("order", ["ID", "FAMILY_NAME"])
def test_a_marking_raised_between_two_pages_holds_on_the_second(
    engine_connection: Connection, change: Callable[[TestHub], Awaitable[None]], order: str
) -> None:
    async def story(hub: TestHub) -> None:
        for who in ("asb-officer", "housing-officer"):
            whole, last = await page(hub, who, order, None)
            whole += await rest(hub, who, order, last)
            assert sorted(one["familyName"] for one in whole if one["familyName"]) == list(NAMES)
        begun = {who: await page(hub, who, order, None) for who in ("asb-officer", "housing-officer")}
        await change(hub)
        for who, (first, after) in begun.items():
            later = await rest(hub, who, order, after)
            told = [one["familyName"] for one in (*first, *later)]
            assert len(told) == len(set(told)), "nobody comes twice"
            assert {*NAMES} - {*told} <= {NAMES[MARKED]}, "nobody else is missing"
            for one in later:
                if one["familyName"] in (None, NAMES[MARKED]):
                    assert {one[name] for name in HOME.split()} == {None}
                    assert one["residences"]["edges"] == []
                else:
                    assert one["postcode"]
            assert f"{MARKED} Dean Street" not in repr(later)
            assert f"+44770090000{MARKED}" not in repr(later)

    facts = [it for at in range(len(NAMES)) for it in (neighbour(at), home(at), resides(neighbour(at), home(at)))]
    tell(engine_connection, *facts, story=story)


def test_a_cursor_at_somebody_who_is_hidden_since_goes_on_with_the_next(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        first, after = await page(hub, "asb-officer", "FAMILY_NAME", None)
        assert [one["familyName"] for one in first] == list(NAMES[:PAGE])
        await mark(hub.store, neighbour(PAGE - 1).ref, frozenset({Protection.COVERT}), stamp("raised"))
        await hub.watch.refresh(hub.store)
        later = await rest(hub, "asb-officer", "FAMILY_NAME", after)
        assert [one["familyName"] for one in later] == list(NAMES[PAGE:])

    tell(engine_connection, *(neighbour(at) for at in range(len(NAMES))), story=story)
