"""Masks: what is left of a value at each rung."""

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.masks import MASKS
from tests.support.catalogue import example_catalogue


@pytest.mark.parametrize(
    ("mask", "value", "told"),
    [
        ("full", "Amara", "Amara"),
        ("full", ["Ama", "Mara"], ["Ama", "Mara"]),
        ("initials", "Amara", "A."),
        ("initials", "mary ann", "M. A."),
        ("initials", "O'Neill", "O."),
        ("initials", "  ", None),
        ("decade", "1987-03-12", "198X"),
        ("decade", "1987-03", "198X"),
        ("decade", "1987", "198X"),
        ("decade", "198X", "198X"),
        ("decade", "12/03/1987", None),
        ("year", "1987-03-12", "1987"),
        ("year", "1987", "1987"),
        ("year", "198X", "198X"),
        ("year", "about 1987", None),
        ("full", "1987-03", "1987-03"),
        ("postcode_district", "SW1A 1AA", "SW1A"),
        ("postcode_district", "w21ab", "W2"),
        ("postcode_district", "W10 5AB", "W10"),
        ("postcode_district", "SW1A", "SW1A"),
        ("postcode_district", "12 Pell Lane, SW1A 1AA", None),
        ("postcode", "SW1A 1AA", "SW1A 1AA"),
        ("ward", "E05013808", "E05013808"),
        ("present", ["Violent", "Drugs"], ["PRESENT"]),
        ("present", [], None),
        ("present", "yes", "PRESENT"),
        ("point", [-0.1337, 51.5136], {"type": "Point", "coordinates": [-0.1337, 51.5136]}),
        ("point", "somewhere", None),
        ("point", [math.nan, 51.5], None),
        ("grid_1km", [0.1], None),
    ],
)
def test_a_mask_tells_so_much(mask: str, value: object, told: object) -> None:
    assert MASKS[mask](value) == told


@pytest.mark.parametrize("mask", MASKS)
def test_of_what_is_absent_a_mask_tells_nothing(mask: str) -> None:
    assert MASKS[mask](None) is None


def test_every_rung_is_a_mask() -> None:
    fields = [field for entry in example_catalogue().types.values() for field in entry.fields]
    assert {rung for field in fields for rung in field.ladder} <= set(MASKS)


@pytest.mark.parametrize(("mask", "metres"), [("grid_1km", 1000), ("grid_100m", 100)])
@given(st.floats(-179.9, 179.9), st.floats(-84, 84))
def test_a_cell_holds_its_point_has_its_size_and_tells_no_more(mask: str, metres: int, lon: float, lat: float) -> None:
    cell = MASKS[mask]([lon, lat])
    west, south, east, north = bounds(cell)
    assert west - 1e-6 <= lon <= east + 1e-6
    assert south - 1e-6 <= lat <= north + 1e-6
    assert (north - south) * 111_320 == pytest.approx(metres, rel=0.01)
    assert (east - west) * 111_320 * math.cos(math.radians((south + north) / 2)) == pytest.approx(metres, rel=0.02)
    assert MASKS[mask]([(west + east) / 2, (south + north) / 2]) == cell


@given(st.lists(st.tuples(st.floats(-0.25, 0.1), st.floats(51.3, 51.7)), min_size=3, max_size=9))
def test_an_extent_holds_what_it_is_of_in_whole_cells_and_tells_no_more(ring: list[tuple[float, float]]) -> None:
    lons, lats = [lon for lon, _ in ring], [lat for _, lat in ring]
    west, south, east, north = bounds(extent(ring))
    assert west - 1e-6 <= min(lons) <= max(lons) <= east + 1e-6
    assert south - 1e-6 <= min(lats) <= max(lats) <= north + 1e-6
    corners = [(min(lons), min(lats)), (max(lons), max(lats))]
    assert extent([*corners, ring[0]]) == extent(ring)
    for lon, lat in corners:
        assert bounds(MASKS["grid_1km"]([lon, lat]))[1] >= south - 1e-6
    assert (north - south) * 111_320 <= (max(lats) - min(lats)) * 111_320 + 2_001


def extent(ring: list[tuple[float, float]]) -> Any:  # noqa: ANN401 - a geometry
    return MASKS["extent_1km"](json.dumps({"type": "Polygon", "coordinates": [[*ring, ring[0]]]}))


def bounds(cell: dict[str, Any]) -> tuple[float, float, float, float]:
    (ring,) = cell["coordinates"]
    assert ring[0] == ring[-1]
    lons, lats = [at[0] for at in ring], [at[1] for at in ring]
    return min(lons), min(lats), max(lons), max(lats)
