"""Food hygiene ratings, as the Food Standards Agency publishes them for a council."""

from collections.abc import Callable, Iterator, Mapping
from typing import BinaryIO

from connectors import cells
from connectors.base import Connector, Context
from connectors.points import POINT, placed, point
from connectors.reading import Reading, unread
from connectors.table import Layout, records
from graph.records import LinkFact, Marking, NodeFact, Reject, Row, Source, Value
from graph.vocabulary import Link, Node
from policies.vocabulary import Sensitivity

DATASET = "food-hygiene"
MARKING = Marking(sensitivity=Sensitivity.OFFICIAL)
_LAYOUT = Layout(
    columns=(
        *("FHRSID", "BusinessName", "BusinessType"),
        *("AddressLine1", "AddressLine2", "AddressLine3", "AddressLine4", "PostCode"),
        *("RatingValue", "RatingDate", "Hygiene", "Structural", "ConfidenceInManagement", "Longitude", "Latitude"),
    )
)
_ADDRESS = ("AddressLine1", "AddressLine2", "AddressLine3", "AddressLine4")
_RATING: tuple[tuple[str, str, Callable[[str], Value]], ...] = (
    ("name", "BusinessName", cells.text),
    ("businessType", "BusinessType", cells.text),
    ("ratingValue", "RatingValue", cells.text),
    ("ratingDate", "RatingDate", lambda cell: cells.calendar(cell, ("YYYY-MM-DD", "DD/MM/YYYY"))),
    ("hygieneScore", "Hygiene", cells.integer),
    ("structuralScore", "Structural", cells.integer),
    ("confidenceScore", "ConfidenceInManagement", cells.integer),
)


def connector() -> Connector:
    return Connector(
        name=DATASET,
        title="Food hygiene ratings",
        dataset=DATASET,
        licence="Open Government Licence v3.0, Food Standards Agency",
        marking=MARKING,
        parse=parse,
        uniform=True,
        owner="council",
        places_points=True,
    )


def parse(source: BinaryIO, context: Context) -> Iterator[Row]:
    """Give each row as an establishment that occupies premises; a point outside every ward is set aside."""
    for record in records(source, _LAYOUT):
        yield unread(record) if isinstance(record, Reject) else _row(Reading(record), context)


def _row(reading: Reading, context: Context) -> Row:
    key = reading.cell("FHRSID")
    if not key.isdecimal():
        return reading.refused("FHRSID", "is no number, so the row has no key")
    rating = {name: value for name, column, read in _RATING if (value := reading.value(column, read)) is not None}
    place = _address(reading) | _point(reading, context)
    facts = _facts(Source(owner=context.owner, dataset=DATASET, key=key), rating, place)
    return Row(line=reading.record.line, key=key, facts=facts, rejects=tuple(reading.rejects))


def _facts(source: Source, rating: Mapping[str, Value], place: Mapping[str, Value]) -> tuple[NodeFact | LinkFact, ...]:
    premises = NodeFact(type=Node.PREMISES, source=source, marking=MARKING, values=place)
    establishment = NodeFact(type=Node.ESTABLISHMENT, source=source, marking=MARKING, values={**rating, **place})
    occupies = LinkFact(type=Link.OCCUPIES, source=source, marking=MARKING, start=establishment.ref, end=premises.ref)
    return premises, establishment, occupies


def _address(reading: Reading) -> dict[str, Value]:
    values: dict[str, Value] = {}
    if lines := [line.strip(" ,") for column in _ADDRESS if (line := reading.value(column, cells.text))]:
        values["address"] = ", ".join(lines)
    if postcode := reading.value("PostCode", cells.postcode):
        values["postcode"] = postcode
    return values


def _point(reading: Reading, context: Context) -> dict[str, Value]:
    where = point(reading)
    if where is None:
        return {}
    ward = context.ward_at(*where)
    if ward is None:
        reading.set_aside(POINT, "is a point that lies in no ward", f"{where[0]}, {where[1]}")
        return {}
    return placed(where, ward)
