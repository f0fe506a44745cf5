"""What was told before is told again from copies, and nobody could tell from what is told."""

from dataclasses import replace
from typing import Any

import orjson
import pytest

from graph import sheets
from graph.store import Connection
from hub.graphql import GraphQLAnswerer
from policies.vocabulary import Protection
from resolvers.copies import AT_ONCE, Copier, Copy, Memory, opened
from tests.resolvers.stage import tell
from tests.resolvers.test_retired_ids import COUNCIL, MIDDLE, id_of, joined, known
from tests.support.by_hand import mark
from tests.support.hub import ASB, TestHub
from tests.support.scenes import person, premises, stamp, write

PEOPLE = """{ people(filter: {ward: {eq: "E05013808"}}, first: 9) { totalCount edges { node {
  id familyName aliases dateOfBirth phone warningMarkers access { level } } } } }"""
TWICE = """{ people(filter: {ward: {eq: "E05013808"}}, first: 9) {
  edges { node { id phone } same: node { familyName } } again: edges { cursor node { __typename gender } } } }"""
PLACES = """{ premisesList(first: 9) {
  edges { node { id address postcode location } } } }"""
VIEWERS = ("asb-officer", "police-officer", "housing-officer", "councillor")
LEAVES: dict[str, Any] = {"ward": "E05013808", "dateOfBirth": "1987-03-12", "warningMarkers": ["DOG", "KNIFE"]}
ANN = person("council/ann", familyName="Ash", phone="020 7946 0001", aliases=["Annie", "Ann"], **LEAVES)
BOB = person("police/bob", familyName="Birch", phone="020 7946 0002", **LEAVES)
HOUSE = premises("council/house", ward="E05013808", address="1 Larch Road", postcode="W1D 3DH", uprn="10033544614")


async def told(hub: TestHub, query: str = PEOPLE) -> list[Any]:
    """Ask as several, twice each, and let the library walk it as well: told and recorded alike."""
    beside = replace(hub, answerer=GraphQLAnswerer(means=replace(hub.answerer.means, fast_way=False)))
    found = []
    for viewer in VIEWERS:
        bodies = [await one.body(viewer, ASB, query) for one in (hub, hub, beside)]
        assert bodies[0] == bodies[1] == bodies[2]
        entries = hub.ledger.entries[-3:]
        assert entries[0] == entries[1] == entries[2]
        found.append(orjson.loads(bodies[0]))
    return found


def kept(hub: TestHub) -> int:
    return sum(map(len, hub.answerer.shelf.memory._copies.values()))  # noqa: SLF001 - nobody else has to know


@pytest.mark.parametrize("query", [PEOPLE, PLACES, TWICE])
def test_a_list_that_is_asked_for_again_is_told_without_reading_a_sheet(
    engine_connection: Connection, monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    async def story(hub: TestHub) -> None:
        first = await told(hub, query)
        assert any(one.get("data") for one in first), first
        assert kept(hub) > 0
        monkeypatch.setattr(sheets, "all_values", None)
        assert [orjson.loads(await hub.body(viewer, ASB, query)) for viewer in VIEWERS] == first

    tell(engine_connection, ANN, BOB, HOUSE, story=story)


def test_what_changes_is_told_as_it_is(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        before = await told(hub)
        for _ in range(2):  # the second time no class is new, so that all is told by plans and copies of before
            await write(hub.store, replace(ANN, values={**ANN.values, "phone": "020 7946 0003"}))
            changed = await told(hub)
            assert "020 7946 0003" in str(changed)
            assert "020 7946 0001" not in str(changed)
            await mark(hub.store, BOB.ref, frozenset({Protection.REFUGE}), stamp())
            await hub.watch.refresh(hub.store)
            assert await told(hub) != changed
            await mark(hub.store, BOB.ref, frozenset(), stamp())
            await write(hub.store, ANN)
            assert await told(hub) == before

    tell(engine_connection, ANN, BOB, story=story)


def test_who_is_another_from_now_on_is_told_by_the_new_id(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        await known(hub, COUNCIL, MIDDLE)
        before = await told(hub)
        await joined(hub, COUNCIL, MIDDLE)
        assert await told(hub) != before
        ids = {edge["node"]["id"] for one in await told(hub) for edge in one["data"]["people"]["edges"]}
        assert ids == {await id_of(hub, COUNCIL)}

    tell(engine_connection, story=story)


@pytest.mark.parametrize("query", [PEOPLE, TWICE])
def test_beside_a_value_that_does_not_fit_the_library_walks_the_same_objects(
    engine_connection: Connection, query: str
) -> None:
    query = query.replace("familyName", "familyName gender")

    async def story(hub: TestHub) -> None:
        await told(hub, query)
        count = kept(hub)
        assert count > 0
        await write(hub.store, person("council/odd", familyName="Odd", gender="Vashti", **LEAVES))
        odd = await told(hub, query)
        assert any(one.get("errors") and one["data"] for one in odd)
        assert hub.answerer.walked_total > 0
        assert kept(hub) == count, "what does not fit was kept"

    tell(engine_connection, ANN, BOB, story=story)


def test_too_many_are_all_forgotten() -> None:
    memory, copy = Memory(most=100), Copy("per_1", "rec_1", {"name": "A" * 20})
    for outline in ("one", "other"):
        for at in range(9):
            memory.keep(outline, f"sheet {at}", copy)
            assert 0 < sum(len(memory.of(name)) for name in ("one", "other")) <= 2
    assert memory.of("one") == {}
    memory.keep("one", "B" * 200, copy)
    assert list(memory.of("one")) == ["B" * 200]
    assert memory.of("other") == {}


def test_of_one_page_few_are_kept_and_only_those_that_are_complete() -> None:
    memory = Memory()
    copier = Copier(memory=memory, are_complete=lambda trees: all(tree["fits"] for tree in trees))
    made = [Copy(str(at), str(at), {"fits": at % 2 == 0}) for at in range(AT_ONCE + 10)]
    copier.keep(("outline", copy.ident, copy) for copy in made)
    copies = memory.of("outline")
    assert list(copies) == [str(at) for at in range(0, AT_ONCE, 2)]
    assert opened([copies["0"].tree, {"within": copies["2"].tree}]) == [{"fits": True}, {"within": {"fits": True}}]
