"""Boundaries of wards and output areas, as the Office for National Statistics publishes them in GeoJSON."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any, BinaryIO

from connectors import json_text
from connectors.base import Connector, Context
from connectors.errors import BadValue, FileRefused
from connectors.json_text import at
from graph.geometry import GeometryError, area
from graph.records import Marking, NodeFact, Reject, Row, Source, Value
from graph.vocabulary import Node
from policies.vocabulary import HUB, Sensitivity

CURRENT = 2025
"""The vintage of the wards in which points are placed; those of other years are kept to be compared with."""
MARKING = Marking(sensitivity=Sensitivity.OFFICIAL)
RAW_LIMIT = 200
_DEPTHS = {"Polygon": 0, "MultiPolygon": 1}
_RING = 4
_EAST, _NORTH = 180, 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Areas:
    """One set of boundaries: wards (`WD`) or output areas (`LSOA`) of one vintage.

    The files name the authority after the vintage or, where an area lies in one by a lookup of the publisher's, as
    the active one; wards of 2013 name none.
    """

    dataset: str
    title: str
    type: Node
    vintage: int
    stem: str
    kind: str
    """The digits by which codes of such areas are known."""
    authority: str

    @property
    def prefix(self) -> str:
        """What the properties of this vintage begin with, as `WD25` in `WD25CD`."""
        return f"{self.stem}{self.vintage % 100}"

    def parse(self, source: BinaryIO, context: Context) -> Iterator[Row]:
        """Give each feature as an area; a row's line is the number of its feature, from 1."""
        features = _features(source)
        self._check_vintage(features)
        for number, feature in enumerate(features, start=1):
            try:
                fact = self._area(feature, context.owner)
            except BadValue as error:
                reject = Reject(line=number, column=None, reason=str(error), raw=json.dumps(feature)[:RAW_LIMIT])
                yield Row(line=number, key=None, facts=(), rejects=(reject,))
            else:
                yield Row(line=number, key=fact.source.key, facts=(fact,))

    def _check_vintage(self, features: list[Any]) -> None:
        of_any_year = re.compile(rf"{self.stem}(\d\d)CD")
        names = chain.from_iterable(at(feature, "properties") or () for feature in features)
        vintages = {2000 + int(found[1]) for name in names if (found := of_any_year.fullmatch(str(name)))}
        if not vintages:
            raise FileRefused(f"missing columns: no feature has a property {self.prefix}CD")
        if vintages != {self.vintage}:
            held = ", ".join(map(str, sorted(vintages)))
            raise FileRefused(f"the areas are those of {held}; this dataset holds those of {self.vintage}")

    def _area(self, feature: Any, owner: str) -> NodeFact:  # noqa: ANN401 - JSON that was not looked into yet
        code, name = at(feature, "properties", f"{self.prefix}CD"), at(feature, "properties", f"{self.prefix}NM")
        if not isinstance(code, str) or not re.fullmatch(rf"[EW]{self.kind}\d{{6}}", code):
            raise BadValue(f"the feature has no code (E{self.kind} or W{self.kind} and six digits)")
        if not isinstance(name, str) or not name.strip():
            raise BadValue("the feature has no name")
        geometry = json.dumps(_geometry(at(feature, "geometry")))
        _check_area(geometry)
        values: dict[str, Value] = {
            "code": code,
            "name": name.strip(),
            "vintage": self.vintage,
            "geometry": geometry,
        }
        authority = at(feature, "properties", self.authority)
        if isinstance(authority, str) and authority.strip():
            values["localAuthority"] = authority.strip()
        source = Source(owner=owner, dataset=self.dataset, key=code)
        return NodeFact(type=self.type, source=source, marking=MARKING, values=values)


EVERY = (
    Areas(
        dataset="wards-2025",
        title="Electoral wards of 2025",
        type=Node.WARD,
        vintage=2025,
        stem="WD",
        kind="05",
        authority="LAD25CD",
    ),
    Areas(
        dataset="wards-2013",
        title="Electoral wards of 2013",
        type=Node.WARD,
        vintage=2013,
        stem="WD",
        kind="05",
        authority="LAD13CD",
    ),
    Areas(
        dataset="lsoa-2021",
        title="Lower layer super output areas of 2021",
        type=Node.LSOA,
        vintage=2021,
        stem="LSOA",
        kind="01",
        authority="LADCD_ACTIVE",
    ),
)


def every() -> tuple[Connector, ...]:
    """A connector for each set of boundaries."""
    return tuple(
        Connector(
            name=areas.dataset,
            title=areas.title,
            dataset=areas.dataset,
            licence="Open Government Licence v3.0, Office for National Statistics; contains OS data",
            marking=MARKING,
            parse=areas.parse,
            uniform=True,
            owner=HUB,
        )
        for areas in EVERY
    )


def _features(source: BinaryIO) -> list[Any]:
    document = json_text.document(source)
    if at(document, "type") != "FeatureCollection":
        raise FileRefused("the file is no GeoJSON FeatureCollection")
    if not str(at(document, "crs", "properties", "name") or "CRS84").endswith(("CRS84", "EPSG::4326")):
        raise FileRefused("the coordinates are not longitude and latitude (CRS84)")
    features = document["features"] if isinstance(at(document, "features"), list) else []
    if not features:
        raise FileRefused("the file holds no features")
    return features


def _geometry(geometry: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON that was not looked into yet
    kind = at(geometry, "type")
    if kind not in _DEPTHS:
        raise BadValue("the geometry is no Polygon or MultiPolygon")
    rings = at(geometry, "coordinates")
    try:
        for _ in range(_DEPTHS[kind]):
            rings = list(chain.from_iterable(rings))
        sound = bool(rings) and all(map(_is_ring, rings))
    except (TypeError, ValueError):
        sound = False
    if not sound:
        raise BadValue("the geometry has a ring that is not closed, or points beyond the globe")
    return {"type": kind, "coordinates": geometry["coordinates"]}


def _check_area(geometry: str) -> None:
    """Let in only what can be a map: one area that is none would keep every point from being placed."""
    try:
        area(geometry)
    except GeometryError as error:
        raise BadValue(str(error)) from error


def _is_ring(ring: list[list[float]]) -> bool:
    return (
        len(ring) >= _RING
        and ring[0] == ring[-1]
        and all(abs(longitude) <= _EAST and abs(latitude) <= _NORTH for longitude, latitude, *_ in ring)
    )
