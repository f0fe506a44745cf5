"""The register as a search of it lists schools: names and addresses in JSON."""

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from connectors import cells, json_text
from connectors.base import Context
from connectors.errors import FileRefused
from connectors.json_text import at
from connectors.reading import Reading
from connectors.schools import stating
from connectors.table import RAW_LIMIT, Record
from graph.records import Row, Value

_ADDRESS = ("street", "locality", "address3", "town")
_COLUMNS = ("urn", "name", *_ADDRESS, "postcode")


def rows(source: BinaryIO, context: Context) -> Iterator[Row]:
    """Give each record as a school in its premises; a row's line is the number of its record, from 1.

    The records tell a kind of link without the other school, which says nothing of either.
    """
    found = at(json_text.document(source), "records")
    if not isinstance(found, list) or not found:
        raise FileRefused("the file holds no list of records")
    if not any(isinstance(at(record, "urn"), str | int) for record in found):
        raise FileRefused("missing columns: no record has a urn")
    for number, record in enumerate(found, start=1):
        yield _row(_reading(number, record), context)


def _reading(number: int, record: Any) -> Reading:  # noqa: ANN401 - JSON that was not looked into yet
    values = {column: at(record, column) for column in _COLUMNS}
    read = {column: str(value) if isinstance(value, str | int) else "" for column, value in values.items()}
    return Reading(Record(line=number, cells=read, raw=json.dumps(record)[:RAW_LIMIT]))


def _row(reading: Reading, context: Context) -> Row:
    urn = reading.value("urn", cells.urn)
    if urn is None:
        return reading.refused("urn", "names no school, so the record has no key")
    lines = [reading.value(column, cells.text) for column in _ADDRESS]
    values: dict[str, Value] = stating.address(lines, reading.value("postcode", cells.postcode))
    if name := reading.value("name", cells.text):
        values["name"] = name
    facts = stating.facts(stating.school(context.owner, urn), values)
    return Row(line=reading.record.line, key=urn, facts=facts, rejects=tuple(reading.rejects))
