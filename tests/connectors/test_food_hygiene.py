"""The real food-hygiene file against counts that were made without the hub."""

from collections import Counter

from graph.records import NodeFact, Row
from graph.vocabulary import Node
from tests.connectors import standard
from tests.support.oracles import HYGIENE_BY_WARD

ROWS, WITHOUT_POINT, ELSEWHERE, WITHOUT_POSTCODE = 5160, 1053, 29, 297


def test_every_row_is_kept_and_lies_in_the_ward_that_it_should() -> None:
    rows = standard.specimen("food-hygiene").rows()
    assert len(rows) == ROWS
    assert all(len(row.facts) == 3 for row in rows)
    wards = Counter(_establishment(row).values.get("ward") for row in rows)
    assert wards.pop(None) == WITHOUT_POINT + ELSEWHERE
    assert {_names()[str(code)]: count for code, count in wards.items()} == HYGIENE_BY_WARD


def test_points_outside_every_ward_are_set_aside_and_their_rows_kept() -> None:
    rows = [row for row in standard.specimen("food-hygiene").rows() if row.rejects]
    assert len(rows) == ELSEWHERE
    for row in rows:
        assert row.rejects[0].line == row.line
        assert row.rejects[0].column == "Longitude, Latitude"
        assert not {"latitude", "longitude", "ward"} & set(_establishment(row).values)
        assert "name" in _establishment(row).values


def test_postcodes_are_missing_where_the_file_has_none() -> None:
    rows = standard.specimen("food-hygiene").rows()
    assert sum("postcode" not in _establishment(row).values for row in rows) == WITHOUT_POSTCODE


def test_points_of_which_the_ward_is_known_lie_where_they_do() -> None:
    wards = standard.ward_map()
    assert _names()[wards.code_at(-0.1337, 51.5136) or ""] == "West End"
    assert _names()[wards.code_at(-0.1281, 51.5113) or ""] == "St James's"


def test_one_bad_value_costs_that_value_only() -> None:
    specimen = standard.specimen("food-hygiene")
    header, row, *_ = specimen.data.splitlines(keepends=True)
    (read,) = specimen.rows(header + row.replace(b"2019-11-19", b"19 Nov").replace(b",5,0,10,", b",five,0,10,"))
    assert [(reject.column, reject.reason) for reject in read.rejects] == [
        ("RatingDate", "is no date of the form YYYY-MM-DD or DD/MM/YYYY"),
        ("Hygiene", "is no whole number"),
    ]
    assert _establishment(read).values["confidenceScore"] == 10


def _establishment(row: Row) -> NodeFact:
    return next(fact for fact in row.facts if isinstance(fact, NodeFact) and fact.type is Node.ESTABLISHMENT)


def _names() -> dict[str, str]:
    facts = [fact for row in standard.specimen("wards-2025").rows() for fact in row.facts]
    return {fact.source.key: str(fact.values["name"]) for fact in facts if isinstance(fact, NodeFact)}
