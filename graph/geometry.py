"""Where points lie."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import shapely
from shapely import STRtree
from shapely.errors import GEOSException
from shapely.geometry.base import BaseGeometry

from graph.errors import GraphError

AREAS = frozenset({"Polygon", "MultiPolygon"})


class GeometryError(GraphError):
    """A text that is no area, or no valid one."""


def area(geojson: str) -> BaseGeometry:
    """The polygon or polygons of a GeoJSON geometry in WGS84.

    Raises GeometryError for anything else, for rings that cross themselves and for points that are not on Earth.
    """
    try:
        shape = shapely.from_geojson(geojson)
    except (GEOSException, ValueError, TypeError) as error:
        raise GeometryError("the text is no GeoJSON geometry") from error
    if shape is None or shape.geom_type not in AREAS or shape.is_empty:
        raise GeometryError("the geometry is no area")
    if not shape.is_valid:
        raise GeometryError(f"the area is not valid: {shapely.is_valid_reason(shape)}")
    west, south, east, north = shape.bounds
    if not is_on_earth(west, south) or not is_on_earth(east, north):
        raise GeometryError("the area is not in degrees of longitude and latitude")
    return shape


def is_on_earth(longitude: float, latitude: float) -> bool:
    """Whether the numbers are degrees of WGS84."""
    return -180 <= longitude <= 180 and -90 <= latitude <= 90  # noqa: PLR2004 - the bounds of the Earth


def is_position(value: Any) -> bool:  # noqa: ANN401 - what a client wrote
    """Whether something is a GeoJSON position on Earth: two numbers, the longitude first."""
    match value:
        case [longitude, latitude] if {type(longitude), type(latitude)} <= {int, float}:
            return is_on_earth(longitude, latitude)
    return False


@dataclass(frozen=True, slots=True)
class AreaMap:
    """Areas by what they cover."""

    codes: tuple[str, ...]
    tree: STRtree

    @classmethod
    def of(cls, areas: Iterable[tuple[str, str]]) -> "AreaMap":
        """A map of (code, GeoJSON text); raises GeometryError."""
        pairs = sorted(areas)
        return cls(codes=tuple(code for code, _ in pairs), tree=STRtree([area(text) for _, text in pairs]))

    def code_at(self, longitude: float, latitude: float) -> str | None:
        """The code of the area that covers the point, the first one where two share their border."""
        hits = self.tree.query(shapely.Point(longitude, latitude), predicate="covered_by")
        return min((self.codes[index] for index in hits), default=None)
