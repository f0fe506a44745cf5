"""What was told before is told again from copies, and nobody could tell from what is told."""

import gc
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
    """Ask as several, thrice each, and let the library walk it as well: told and recorded alike."""
    beside = replace(hub, answerer=GraphQLAnswerer(means=replace(hub.answerer.means, fast_way=False)))
    found = []
    for viewer in VIEWERS:
        bodies = [await one.body(viewer, ASB, query) for one in (hub, hub, hub, beside)]
        assert bodies[1:] == bodies[:-1]
        entries = hub.ledger.entries[-4:]
        assert entries[1:] == entries[:-1]
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


def test_what_is_asked_once_is_not_kept_and_what_is_kept_goes_with_its_plan(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        shelf = hub.answerer.shelf
        await hub.body("asb-officer", ASB, PEOPLE)
        assert kept(hub) == 0
        await hub.body("asb-officer", ASB, PEOPLE)
        assert kept(hub) == 1
        shelf._plans.clear()  # noqa: SLF001 - as others take its room
        gc.collect()
        assert kept(hub) == 0

    tell(engine_connection, ANN, BOB, story=story)


def copy(sheet: str = "sheet", name: str = "A") -> Copy:
    return Copy(sheet=sheet, noted="rec_1", tree={"name": name})


class Outlined:
    """Stands for an outline."""


def test_too_many_are_all_forgotten_and_what_is_too_large_is_not_kept() -> None:
    memory, one, other = Memory(most=2_000), Outlined(), Outlined()
    for at in range(20):
        for outline in (one, other):
            memory.keep(outline, f"per_{at}", copy())
            assert 0 < len(memory.of(one)) + len(memory.of(other)) < 5
            assert f"per_{at}" in memory.of(outline)
    before = memory.of(one)
    memory.keep(one, "per_1", copy(name="A" * 3_000))
    memory.keep(one, "per_1", copy(sheet="A" * 3_000))
    assert memory.of(one) == before


def test_a_copy_takes_the_place_of_an_earlier_one() -> None:
    memory, outline = Memory(most=1_400), Outlined()
    memory.keep(outline, "per_0", copy())
    for at in range(100):
        memory.keep(outline, "per_1", copy(sheet=f"sheet {at}"))
    assert list(memory.of(outline)) == ["per_0", "per_1"]
    assert memory.of(outline)["per_1"].sheet == "sheet 99"


def test_of_one_page_few_are_kept_and_only_those_that_are_complete() -> None:
    memory, outline = Memory(), Outlined()
    copier = Copier(memory=memory, are_complete=lambda trees: all(tree["fits"] for tree in trees))
    copier.keep((outline, str(at), Copy(sheet="", noted="", tree={"fits": at % 2 == 0})) for at in range(AT_ONCE + 10))
    copies = memory.of(outline)
    assert list(copies) == [str(at) for at in range(0, AT_ONCE, 2)]
    assert opened([copies["0"].tree, {"within": copies["2"].tree}]) == [{"fits": True}, {"within": {"fits": True}}]
