"""Ground on a sheet: whatever is shown lies on it, north is up, and what cannot be shown is not."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.work.drawing import WIDTH, Sheet, lines, newest, sketch

POSITIONS = st.tuples(st.floats(-170, 170), st.floats(-80, 80))


def polygon(*ring: tuple[float, float]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [[list(position) for position in ring]]}


@given(st.lists(POSITIONS, min_size=1, max_size=20))
def test_everything_that_is_shown_lies_on_the_sheet(ring: list[tuple[float, float]]) -> None:
    sheet = Sheet.around(polygon(*ring), None)
    assert sheet is not None
    for position in ring:
        x, y = sheet.at(position)
        assert 0 <= x <= WIDTH
        assert 0 <= y <= sheet.height


def test_north_is_up_and_east_is_right() -> None:
    sheet = Sheet.around(polygon((-0.14, 51.5), (-0.13, 51.51)))
    assert sheet is not None
    (west, south), (east, north) = sheet.at((-0.14, 51.5)), sheet.at((-0.13, 51.51))
    assert (west < east, north < south) == (True, True)


def test_a_path_goes_around_every_ring_of_every_part() -> None:
    one, other = polygon((0, 0), (1, 1)), polygon((2, 2), (3, 3))
    both = {"type": "MultiPolygon", "coordinates": [one["coordinates"], other["coordinates"]]}
    sheet = Sheet.around(both)
    assert sheet is not None
    assert sheet.path(both) == f"{sheet.path(one)} {sheet.path(other)}"
    assert list(lines({"type": "Point", "coordinates": [1, 2]})) == [[(1, 2)]]


def test_there_is_no_sheet_for_nothing() -> None:
    assert Sheet.around(None) is None


@pytest.mark.parametrize(
    "text",
    [
        *("", "x", "[]", "{}", '{"type": "Polygon", "coordinates": []}', '{"type": "Point", "coordinates": [1, 2]}'),
        '{"type": "Polygon", "coordinates": [[[0, 1e308], [1, -1e308], [2, 0], [0, 1e308]]]}',
    ],
)
def test_what_is_no_polygon_yet_is_not_shown(text: str) -> None:
    assert sketch(text) is None


def test_what_is_a_polygon_is_shown() -> None:
    drawn = polygon((0, 0), (1, 1))
    assert sketch(json.dumps(drawn)) == drawn


def test_wards_are_those_of_the_latest_year() -> None:
    shape = polygon((0, 0), (1, 1))
    wards = [{"code": f"E{year}", "vintage": year, "boundary": shape} for year in (2013, 2025, 2022)]
    assert [ward["code"] for ward in newest([*wards, {"code": "E0", "vintage": 2030, "boundary": None}])] == ["E2025"]
