"""The ground that a case is about: drawn, drawn anew, measured, blurred, and refused where it cannot be."""

import json
from typing import Any

import pytest

from graph.doctor import recompute
from graph.store import Connection
from graph.vocabulary import Node
from policies.masks import extent_1km
from tests.resolvers.acting.casework import attempt, changed, kinds, mutation, opened
from tests.resolvers.stage import tell
from tests.support.hub import ASB, TestHub
from tests.support.scenes import thing

GROUND = """query($id: ID!) { case(id: $id) {
  footprint footprintWards area
  entries(first: 9, filter: {kind: {eq: FOOTPRINT_SET}}) { edges { node { footprint author } } } } }"""


def square(west: float, south: float, side: float) -> dict[str, Any]:
    east, north = west + side, south + side
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def ward(code: str, vintage: int, shape: dict[str, Any]) -> Any:  # noqa: ANN401 - a node fact
    return thing(Node.WARD, f"hub/wards-{vintage}/{code}", code=code, vintage=vintage, geometry=json.dumps(shape))


WARDS = (
    ward("E1", 2025, square(-0.15, 51.5, 0.01)),
    ward("E2", 2025, square(-0.14, 51.5, 0.01)),
    ward("E3", 2025, square(-0.13, 51.5, 0.01)),
    ward("OLD", 2013, square(-1.0, 51.0, 2.0)),
)
IN_ONE = square(-0.148, 51.502, 0.002)
IN_TWO = square(-0.141, 51.502, 0.002)
BOW_TIE = {
    "type": "Polygon",
    "coordinates": [[[-0.148, 51.502], [-0.146, 51.504], [-0.146, 51.502], [-0.148, 51.504], [-0.148, 51.502]]],
}
IN_THE_SEA = square(1.5, 51.5, 0.01)
ACROSS_THE_EDGE = square(-0.151, 51.502, 0.002)
MANY = {"type": "Polygon", "coordinates": [[[-0.148, 51.502]] * 100_000]}


def test_a_footprint_is_measured_and_the_one_before_it_stays_with_its_entry(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ident = (await opened(hub))["id"]
        case = await changed(hub, "asb-officer", "setFootprint", id=ident, version=1, footprint=IN_ONE)
        assert (case["version"], kinds(case)) == (2, ["OPENED", "FOOTPRINT_SET"])
        found = (await hub.data("asb-officer", ASB, GROUND, {"id": ident}))["case"]
        assert (found["footprint"], found["footprintWards"]) == (IN_ONE, ["E1"])
        assert found["area"] == pytest.approx(139 * 222.5, rel=0.01)
        await changed(hub, "asb-officer", "setFootprint", id=ident, version=2, footprint=IN_TWO)
        found = (await hub.data("asb-officer", ASB, GROUND, {"id": ident}))["case"]
        assert (found["footprint"], found["footprintWards"]) == (IN_TWO, ["E1", "E2"])
        drawn = [edge["node"]["footprint"] for edge in found["entries"]["edges"]]
        assert sorted(map(str, drawn)) == sorted(map(str, [IN_ONE, IN_TWO]))
        await changed(hub, "asb-officer", "changeCase", id=ident, version=3, summary="Drums")
        assert (await hub.data("asb-officer", ASB, GROUND, {"id": ident}))["case"]["footprint"] == IN_TWO
        seen = (await hub.data("police-officer", ASB, GROUND, {"id": ident}))["case"]
        assert (seen["footprint"], seen["footprintWards"], seen["area"]) == (extent_1km(json.dumps(IN_TWO)), None, None)
        assert [difference async for difference in recompute(hub.store)] == []

    tell(engine_connection, *WARDS, story=story)


@pytest.mark.parametrize(
    "footprint",
    [
        *(BOW_TIE, IN_THE_SEA, ACROSS_THE_EDGE, MANY),
        {"type": "Point", "coordinates": [-0.148, 51.502]},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [[[-0.148, 51.502], [-0.146, 51.502]]]},
        {"type": "Polygon", "coordinates": [IN_ONE["coordinates"][0][:-1]]},
        {"type": "Polygon", "coordinates": [[[-0.148, 51.502, 9.0], *IN_ONE["coordinates"][0][1:]]]},
        {"type": "Polygon", "coordinates": [[["a", "b"]]]},
        {"type": "Polygon", "coordinates": "everywhere"},
        {"type": "Polygon", "coordinates": IN_ONE["coordinates"], "crs": "EPSG:27700"},
        {},
    ],
)
def test_what_no_footprint_can_be_is_refused_and_changes_nothing(
    engine_connection: Connection, footprint: dict[str, Any]
) -> None:
    async def story(hub: TestHub) -> None:
        ident = (await opened(hub))["id"]
        done = await attempt(hub, "asb-officer", "setFootprint", id=ident, version=1, footprint=footprint)
        assert [field["path"] for field in done["fields"]] == [["input", "footprint"]]
        found = (await hub.data("asb-officer", ASB, GROUND, {"id": ident}))["case"]
        assert (found["footprint"], found["entries"]["edges"]) == (None, [])

    tell(engine_connection, *WARDS, story=story)


def test_too_many_points_are_refused_before_anything_is_looked_up(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        done = await attempt(hub, "councillor", "setFootprint", id="case_none", version=1, footprint=MANY)
        assert done["fields"] == [{"path": ["input", "footprint"], "message": "has 2,000 points at the most"}]

    tell(engine_connection, story=story)


def test_who_leads_the_case_draws_it_and_from_the_version_that_was_read(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ident = (await opened(hub))["id"]
        stale = await attempt(hub, "asb-officer", "setFootprint", id=ident, version=7, footprint=IN_ONE)
        assert (stale["__typename"], stale["currentVersion"]) == ("Conflict", 1)
        done = await attempt(hub, "police-officer", "setFootprint", id=ident, version=1, footprint=IN_ONE)
        assert done["__typename"] == "NotPermitted"
        given = {"idempotencyKey": "k" * 9, "version": 1, "footprint": IN_ONE}
        hidden, missing = [
            await hub.body("housing-officer", ASB, mutation("setFootprint"), {"input": {**given, "id": one}})
            for one in (ident, "case_none")
        ]
        assert hidden == missing

    tell(engine_connection, *WARDS, story=story)
