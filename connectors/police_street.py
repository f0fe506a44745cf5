"""Street-level crime and anti-social behaviour, as the police publish them on data.police.uk."""

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import BinaryIO

from connectors import cells
from connectors.base import Connector, Context
from connectors.occurrences import Occurrences
from connectors.points import placed, point
from connectors.reading import Reading, unread
from connectors.table import Layout, records
from graph.records import Marking, NodeFact, Reject, Row, Source, Value
from graph.vocabulary import Node
from policies.vocabulary import Sensitivity

DATASET = "police-street"
MARKING = Marking(sensitivity=Sensitivity.OFFICIAL)
_STEADY = (
    *("Month", "Crime ID", "Reported by", "Falls within", "Crime type"),
    *("Longitude", "Latitude", "Location", "LSOA code"),
)
_OUTCOME = "Last outcome category"
"""Changes when a month is published again."""
_LAYOUT = Layout(columns=(*_STEADY, _OUTCOME))
_VALUES: tuple[tuple[str, str, Callable[[str], Value]], ...] = (
    ("crimeId", "Crime ID", cells.text),
    ("category", "Crime type", cells.text),
    ("outcome", _OUTCOME, cells.text),
    ("street", "Location", cells.text),
    ("reportedBy", "Reported by", cells.text),
    ("fallsWithin", "Falls within", cells.text),
    ("lsoa", "LSOA code", cells.lsoa),
)


def connector() -> Connector:
    return Connector(
        name=DATASET,
        title="Street-level crime and anti-social behaviour",
        dataset=DATASET,
        licence="Open Government Licence v3.0, data.police.uk",
        marking=MARKING,
        parse=parse,
        uniform=True,
        owner="police",
        places_points=True,
    )


def parse(source: BinaryIO, context: Context) -> Iterator[Row]:
    """Give each row as an incident, those without a place too; a point beyond the wards that are known is no mistake.

    A row has no key of its own: anti-social behaviour has no crime id, and one crime may stand in several rows. Its
    key is its month, what stays of it when its outcome changes, and a number where several rows agree in that; so
    the file is read twice.
    """
    with closing(Occurrences()) as occurrences:
        for record in records(source, _LAYOUT):
            if not isinstance(record, Reject):
                occurrences.see(*_key(Reading(record)))
        for record in records(source, _LAYOUT):
            yield unread(record) if isinstance(record, Reject) else _row(Reading(record), context, occurrences)


def _row(reading: Reading, context: Context, occurrences: Occurrences) -> Row:
    month = reading.value("Month", lambda cell: cells.calendar(cell, ("YYYY-MM",)))
    if month is None:
        return reading.refused("Month", "is no month, so the row has no key")
    values: dict[str, Value] = {"month": month}
    if where := point(reading):
        values |= placed(where, context.ward_at(*where))
    for name, column, read in _VALUES:
        if (value := reading.value(column, read)) is not None:
            values[name] = value
    key = f"{month}/{occurrences.key(*_key(reading))}"
    source = Source(owner=context.owner, dataset=DATASET, key=key)
    incident = NodeFact(type=Node.INCIDENT, source=source, marking=MARKING, values=values)
    return Row(line=reading.record.line, key=key, facts=(incident,), rejects=tuple(reading.rejects))


def _key(reading: Reading) -> tuple[list[str], str]:
    return [reading.cell(column) for column in _STEADY], reading.cell(_OUTCOME)
