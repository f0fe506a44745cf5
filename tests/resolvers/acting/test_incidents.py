"""What happened that a case is about: written down, told to those who work on it, refused where it cannot be."""

import json
from typing import Any

import pytest

from graph.doctor import recompute
from graph.store import Connection
from graph.vocabulary import Node
from tests.resolvers.acting.casework import attempt, changed, kinds, mutation, opened
from tests.resolvers.stage import tell
from tests.support.hub import ASB, TestHub
from tests.support.scenes import case, thing

RING = [[-0.15, 51.5], [-0.13, 51.5], [-0.13, 51.52], [-0.15, 51.52], [-0.15, 51.5]]
WARD = thing(
    Node.WARD,
    "hub/wards-2025/E1",
    code="E1",
    vintage=2025,
    geometry=json.dumps({"type": "Polygon", "coordinates": [RING]}),
)
MATTER = case("council/council-asb-cases/1", "council", "police", caseType="NOISE")
INCIDENTS = """query($id: ID!) { case(id: $id) {
  incidents(first: 9, orderBy: HAPPENED_ON) { edges { node { heading qualifier happenedOn text ward location } } }
  personal: incidents(first: 9, filter: {qualifier: {eq: PERSONAL}}) { totalCount }
  timeline(first: 9) { edges { node { kind at } } } } }"""
DRUMS = {"heading": "NOISE", "qualifier": "NUISANCE", "happenedOn": "2026-11-20", "text": "Drums until four 🥁"}
THREAT = {"heading": "NOISE", "qualifier": "PERSONAL", "happenedOn": "2026-11-24", "text": "He shouted her name"}
PIN = {"type": "Point", "coordinates": [-0.1337, 51.5136]}


async def matter(hub: TestHub) -> str:
    return str(await hub.store.read("MATCH (c:Case) RETURN head(collect(c.caseId))"))


def test_what_happened_is_told_to_those_in_the_case_in_the_order_of_days(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ident = await matter(hub)
        await changed(hub, "police-officer", "addIncident", id=ident, **THREAT)
        found = await changed(hub, "asb-officer", "addIncident", id=ident, pin=PIN, **DRUMS)
        assert kinds(found) == ["INCIDENT_ADDED"] * 2
        for who in ("asb-officer", "police-officer"):
            told = (await hub.data(who, ASB, INCIDENTS, {"id": ident}))["case"]
            assert [edge["node"] for edge in told["incidents"]["edges"]] == [
                {**DRUMS, "ward": "E1", "location": PIN},
                {**THREAT, "ward": None, "location": None},
            ]
            assert told["personal"]["totalCount"] == 1
            happened = [edge["node"] for edge in told["timeline"]["edges"]]
            assert [one["at"] for one in happened if one["kind"] == "INCIDENT_HAPPENED"] == ["2026-11-24", "2026-11-20"]
        assert [difference async for difference in recompute(hub.store)] == []

    tell(engine_connection, WARD, MATTER, story=story)


def test_who_does_not_work_on_the_case_neither_writes_nor_reads(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ident = (await opened(hub))["id"]
        await changed(hub, "asb-officer", "addIncident", id=ident, **DRUMS)
        told = (await hub.data("police-officer", ASB, INCIDENTS, {"id": ident}))["case"]
        assert told["incidents"]["edges"] == []
        done = await attempt(hub, "police-officer", "addIncident", id=ident, **DRUMS)
        assert done["__typename"] == "NotPermitted"
        hidden, missing = [
            await hub.body(
                "housing-officer",
                ASB,
                mutation("addIncident"),
                {"input": {"idempotencyKey": "k" * 9, "id": one, **DRUMS}},
            )
            for one in (ident, "case_none")
        ]
        assert hidden == missing

    tell(engine_connection, WARD, story=story)


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({"happenedOn": "2026-11-25"}, "happenedOn"),
        ({"happenedOn": "last week"}, "happenedOn"),
        ({"text": " "}, "text"),
        ({"text": "x" * 20_001}, "text"),
        ({"pin": {"type": "Point", "coordinates": [1.5, 51.5]}}, "pin"),
        ({"pin": {"type": "Point", "coordinates": [True, False]}}, "pin"),
        ({"pin": {"type": "Polygon", "coordinates": [RING]}}, "pin"),
    ],
)
def test_what_cannot_have_happened_is_refused_by_name(
    engine_connection: Connection, given: dict[str, Any], path: str
) -> None:
    async def story(hub: TestHub) -> None:
        done = await attempt(hub, "asb-officer", "addIncident", id=await matter(hub), **{**DRUMS, **given})
        assert [field["path"] for field in done["fields"]] == [["input", path]]

    tell(engine_connection, WARD, MATTER, story=story)
