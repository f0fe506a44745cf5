"""The register as the service exports it: one long row a school, not always under its own headings."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from connectors import cells
from connectors.base import Context
from connectors.errors import BadValue
from connectors.points import placed
from connectors.reading import Reading, unread
from connectors.schools import stating
from connectors.table import Layout, records
from graph.records import Reject, Row, Value

POINT = "Easting, Northing"
_DAYS = ("DD-MM-YYYY", "DD/MM/YYYY", "YYYY-MM-DD")
_STATUSES = frozenset({"Open", "Closed", "Open, but proposed to close", "Proposed to open"})
_ADDRESS = ("Street", "Locality", "Address3", "Town", "County (name)")
_OUTPUT_AREA = "LSOA (code)"
"""A column that older exports do not have."""
_ITSELF: tuple[tuple[str, str, Callable[[str], Value]], ...] = (
    ("name", "EstablishmentName", cells.text),
    ("schoolType", "TypeOfEstablishment (name)", cells.text),
    ("status", "EstablishmentStatus (name)", cells.text),
    ("openedOn", "OpenDate", lambda cell: cells.calendar(cell, _DAYS)),
    ("closedOn", "CloseDate", lambda cell: cells.calendar(cell, _DAYS)),
    ("phase", "PhaseOfEducation (name)", cells.text),
    ("lowestAge", "StatutoryLowAge", cells.integer),
    ("highestAge", "StatutoryHighAge", cells.integer),
    ("capacity", "SchoolCapacity", cells.integer),
)
_LAYOUT = Layout(
    columns=(
        *("URN", *(column for _, column, _ in _ITSELF), *_ADDRESS, "Postcode", "SchoolWebsite", "TelephoneNum"),
        *("AdministrativeWard (code)", "Easting", "Northing", "UPRN"),
    ),
    fallback="cp1252",
    surplus=True,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Columns that stand together, and those of them that show whether a row's values stand under their headings."""

    begins: str
    landmarks: tuple[tuple[str, Callable[[str], Value]], ...]
    read: Callable[[Reading, Context], dict[str, Value]]

    def lost(self, reading: Reading) -> str | None:
        """The first landmark that does not stand under its heading."""
        for column, read in self.landmarks:
            try:
                read(reading.record.cells.get(column, "").strip())
            except BadValue:
                return column
        return None


def rows(source: BinaryIO, context: Context) -> Iterator[Row]:
    """Give each row as a school in its premises.

    A row with more values than there are headings was written under others. It is read as far as its landmarks (a
    status, a postcode, a ward, an output area) stand where the headings say; the rest is set aside.
    """
    for record in records(source, _LAYOUT):
        yield unread(record) if isinstance(record, Reject) else _row(Reading(record), context)


def _row(reading: Reading, context: Context) -> Row:
    urn = reading.value("URN", cells.urn)
    if urn is None:
        return reading.refused("URN", "names no school, so the row has no key")
    values: dict[str, Value] = {}
    for part in _PARTS:
        if reading.record.surplus and (lost := part.lost(reading)) is not None:
            reason = f"the row has {reading.record.surplus} values too many: from {part.begins} on they are not read"
            if not values:
                return reading.refused(lost, reason)
            reading.set_aside(lost, reason, reading.record.cells.get(lost, ""))
            break
        values |= part.read(reading, context)
    facts = stating.facts(stating.school(context.owner, urn), values)
    return Row(line=reading.record.line, key=urn, facts=facts, rejects=tuple(reading.rejects))


def _itself(reading: Reading, _: Context) -> dict[str, Value]:
    return {name: value for name, column, read in _ITSELF if (value := reading.value(column, read)) is not None}


def _address(reading: Reading, _: Context) -> dict[str, Value]:
    lines = [reading.value(column, cells.text) for column in _ADDRESS]
    values = stating.address(lines, reading.value("Postcode", cells.postcode))
    if website := reading.value("SchoolWebsite", cells.website):
        values["website"] = website
    if phone := reading.value("TelephoneNum", _phone):
        values["phone"] = phone
    return values


def _point(reading: Reading, context: Context) -> dict[str, Value]:
    easting, northing = reading.cell("Easting"), reading.cell("Northing")
    if not easting and not northing:
        return {}
    try:
        point = context.degrees_of(cells.metres(easting), cells.metres(northing))
    except BadValue as error:
        reading.set_aside(POINT, str(error), f"{easting}, {northing}")
        return {}
    if point is None:
        reading.set_aside(POINT, "is no point of Great Britain on the National Grid", f"{easting}, {northing}")
        return {}
    return placed(point, context.ward_at(*point))


def _codes(reading: Reading, _: Context) -> dict[str, Value]:
    values: dict[str, Value] = {}
    if uprn := reading.value("UPRN", cells.uprn):
        values["uprn"] = uprn
    if _OUTPUT_AREA in reading.record.cells and (area := reading.value(_OUTPUT_AREA, cells.lsoa)):
        values["lsoa"] = area
    return values


def _phone(cell: str) -> str:
    """A number that a spreadsheet took for one has lost its first zero; every number here is British."""
    return cells.phone(f"0{cell}" if re.fullmatch(r"[1-9][0-9]{9}", cell) else cell)


def _status(cell: str) -> str:
    if cell not in _STATUSES:
        raise BadValue("is no status of the register")
    return cell


_PARTS = (
    Part(begins="EstablishmentName", landmarks=(("EstablishmentStatus (name)", _status),), read=_itself),
    Part(begins="Street", landmarks=(("Postcode", cells.postcode),), read=_address),
    Part(
        begins="Easting",
        landmarks=(("AdministrativeWard (code)", cells.ward), ("Easting", cells.metres), ("Northing", cells.metres)),
        read=_point,
    ),
    Part(begins="UPRN", landmarks=((_OUTPUT_AREA, cells.lsoa),), read=_codes),
)
