"""Pins: where something happens, as somebody points to it on a map."""

import math
from collections.abc import Mapping
from typing import Any

from graph.geometry import is_position
from graph.records import Value
from graph.wards import newest_wards
from resolvers.acting.acting import Acting
from resolvers.acting.inputs import Given
from resolvers.acting.refusals import invalid

_OUTSIDE = "is a point inside the area of the partnership"


async def place(acting: Acting, given: Given) -> dict[str, Value]:
    """Find the point of a pin and its ward, where there is a pin; raises Refused for one in no ward."""
    if given.values.get("pin") is None:
        return {}
    longitude, latitude = _position(given.values["pin"]) or (math.nan, math.nan)
    ward = (await newest_wards(acting.change.ask)).code_at(longitude, latitude)
    if ward is None:
        raise invalid([(("input", "pin"), _OUTSIDE)])
    return {"longitude": longitude, "latitude": latitude, "ward": ward}


def check_pin(given: Given) -> None:
    """Check that a pin, where there is one, is a point on Earth."""
    if given.values.get("pin") is not None and _position(given.values["pin"]) is None:
        given.refuse("pin", _OUTSIDE)


def _position(pin: Mapping[str, Any]) -> tuple[float, float] | None:
    """The longitude and latitude of a GeoJSON point; None where it is none."""
    if pin.keys() != {"type", "coordinates"} or pin["type"] != "Point":
        return None
    at = pin["coordinates"]
    return (float(at[0]), float(at[1])) if is_position(at) else None
