"""Ward boundaries, as the Office for National Statistics publishes them in GeoJSON."""

import json
import re
from collections.abc import Iterator
from itertools import chain
from typing import Any, BinaryIO

from connectors.base import Connector, Context
from connectors.errors import BadValue, FileRefused
from connectors.signature import check_text
from graph.records import Marking, NodeFact, Reject, Row, Source, Value
from graph.vocabulary import Node
from policies.vocabulary import HUB, Sensitivity

DATASET = "wards-2025"
VINTAGE = 2025
SIZE_LIMIT = 64 << 20
MARKING = Marking(sensitivity=Sensitivity.OFFICIAL)
_CODE_PROPERTY = re.compile(r"WD(\d\d)CD")
_CODE = re.compile(r"[EW]05\d{6}")
_DEPTHS = {"Polygon": 0, "MultiPolygon": 1}
_RING = 4
_EAST, _NORTH = 180, 90


def connector() -> Connector:
    return Connector(
        name=DATASET,
        title="Electoral wards of 2025",
        dataset=DATASET,
        licence="Open Government Licence v3.0, Office for National Statistics; contains OS data",
        marking=MARKING,
        parse=parse,
        owner=HUB,
    )


def parse(source: BinaryIO, context: Context) -> Iterator[Row]:
    """Give each feature as a ward; a row's line is the number of its feature, from 1."""
    features = _features(source)
    _check_vintage(features)
    for number, feature in enumerate(features, start=1):
        try:
            fact = _ward(feature, context.owner)
        except BadValue as error:
            reject = Reject(line=number, column=None, reason=str(error), raw=json.dumps(feature)[:200])
            yield Row(line=number, key=None, facts=(), rejects=(reject,))
        else:
            yield Row(line=number, key=fact.source.key, facts=(fact,))


def _features(source: BinaryIO) -> list[Any]:
    check_text(source, "utf-8-sig")
    data = source.read(SIZE_LIMIT + 1)
    if len(data) > SIZE_LIMIT:
        raise FileRefused(f"the file is larger than {SIZE_LIMIT >> 20} MiB")
    try:
        document = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise FileRefused(f"the file is no JSON: {error}") from error
    if not isinstance(document, dict) or document.get("type") != "FeatureCollection":
        raise FileRefused("the file is no GeoJSON FeatureCollection")
    if not str(_at(document, "crs", "properties", "name") or "CRS84").endswith(("CRS84", "EPSG::4326")):
        raise FileRefused("the coordinates are not longitude and latitude (CRS84)")
    features = document.get("features")
    if not isinstance(features, list) or not features:
        raise FileRefused("the file holds no features")
    return features


def _check_vintage(features: list[Any]) -> None:
    names = chain.from_iterable(_at(feature, "properties") or () for feature in features)
    vintages = {2000 + int(found[1]) for name in names if (found := _CODE_PROPERTY.fullmatch(str(name)))}
    if not vintages:
        raise FileRefused("missing columns: no feature has a property WD25CD")
    if vintages != {VINTAGE}:
        held = ", ".join(map(str, sorted(vintages)))
        raise FileRefused(f"the wards are those of {held}; this dataset holds those of {VINTAGE}")


def _ward(feature: Any, owner: str) -> NodeFact:  # noqa: ANN401 - JSON that was not looked into yet
    prefix = f"WD{VINTAGE % 100}"
    code, name = _at(feature, "properties", f"{prefix}CD"), _at(feature, "properties", f"{prefix}NM")
    if not isinstance(code, str) or not _CODE.fullmatch(code):
        raise BadValue("the feature has no ward code (E05 or W05 and six digits)")
    if not isinstance(name, str) or not name.strip():
        raise BadValue("the feature has no name")
    geometry = _geometry(_at(feature, "geometry"))
    values: dict[str, Value] = {
        "code": code,
        "name": name.strip(),
        "vintage": VINTAGE,
        "geometry": json.dumps(geometry),
    }
    authority = _at(feature, "properties", f"LAD{VINTAGE % 100}NM")
    if isinstance(authority, str) and authority.strip():
        values["localAuthority"] = authority.strip()
    source = Source(owner=owner, dataset=DATASET, key=code)
    return NodeFact(type=Node.WARD, source=source, marking=MARKING, values=values)


def _geometry(geometry: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON that was not looked into yet
    kind = _at(geometry, "type")
    if kind not in _DEPTHS:
        raise BadValue("the geometry is no Polygon or MultiPolygon")
    rings = _at(geometry, "coordinates")
    try:
        for _ in range(_DEPTHS[kind]):
            rings = list(chain.from_iterable(rings))
        sound = bool(rings) and all(map(_is_ring, rings))
    except (TypeError, ValueError):
        sound = False
    if not sound:
        raise BadValue("the geometry has a ring that is not closed, or points beyond the globe")
    return {"type": kind, "coordinates": geometry["coordinates"]}


def _is_ring(ring: list[list[float]]) -> bool:
    return (
        len(ring) >= _RING
        and ring[0] == ring[-1]
        and all(abs(longitude) <= _EAST and abs(latitude) <= _NORTH for longitude, latitude, *_ in ring)
    )


def _at(value: Any, *path: str) -> Any:  # noqa: ANN401 - JSON that was not looked into yet
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value
