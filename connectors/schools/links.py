"""Which school took the place of which: the register's file of links."""

from collections.abc import Iterator
from typing import BinaryIO

from connectors import cells
from connectors.base import Connector, Context
from connectors.reading import Reading, unread
from connectors.schools import stating
from connectors.table import Layout, records
from graph.records import LinkFact, Reject, Row, Source, Value
from graph.vocabulary import Link
from policies.vocabulary import HUB

DATASET = "schools-links"
_LAYOUT = Layout(columns=("URN", "LinkURN", "LinkType", "LinkEstablishedDate"), fallback="cp1252")
_DAYS = ("DD/MM/YYYY", "DD-MM-YYYY", "YYYY-MM-DD")
_IS_SUCCESSOR = {"Successor": True, "Predecessor": False}
"""Whether the linked school is the later one of the two."""


def connector() -> Connector:
    return Connector(
        name=DATASET,
        title="Predecessors and successors of schools",
        dataset=DATASET,
        licence="Open Government Licence v3.0, Department for Education",
        marking=stating.MARKING,
        parse=parse,
        uniform=True,
        owner=HUB,
    )


def parse(source: BinaryIO, context: Context) -> Iterator[Row]:
    """Give each row as the link from a school to the one before it.

    The register states a pair from either side, in two rows: both are one link, named after the pair. The schools
    themselves come with the register; a link whose school is not there is kept out until it is.
    """
    for record in records(source, _LAYOUT):
        yield unread(record) if isinstance(record, Reject) else _row(Reading(record), context.owner)


def _row(reading: Reading, owner: str) -> Row:
    urn, linked = reading.value("URN", cells.urn), reading.value("LinkURN", cells.urn)
    if urn is None or linked is None or urn == linked:
        return reading.refused("LinkURN", "does not name two schools, so the row links nothing")
    role, _, kind = reading.cell("LinkType").partition(" - ")
    if role not in _IS_SUCCESSOR:
        return reading.refused("LinkType", "says nothing of one school that took another's place")
    later, earlier = (linked, urn) if _IS_SUCCESSOR[role] else (urn, linked)
    values: dict[str, Value] = {"kind": kind.strip()} if kind.strip() else {}
    if day := reading.value("LinkEstablishedDate", lambda cell: cells.calendar(cell, _DAYS)):
        values["on"] = day
    link = LinkFact(
        type=Link.SUCCEEDS,
        source=Source(owner=owner, dataset=DATASET, key=f"{later}/{earlier}"),
        marking=stating.MARKING,
        start=stating.school(owner, later),
        end=stating.school(owner, earlier),
        values=values,
    )
    key = f"{urn}/{linked}/{reading.cell('LinkType')}"
    return Row(line=reading.record.line, key=key, facts=(link,), rejects=tuple(reading.rejects))
