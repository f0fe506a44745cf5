"""The public registers on their way into a graph, and what is answered of them."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from connectors.registry import named
from graph.runs import Counts, quarantined
from graph.store import Connection, Store
from hub.imports import Progress, Result, Task, import_file
from tests.connectors import standard
from tests.connectors.test_police_street import FEBRUARY, JANUARY, ROWS
from tests.connectors.test_schools import RAGGED, WINDOWS
from tests.connectors.test_schools_links import PUBLISHED
from tests.support.engine import fresh_store, on_one_engine
from tests.support.hub import a_hub

pytestmark = on_one_engine


MADE_UP = {"schools-register": "schools-register-made-up.csv", "schools-links": "schools-links-made-up.csv"}
CURRENT, EARLIER, AREAS = (
    "westminster-wards-2025.geojson",
    "westminster-wards-2013.geojson",
    "westminster-lsoa-2021.geojson",
)
SUCCESSIONS = """
MATCH (a:School)-[e:SUCCEEDS]->(b:School)
WITH a, b, e ORDER BY a.urn, b.urn
RETURN collect([a.urn, b.urn, e.kind, e.on])"""
MADE_UP_SUCCESSIONS = [
    ["900001", "900011", None, "2012-09-01"],
    ["900002", "900021", "amalgamated", "2005-09-01"],
    ["900002", "900022", "amalgamated", "2005-09-01"],
    ["900011", "900012", "merged", "1988-09-01"],
    ["900011", "900013", "merged", "1988-09-01"],
]
CHAIN = """{ schools(filter: {urn: {eq: "900001"}}, first: 2) { edges { node {
    name status
    predecessors(first: 9) { totalCount edges { on kind node { name closedOn
        predecessors(first: 9) { totalCount edges { on kind node { name predecessors(first: 9) { totalCount } } } }
        successors(first: 9) { edges { node { urn } } } } } } } } } }"""
PLACES = """{
    schools(filter: {urn: {in: ["900001", "900002"]}}, first: 9) { edges { node { ward
        premises(first: 2) { edges { node { address ward location } } } } } } }"""
COUNTED = """{
    all: incidents(first: 1) { totalCount }
    january: incidents(filter: {month: {eq: "2024-01"}}, first: 1) { totalCount }
    nowhere: incidents(filter: {street: {eq: "No Location"}}, first: 1) { totalCount edges { node { location ward } } }
    placed: incidents(filter: {ward: {eq: "E05013806"}}, first: 9) { totalCount edges { node { fallsWithin lsoa } } }
    now: wards(filter: {vintage: {eq: 2025}}, first: 1) { totalCount }
    then: wards(filter: {vintage: {eq: 2013}}, first: 50) { totalCount edges { node { code vintage } } }
    areas: lsoas(filter: {vintage: {eq: 2021}}, first: 1) { totalCount }
}"""


def _silent(_: Progress) -> None:
    """Say nothing."""


def _told(connection: Connection, story: Callable[[Store], Awaitable[None]]) -> None:
    async def whole() -> None:
        async with fresh_store(connection) as store:
            await story(store)

    asyncio.run(whole())


async def _bring(store: Store, folder: Path, dataset: str, data: str | bytes) -> Result:
    """Import a shipped file, or other bytes."""
    connector, path = named(dataset), folder / dataset
    path.write_bytes(standard.shipped(data) if isinstance(data, str) else data)
    return await import_file(store, Task(connector=connector, path=path, owner=connector.owner or ""), _silent)


@pytest.mark.parametrize("order", [("schools-links", "schools-register"), ("schools-register", "schools-links")])
def test_links_and_schools_may_come_in_any_order_and_the_chain_can_be_followed(
    engine_connection: Connection, tmp_path: Path, order: tuple[str, str]
) -> None:
    async def story(store: Store) -> None:
        await _bring(store, tmp_path, "wards-2025", CURRENT)
        results = [await _bring(store, tmp_path, name, MADE_UP[name]) for name in (*order, *order)]
        early = order[0] == "schools-links"
        assert [result.counts.quarantined for result in results] == [10 if early else 0, 0, 0, 0]
        again = await _bring(store, tmp_path, "schools-links", MADE_UP["schools-links"])
        assert again.counts == Counts(rows_in=10, unchanged=10)
        assert await store.read(SUCCESSIONS) == MADE_UP_SUCCESSIONS
        hub = await a_hub(store)
        (edge,) = (await hub.data("police-officer", None, CHAIN))["schools"]["edges"]
        _check_chain(edge["node"])
        places = await hub.data("asb-officer", "ASB_PREVENTION", PLACES)
        found = {_place(each["node"]) for each in places["schools"]["edges"]}
        assert found == {("E05013794", "E05013794"), ("E05013795", "E05013795")}

    _told(engine_connection, story)


def _check_chain(school: dict[str, Any]) -> None:
    assert (school["name"], school["status"]) == ("Larkhall Academy", "Open")
    (before,) = school["predecessors"]["edges"]
    assert (before["on"], before["kind"], before["node"]["name"]) == ("2012-09-01", None, "Larkhall Community School")
    assert [each["node"]["urn"] for each in before["node"]["successors"]["edges"]] == ["900001"]
    oldest = {each["node"]["name"]: each for each in before["node"]["predecessors"]["edges"]}
    assert set(oldest) == {"Ambrelow Girls' School", "Quillard Boys' School"}
    assert {(each["on"], each["kind"]) for each in oldest.values()} == {("1988-09-01", "merged")}
    assert {each["node"]["predecessors"]["totalCount"] for each in oldest.values()} == {0}


def _place(school: dict[str, Any]) -> tuple[str, str]:
    (edge,) = school["premises"]["edges"]
    assert edge["node"]["location"]["type"] == "Point"
    return school["ward"], edge["node"]["ward"]


def test_links_of_schools_that_the_register_does_not_hold_wait_in_quarantine_with_their_reason(
    engine_connection: Connection, tmp_path: Path
) -> None:
    async def story(store: Store) -> None:
        await _bring(store, tmp_path, "wards-2025", CURRENT)
        for file in (RAGGED, WINDOWS):
            await _bring(store, tmp_path, "schools-register", file)
        result = await _bring(store, tmp_path, "schools-links", PUBLISHED)
        assert result.counts == Counts(rows_in=60, quarantined=60)
        reasons = [reject.reason for reject in await quarantined(store, result.run.id)]
        assert reasons.count("its School is not here") == 56
        assert reasons.count("says nothing of one school that took another's place") == 4
        await _bring(store, tmp_path, "schools-register", _register_of(PUBLISHED))
        result = await _bring(store, tmp_path, "schools-links", PUBLISHED)
        assert result.counts == Counts(rows_in=60, stored=56, quarantined=4)
        assert len(await store.read(SUCCESSIONS)) == 56

    _told(engine_connection, story)


def test_every_incident_is_stored_once_and_tied_to_nothing_beside_areas_of_each_vintage(
    engine_connection: Connection, tmp_path: Path
) -> None:
    async def story(store: Store) -> None:
        for dataset, file in (("wards-2013", EARLIER), ("wards-2025", CURRENT), ("lsoa-2021", AREAS)):
            await _bring(store, tmp_path, dataset, file)
        for file, rows in ROWS.items():
            first, second = [await _bring(store, tmp_path, "police-street", file) for _ in range(2)]
            assert first.counts == Counts(rows_in=rows, stored=rows)
            assert second.counts == Counts(rows_in=rows, unchanged=rows)
        header, *lines = standard.shipped(JANUARY).splitlines(keepends=True)
        reversed_ = await _bring(store, tmp_path, "police-street", header + b"".join(reversed(lines)))
        assert reversed_.counts == Counts(rows_in=ROWS[JANUARY], unchanged=ROWS[JANUARY])
        assert await store.read("MATCH (i:Incident) RETURN count(i)") == ROWS[JANUARY] + ROWS[FEBRUARY]
        assert await store.read("MATCH (:Incident)-[e]-() RETURN count(e)") == 0
        _check_counted(await (await a_hub(store)).data("police-officer", None, COUNTED))

    _told(engine_connection, story)


def _check_counted(data: dict[str, Any]) -> None:
    counts = {name: data[name]["totalCount"] for name in ("all", "january", "nowhere", "now", "then", "areas")}
    assert counts == {"all": 1560, "january": 734, "nowhere": 139, "now": 18, "then": 20, "areas": 123}
    assert data["nowhere"]["edges"][0]["node"] == {"location": None, "ward": None}
    assert {edge["node"]["vintage"] for edge in data["then"]["edges"]} == {2013}
    assert data["placed"]["totalCount"] >= 1
    assert {edge["node"]["fallsWithin"] for edge in data["placed"]["edges"]} == {"City of London Police"}


def _register_of(links: str) -> bytes:
    """A listing of the schools that a file of links names."""
    lines = standard.shipped(links).decode("utf-8-sig").splitlines()[1:61]
    urns = sorted({urn for line in lines for urn in line.split(",")[:2]})
    records = ", ".join(f'{{"urn": "{urn}", "name": "School {urn}"}}' for urn in urns)
    return f'{{"records": [{records}]}}'.encode()
