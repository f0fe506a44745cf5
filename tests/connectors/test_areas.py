"""Boundaries, sound and otherwise."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from graph.records import NodeFact
from tests.connectors import standard

SQUARE = [[-0.1, 51.5], [-0.1, 51.6], [-0.2, 51.6], [-0.1, 51.5]]
OTHER = [[0.1, 51.5], [0.1, 51.6], [0.2, 51.6], [0.1, 51.5]]
BOW_TIE = [[-0.2, 51.5], [-0.1, 51.6], [-0.1, 51.5], [-0.2, 51.6], [-0.2, 51.5]]


def test_all_eighteen_wards_are_read_with_their_vintage() -> None:
    rows = standard.specimen("wards-2025").rows()
    facts = [fact for row in rows for fact in row.facts if isinstance(fact, NodeFact)]
    assert [fact.source.key for fact in facts] == [f"E050{number}" for number in range(13792, 13810)]
    assert {(fact.values["vintage"], fact.values["localAuthority"]) for fact in facts} == {(2025, "E09000033")}


def test_a_ward_of_several_parts_is_read() -> None:
    feature = _feature(geometry={"type": "MultiPolygon", "coordinates": [[SQUARE], [OTHER]]})
    (row,) = standard.specimen("wards-2025").rows(_collection([feature]))
    assert len(row.facts) == 1


@pytest.mark.parametrize(
    ("feature", "reason"),
    [
        ({"WD25CD": "E0501379"}, "no code (E05 or W05"),
        ({"WD25CD": None}, "no code (E05 or W05"),
        ({"WD25NM": " "}, "no name"),
        ({"geometry": None}, "no Polygon"),
        ({"geometry": {"type": "Point", "coordinates": [0, 0]}}, "no Polygon"),
        ({"geometry": {"type": "Polygon", "coordinates": []}}, "not closed"),
        ({"geometry": {"type": "Polygon", "coordinates": [SQUARE[:3]]}}, "not closed"),
        ({"geometry": {"type": "Polygon", "coordinates": [[[530000, 180000], *SQUARE]]}}, "not closed"),
        ({"geometry": {"type": "Polygon", "coordinates": [[*SQUARE[:3], [-0.1, "51.5"]]]}}, "not closed"),
        ({"geometry": {"type": "Polygon", "coordinates": 7}}, "not closed"),
        ({"geometry": {"type": "Polygon", "coordinates": [BOW_TIE]}}, "not valid"),
        ({"geometry": {"type": "MultiPolygon", "coordinates": [[SQUARE], [SQUARE]]}}, "not valid"),
        (
            {"geometry": {"type": "Polygon", "coordinates": [[[*point, float("nan")] for point in SQUARE]]}},
            "no GeoJSON",
        ),
    ],
)
def test_a_feature_that_is_no_ward_is_set_aside_and_the_others_stand(feature: dict[str, Any], reason: str) -> None:
    rows = standard.specimen("wards-2025").rows(_collection([_feature(**feature), _feature()]))
    assert [bool(row.facts) for row in rows] == [False, True]
    assert reason in rows[0].rejects[0].reason
    assert rows[0].line == 1


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda text: text[:-20], "no JSON"),
        (lambda text: "[" * 100_000 + text, "no JSON"),
        (lambda text: text.replace("FeatureCollection", "Collection"), "no GeoJSON FeatureCollection"),
        (lambda text: text.replace("WD25", "WD13"), "those of 2013"),
        (lambda text: text.replace("WD25", "WX25"), "missing columns"),
        (lambda text: text.replace("CRS84", "EPSG::27700"), "not longitude and latitude"),
        (lambda _: '{"type": "FeatureCollection", "features": []}', "no features"),
        (lambda _: '{"type": "FeatureCollection", "features": 3}', "no features"),
        (lambda _: "[1]", "no GeoJSON FeatureCollection"),
    ],
)
def test_a_file_that_is_no_set_of_wards_is_refused(spoil: Callable[[str], str], reason: str) -> None:
    assert reason in standard.specimen("wards-2025").refusal(spoil(_collection([_feature()]).decode()).encode())


def _feature(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON of every kind
    geometry = changes.pop("geometry", {"type": "Polygon", "coordinates": [SQUARE]})
    properties = {"WD25CD": "E05099999", "WD25NM": "Somewhere", "LAD25CD": "E09999999"} | changes
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _collection(features: list[dict[str, Any]]) -> bytes:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    return json.dumps({"type": "FeatureCollection", "crs": crs, "features": features}).encode()
