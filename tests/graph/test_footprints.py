"""Footprints: measured on the ground, inside the wards, and looked through before anything is built of them."""

import json
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from graph.footprints import MOST, Footprint, fault
from graph.geometry import AreaMap, GeometryError

WEST, SOUTH, SIDE = -0.15, 51.5, 0.01
METRES_NORTH, METRES_EAST = 111_260.0, 69_440.0
"""A degree of latitude and one of longitude at that latitude."""


def box(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


WARDS = AreaMap.of(
    (f"E{at}", json.dumps(box(WEST + at * SIDE, SOUTH, WEST + (at + 1) * SIDE, SOUTH + SIDE))) for at in range(3)
)
easts = st.floats(WEST, WEST + 3 * SIDE)
norths = st.floats(SOUTH, SOUTH + SIDE)


@given(easts, easts, norths, norths)
def test_a_box_in_the_wards_has_its_size_and_the_wards_that_it_reaches_into(
    one: float, other: float, low: float, high: float
) -> None:
    (west, east), (south, north) = sorted((one, other)), sorted((low, high))
    assume(east - west > 1e-5)
    assume(north - south > 1e-5)
    found = Footprint.of(box(west, south, east, north), WARDS)
    expected = (east - west) * METRES_EAST * (north - south) * METRES_NORTH
    assert found.area == pytest.approx(expected, rel=0.01, abs=1)
    surely = {f"E{at}" for at in range(3) if west + 1e-9 < WEST + (at + 1) * SIDE and WEST + at * SIDE < east - 1e-9}
    assert set(found.wards) >= surely
    assert json.loads(found.geojson) == box(west, south, east, north)


@pytest.mark.parametrize("polygon", [box(1.5, 51.5, 1.6, 51.6), box(WEST - SIDE, SOUTH, WEST + SIDE, SOUTH + SIDE)])
def test_what_lies_outside_in_whole_or_in_part_is_no_footprint(polygon: dict[str, Any]) -> None:
    with pytest.raises(GeometryError, match="outside"):
        Footprint.of(polygon, WARDS)


def test_without_wards_there_is_no_ground() -> None:
    with pytest.raises(GeometryError, match="outside"):
        Footprint.of(box(WEST, SOUTH, WEST + SIDE, SOUTH + SIDE), AreaMap.of(()))


@pytest.mark.parametrize(("points", "said"), [(MOST, None), (MOST + 1, "has 2,000 points at the most")])
def test_as_many_points_are_looked_through_as_there_may_be(points: int, said: str | None) -> None:
    assert fault({"type": "Polygon", "coordinates": [[[WEST, SOUTH]] * points]}) == said
