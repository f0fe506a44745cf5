"""Ground on a sheet of paper: GeoJSON as the paths of an SVG, north up, with no map behind it."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.footprints import fault
from hub.work.errors import Unfit
from hub.work.outlines import outline

WIDTH = 1000
MARGIN = 0.4
"""How much of what lies around is shown, in parts of what is looked at."""
LEAST = 0.006
"""Degrees: some hundred metres, within which a single point is shown."""

Geometry = Mapping[str, Any]
Position = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet from its north-west corner on; `wide` is how long a degree of longitude is in degrees of latitude."""

    west: float
    north: float
    scale: float
    wide: float
    height: int

    @classmethod
    def around(cls, *geometries: Geometry | None) -> "Sheet | None":
        """Lay a sheet on which all of this has room; None for nothing."""
        positions = [at for geometry in geometries if geometry for line in lines(geometry) for at in line]
        if not positions:
            return None
        (west, east), (south, north) = (_widened(axis) for axis in zip(*positions, strict=True))
        wide = math.cos(math.radians((south + north) / 2))
        scale = WIDTH / ((east - west) * wide)
        return cls(west=west, north=north, scale=scale, wide=wide, height=math.ceil((north - south) * scale))

    def path(self, geometry: Geometry) -> str:
        """Write an area, or a line, as a path."""
        return " ".join("M" + " ".join(f"{x:g},{y:g}" for x, y in map(self.at, line)) + "Z" for line in lines(geometry))

    def at(self, position: Position) -> Position:
        """Where a point of the Earth lies on the sheet."""
        longitude, latitude = position
        x, y = (longitude - self.west) * self.wide * self.scale, (self.north - latitude) * self.scale
        return round(x, 1), round(y, 1)


def lines(geometry: Geometry) -> Iterator[list[Position]]:
    """The rings of an area, or a point as a line of its own."""
    coordinates = geometry["coordinates"]
    match geometry["type"]:
        case "Point":
            yield [tuple(coordinates)]
        case "Polygon":
            yield from coordinates
        case "MultiPolygon":
            for polygon in coordinates:
                yield from polygon


def sketch(text: str) -> Geometry | None:
    """What somebody drew so far, where it can be shown; whether the hub takes it is said when it is sent."""
    try:
        drawn = outline(text)
    except Unfit:
        return None
    return None if fault(drawn) or not any(lines(drawn)) else drawn


def newest(wards: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Those with the boundaries of the latest year."""
    known = [ward for ward in wards if ward["boundary"] and ward["vintage"]]
    latest = max((ward["vintage"] for ward in known), default=None)
    return [ward for ward in known if ward["vintage"] == latest]


def _widened(values: Sequence[float]) -> tuple[float, float]:
    least, most = min(values), max(values)
    around = max((most - least) * MARGIN, LEAST) / 2
    return least - around, most + around
