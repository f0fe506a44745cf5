"""Ground as somebody writes it: GeoJSON, also within what programs for maps write around it."""

from typing import Any

import orjson

from hub.work.errors import Unfit


def outline(text: str) -> dict[str, Any]:
    """Read a geometry, of which the hub says whether it can be ground; raises Unfit."""
    try:
        return _geometry(orjson.loads(text))
    except orjson.JSONDecodeError as error:
        raise Unfit(footprint="is GeoJSON") from error


def _geometry(drawn: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever somebody pasted
    match drawn:
        case {"type": "FeatureCollection", "features": [feature]}:
            return _geometry(feature)
        case {"type": "Feature", "geometry": geometry}:
            return _geometry(geometry)
        case dict():
            return drawn
    raise Unfit(footprint="is a GeoJSON Polygon")
