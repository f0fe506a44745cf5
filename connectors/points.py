"""Points as values: where they are, and in which ward."""

from connectors import cells
from connectors.errors import BadValue
from connectors.reading import Reading
from graph.records import Value

POINT = "Longitude, Latitude"
Point = tuple[float, float]


def point(reading: Reading) -> Point | None:
    """The point of a record with columns of these names; None where it states none, or what it states was set aside."""
    longitude, latitude = reading.cell("Longitude"), reading.cell("Latitude")
    if not longitude and not latitude:
        return None
    try:
        return cells.degrees(longitude, 180), cells.degrees(latitude, 90)
    except BadValue as error:
        reading.set_aside(POINT, str(error), f"{longitude}, {latitude}")
        return None


def placed(where: Point, ward: str | None) -> dict[str, Value]:
    """A point by the names that nodes give its parts, and its ward where it lies in one that is known."""
    values: dict[str, Value] = {"longitude": where[0], "latitude": where[1]}
    if ward is not None:
        values["ward"] = ward
    return values
