"""Masks: how far a value is told. A closed set of pure functions, named by the rungs of ladders."""

import json
import math
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

_EDTF = re.compile(r"([0-9]{3})([0-9X])(?:-[0-9]{2}(?:-[0-9]{2})?)?")
_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?) ?(?:[0-9][A-Z]{2})?")
_METRES_PER_DEGREE = 111_320.0
_PAIR = 2


def full(value: Any) -> Any:  # noqa: ANN401 - a value of any field
    return value


def initials(value: Any) -> str | None:  # noqa: ANN401 - a value of any field
    """`Mary Ann` -> `M. A.`."""
    words = value.split() if isinstance(value, str) else []
    return " ".join(f"{word[0].upper()}." for word in words) or None


def decade(value: Any) -> str | None:  # noqa: ANN401 - a value of any field
    """`1987-03-12` -> `198X`."""
    found = _EDTF.fullmatch(value) if isinstance(value, str) else None
    return f"{found[1]}X" if found else None


def year(value: Any) -> str | None:  # noqa: ANN401 - a value of any field
    """`1987-03-12` -> `1987`."""
    found = _EDTF.fullmatch(value) if isinstance(value, str) else None
    return f"{found[1]}{found[2]}" if found else None


def postcode_district(value: Any) -> str | None:  # noqa: ANN401 - a value of any field
    """`SW1A 1AA` -> `SW1A`; anything that is not a postcode is not told."""
    found = _POSTCODE.fullmatch(value.strip().upper()) if isinstance(value, str) else None
    return found[1] if found else None


def present(value: Any) -> Any:  # noqa: ANN401 - a value of any field
    """That something is recorded, not what: `["KNIFE", "DOG"]` -> `["PRESENT"]`."""
    if value is None or value in ([], ""):
        return None
    return ["PRESENT"] if isinstance(value, list | tuple) else "PRESENT"


def point(value: Any) -> dict[str, Any] | None:  # noqa: ANN401 - a value of any field
    """`[lon, lat]` as a GeoJSON Point."""
    at = _position(value)
    return None if at is None else {"type": "Point", "coordinates": list(at)}


def grid_1km(value: Any) -> dict[str, Any] | None:  # noqa: ANN401 - a value of any field
    """The cell of about a kilometre that `[lon, lat]` lies in, as a GeoJSON Polygon."""
    return _cell(value, 1000.0)


def grid_100m(value: Any) -> dict[str, Any] | None:  # noqa: ANN401 - a value of any field
    """The cell of about 100 metres that `[lon, lat]` lies in, as a GeoJSON Polygon."""
    return _cell(value, 100.0)


def extent_1km(value: Any) -> dict[str, Any] | None:  # noqa: ANN401 - a value of any field
    """The cells of about a kilometre that the text of a GeoJSON Polygon reaches into, as one Polygon around them."""
    if not isinstance(value, str):
        return None
    ring = json.loads(value)["coordinates"][0]
    corners = [_cell([far(at) for at in zip(*ring, strict=True)], 1000.0) for far in (min, max)]
    edges = [at for cell in corners if cell is not None for at in cell["coordinates"][0]]
    (west, south), (east, north) = ([far(at) for at in zip(*edges, strict=True)] for far in (min, max))
    return {"type": "Polygon", "coordinates": [_ring(west, south, east, north)]}


def _position(value: Any) -> tuple[float, float] | None:  # noqa: ANN401 - a value of any field
    if not isinstance(value, list | tuple) or len(value) != _PAIR:
        return None
    if not all(isinstance(part, int | float) and math.isfinite(part) for part in value):
        return None
    return float(value[0]), float(value[1])


def _cell(value: Any, metres: float) -> dict[str, Any] | None:  # noqa: ANN401 - a value of any field
    """Rows are parallels of equal height; each row is cut into columns that are as wide as the row is high."""
    at = _position(value)
    if at is None:
        return None
    height = metres / _METRES_PER_DEGREE
    row = math.floor(at[1] / height)
    width = height / max(math.cos(math.radians((row + 0.5) * height)), 0.01)
    column = math.floor(at[0] / width)
    west, east = (round(edge * width, 6) for edge in (column, column + 1))
    south, north = (round(edge * height, 6) for edge in (row, row + 1))
    return {"type": "Polygon", "coordinates": [_ring(west, south, east, north)]}


def _ring(west: float, south: float, east: float, north: float) -> list[list[float]]:
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


MASKS: Mapping[str, Callable[[Any], Any]] = MappingProxyType(
    {
        "full": full,
        "initials": initials,
        "decade": decade,
        "year": year,
        "postcode_district": postcode_district,
        "postcode": full,
        "ward": full,
        "present": present,
        "point": point,
        "grid_1km": grid_1km,
        "grid_100m": grid_100m,
        "extent_1km": extent_1km,
    }
)
"""By rung. A position is told in full by `point`. Of what is absent, every mask tells nothing (None)."""
