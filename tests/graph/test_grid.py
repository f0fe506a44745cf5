"""The British National Grid against points that others measured."""

import json
from importlib.resources import files
from math import cos, hypot, radians

import pytest

from graph.grid import EAST, NORTH, NationalGrid

METRES_IN_A_DEGREE = 111_320
GRID = NationalGrid.of_great_britain()
FILES = ("westminster-wards-2025.geojson", "city-of-london-wards-2025.geojson")


def _metres(one: tuple[float, float], other: tuple[float, float]) -> float:
    east = (one[0] - other[0]) * cos(radians(one[1]))
    return hypot(east, one[1] - other[1]) * METRES_IN_A_DEGREE


def test_points_lie_within_metres_of_where_their_publisher_puts_them() -> None:
    """The Office for National Statistics gives the middle of a ward in both systems."""
    measured = [
        _metres(GRID.degrees(ward["BNG_E"], ward["BNG_N"]) or (0, 0), (ward["LONG"], ward["LAT"]))
        for file in FILES
        for ward in (
            feature["properties"]
            for feature in json.loads(files("connectors").joinpath("data", file).read_text())["features"]
        )
    ]
    assert len(measured) == 43
    assert max(measured) < 2.5


def test_the_water_tower_of_the_ordnance_surveys_example_stands_within_metres_of_its_true_place() -> None:
    """From "A guide to coordinate systems in Great Britain" by the Ordnance Survey, in the terms of OSTN15."""
    assert _metres(GRID.degrees(651409.903, 313177.270) or (0, 0), (1.716073973, 52.658007833)) < 5


@pytest.mark.parametrize("point", [(0, 0), (0, 180_000), (530_000, 0), (EAST, 1), (1, NORTH), (-1, 5), (9e9, 9e9)])
def test_beyond_the_grid_there_is_no_point(point: tuple[float, float]) -> None:
    assert GRID.degrees(*point) is None
