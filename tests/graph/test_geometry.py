"""Where points lie."""

import json
from math import nan

import pytest

from graph.geometry import AreaMap, GeometryError, area, is_position
from graph.store import Connection, Store
from graph.vocabulary import Node
from graph.wards import ward_map
from tests.graph.making import node, tell, write


def square(west: float, south: float, side: float = 1.0) -> str:
    east, north = west + side, south + side
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return json.dumps({"type": "Polygon", "coordinates": [ring]})


WARDS = AreaMap.of([("E2", square(1, 0)), ("E1", square(0, 0)), ("E3", square(5, 5))])


@pytest.mark.parametrize(
    ("point", "ward"),
    [((0.5, 0.5), "E1"), ((1.5, 0.5), "E2"), ((1.0, 0.5), "E1"), ((5.0, 5.0), "E3"), ((3.0, 3.0), None)],
)
def test_a_point_lies_in_the_ward_that_covers_it(point: tuple[float, float], ward: str | None) -> None:
    assert WARDS.code_at(*point) == ward


@pytest.mark.parametrize("at", [[-180, 90.0], [0, 0], [-0.15, 51.5]])
def test_a_position_is_a_longitude_and_a_latitude(at: list[float]) -> None:
    assert is_position(at)


@pytest.mark.parametrize(
    "at", [None, "ab", [], [0], [0, 0, 0], [True, 0], [0, True], ["0", "0"], [181, 0], [0, -91], [nan, 0], [0, 10**400]]
)
def test_nothing_else_is_a_position(at: object) -> None:
    assert not is_position(at)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no GeoJSON"),
        ("{}", "no GeoJSON"),
        ('{"type": "Point", "coordinates": [0, 51]}', "no area"),
        ('{"type": "Polygon", "coordinates": []}', "no area"),
        ('{"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}', "not valid"),
        (square(530000, 180000), "not in degrees"),
    ],
)
def test_what_is_no_valid_area_is_refused(text: str, reason: str) -> None:
    with pytest.raises(GeometryError, match=reason):
        area(text)


def test_the_map_is_of_one_vintage(engine_connection: Connection) -> None:
    async def story(store: Store) -> None:
        old, new = (
            node(Node.WARD, f"hub/{code}", code=code, vintage=vintage, geometry=square(0, 0))
            for code, vintage in (("OLD", 2013), ("NEW", 2025))
        )
        await write(store, old, new)
        assert (await ward_map(store, 2013)).code_at(0.5, 0.5) == "OLD"
        assert (await ward_map(store, 2025)).code_at(0.5, 0.5) == "NEW"
        assert (await ward_map(store, 2030)).codes == ()

    tell(engine_connection, story)
