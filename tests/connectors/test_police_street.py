"""Street-level incidents: every row is kept, whatever it lacks, under a key that no order changes."""

import csv
import io
from collections import Counter
from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.records import NodeFact, Row
from graph.vocabulary import Node
from tests.connectors import standard

JANUARY, FEBRUARY = (f"police-street-city-of-london-2024-0{month}.csv" for month in (1, 2))
ROWS = {JANUARY: 734, FEBRUARY: 826}
WITHOUT_POINT = {JANUARY: 77, FEBRUARY: 62}
WITHOUT_CRIME_ID = {JANUARY: 12, FEBRUARY: 35}
MONTHS = pytest.mark.parametrize("file", [JANUARY, FEBRUARY])


def rows(data: bytes) -> list[Row]:
    return standard.specimen("police-street").rows(data)


def values(row: Row) -> dict[str, object]:
    (fact,) = row.facts
    assert isinstance(fact, NodeFact)
    assert fact.type is Node.INCIDENT
    return dict(fact.values)


@MONTHS
def test_every_row_is_one_incident_and_nothing_is_set_aside(file: str) -> None:
    read = rows(standard.shipped(file))
    assert len({row.key for row in read}) == len(read) == ROWS[file]
    assert not any(row.rejects for row in read)
    assert sum("crimeId" not in values(row) for row in read) == WITHOUT_CRIME_ID[file]
    nowhere = [values(row) for row in read if "longitude" not in values(row)]
    assert len(nowhere) == WITHOUT_POINT[file]
    assert {each["street"] for each in nowhere} == {"No Location"}
    assert not any({"ward", "lsoa", "latitude"} & set(each) for each in nowhere)


@MONTHS
def test_the_order_of_the_rows_changes_nothing(file: str) -> None:
    header, *lines = standard.shipped(file).splitlines(keepends=True)
    Random(5).shuffle(lines)  # noqa: S311 - an order, no secret
    shuffled = header + b"".join(lines)
    assert _by_key(shuffled) == _by_key(standard.shipped(file))


@given(
    st.lists(st.tuples(st.sampled_from(["", "c1", "c2"]), st.sampled_from(["", "open", "shut"])), max_size=12),
    st.randoms(),
)
def test_rows_that_agree_in_all_that_stays_are_as_many_incidents(pairs: list[tuple[str, str]], chance: Random) -> None:
    one = _by_key(_file(pairs))
    assert Counter(each.get("outcome", "") for each in one.values()) == Counter(outcome for _, outcome in pairs)
    chance.shuffle(pairs)
    assert _by_key(_file(pairs)) == one


def test_a_month_that_is_published_again_with_other_outcomes_has_the_same_keys() -> None:
    def later(cell: str) -> str:
        return "Offender given a caution" if cell == "Status update unavailable" else cell

    before, after = standard.shipped(JANUARY), _changed(JANUARY, "Last outcome category", later)
    assert before != after
    assert set(_by_key(before)) == set(_by_key(after))


def test_the_month_is_the_rows_and_not_the_files() -> None:
    both = standard.shipped(JANUARY) + standard.shipped(FEBRUARY).split(b"\n", 1)[1]
    months = Counter(values(row)["month"] for row in rows(both))
    assert months == {"2024-01": ROWS[JANUARY], "2024-02": ROWS[FEBRUARY]}
    assert len(_by_key(both)) == sum(ROWS.values())


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("Longitude", "east", "is no number of degrees"),
        ("Latitude", "91", "lies beyond 90 degrees"),
        ("LSOA code", "Camden 027B", "is no code of an output area (E01 or W01 and six digits)"),
    ],
)
def test_a_value_that_cannot_be_read_costs_no_incident(column: str, cell: str, reason: str) -> None:
    read = rows(_changed(JANUARY, column, lambda old: cell if old else old))
    assert len(read) == ROWS[JANUARY]
    assert all(row.facts for row in read)
    assert {reject.reason for row in read for reject in row.rejects} == {reason}


def test_a_row_without_a_month_is_set_aside_whole() -> None:
    read = rows(_changed(JANUARY, "Month", lambda _: "January"))
    assert not any(row.facts for row in read)
    assert {row.rejects[-1].reason for row in read} == {"is no month, so the row has no key"}


def test_a_point_beyond_the_wards_that_are_known_is_kept_and_placed_in_none() -> None:
    placed = Counter("ward" in values(row) for file in ROWS for row in rows(standard.shipped(file)))
    assert placed == {False: 1556, True: 4}, "of Westminster's wards alone"


def _by_key(data: bytes) -> dict[str | None, dict[str, object]]:
    return {row.key: values(row) for row in rows(data)}


def _file(pairs: list[tuple[str, str]]) -> bytes:
    header = standard.shipped(JANUARY).split(b"\n", 1)[0].decode()
    force = "City of London Police"
    lines = (f"{crime},2024-01,{force},{force},,,No Location,,,Other theft,{outcome}," for crime, outcome in pairs)
    return "\n".join((header, *lines, "")).encode()


def _changed(file: str, column: str, change: Callable[[str], str]) -> bytes:
    reader = csv.DictReader(io.StringIO(standard.shipped(file).decode("utf-8-sig")))
    written = io.StringIO()
    writer = csv.DictWriter(written, list(reader.fieldnames or ()), lineterminator="\n")
    writer.writeheader()
    writer.writerows({**row, column: change(row[column])} for row in reader)
    return written.getvalue().encode()
