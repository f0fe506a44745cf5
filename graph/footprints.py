"""Footprints: the ground that a case is about, as somebody draws it on a map."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import shapely
from pyproj import Geod

from graph.geometry import AreaMap, GeometryError, area, is_position

MOST = 2_000
"""Points of a footprint at the most."""
LEEWAY = 1e-6
"""Degrees, some ten centimetres, by which a footprint may stand out of the area that it is to lie in."""
_EARTH = Geod(ellps="WGS84")


@dataclass(frozen=True, slots=True, kw_only=True)
class Footprint:
    """A polygon as GeoJSON text, its area in square metres, and the codes of the wards that it lies in."""

    geojson: str
    area: int
    wards: tuple[str, ...]

    @classmethod
    def of(cls, polygon: Mapping[str, Any], wards: AreaMap) -> "Footprint":
        """Measure a polygon without a fault; raises GeometryError for one that crosses itself or lies outside."""
        text = json.dumps({"type": "Polygon", "coordinates": polygon["coordinates"]})
        shape = area(text)
        ground = shapely.union_all(wards.tree.geometries).buffer(LEEWAY)
        if not ground.covers(shape):
            raise GeometryError("the footprint lies outside of the wards")
        square_metres = abs(_EARTH.geometry_area_perimeter(shapely.geometry.polygon.orient(shape))[0])
        near = wards.tree.query(shape, predicate="intersects")
        within = {wards.codes[at] for at in near if not wards.tree.geometries[at].touches(shape)}
        return cls(geojson=text, area=round(square_metres), wards=tuple(sorted(within)))


def fault(polygon: Mapping[str, Any]) -> str | None:
    """Say what a GeoJSON Polygon must be that something is not; only so far is it looked through as it may go on."""
    if polygon.keys() != {"type", "coordinates"} or polygon["type"] != "Polygon":
        return "is a GeoJSON Polygon"
    for at, position in enumerate(_positions(polygon["coordinates"]), start=1):
        if at > MOST:
            return f"has {MOST:,} points at the most"
        if not is_position(position):
            return "has points of a longitude and a latitude"
    return None


def _positions(rings: Any) -> Iterator[Any]:  # noqa: ANN401 - what the client wrote
    """Go through the points; what is in the place of a list of them is given as if it were one, and is none."""
    for ring in rings if isinstance(rings, list) else (rings,):
        yield from ring if isinstance(ring, list) else (ring,)
