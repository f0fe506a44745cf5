"""The register of schools, row by row: what is read, and what is set aside for which reason."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from graph.records import LinkFact, NodeFact, Row
from graph.vocabulary import Link, Node
from tests.connectors import standard

RAGGED, WINDOWS, LISTING = (
    *("schools-register-ragged.csv", "schools-register-windows-1252.csv"),
    "schools-register-central-london.json",
)
SHIFTED = "the row has 15 values too many: from Street on they are not read"


def rows(data: str | bytes) -> list[Row]:
    """The rows of a shipped file, or of other bytes."""
    return standard.specimen("schools-register").rows(standard.shipped(data) if isinstance(data, str) else data)


def school(row: Row) -> dict[str, Any]:
    """What a row states of the school itself."""
    (fact,) = (fact for fact in row.facts if isinstance(fact, NodeFact) and fact.type is Node.SCHOOL)
    return dict(fact.values)


def test_of_the_ragged_file_the_even_rows_are_read_whole_and_the_others_as_far_as_they_can_be() -> None:
    read = rows(RAGGED)
    assert len(read) == 19
    assert [(row.line, *_reasons(row)) for row in read[:9]] == [(line,) for line in range(2, 11)]
    assert [(row.line, *_reasons(row)) for row in read[9:]] == [(line, ("Postcode", SHIFTED)) for line in range(11, 21)]
    itself = {"urn", "name", "schoolType", "status", "openedOn", "closedOn", "phase"}
    assert all(set(school(row)) <= itself | {"lowestAge", "highestAge", "capacity"} for row in read[9:])
    assert school(read[18]) == {
        "urn": "105135",
        "name": "St Paul's Academy",
        "schoolType": "Academy sponsor led",
        "status": "Open",
        "openedOn": "2005-09-01",
        "phase": "Secondary",
        "lowestAge": 11,
        "highestAge": 16,
        "capacity": 1200,
    }


def test_no_value_of_a_shifted_row_is_taken_for_another() -> None:
    for row in rows(RAGGED)[9:]:
        words = {value for fact in row.facts for value in fact.values.values()}
        assert not words & {"Ms", "Mr", "Mrs", "Principal"}
        assert not any(isinstance(fact, NodeFact) and fact.type is Node.PREMISES and fact.values for fact in row.facts)


def test_the_other_encoding_a_lost_zero_and_values_too_many_at_the_end_are_survived() -> None:
    read = rows(WINDOWS)
    assert [_reasons(row) for row in read[:3]] == [[], [], []]
    assert _reasons(read[3]) == [("LSOA (code)", "the row has 6 values too many: from UPRN on they are not read")]
    assert school(read[1])["name"] == "St Thomas à Becket Church of England Aided Primary School"
    last = school(read[3])
    assert (last["phone"], last["postcode"]) == ("+441706645522", "OL11 5EF")
    assert (last["longitude"], last["latitude"]) == pytest.approx((-2.1873, 53.6175), abs=1e-3)
    assert not {"uprn", "lsoa"} & set(last)


def test_the_listing_is_read_whole_and_says_what_the_export_says_of_the_same_schools() -> None:
    listed = {row.key: school(row) for row in rows(LISTING)}
    assert len(listed) == 200
    exported = {row.key: school(row) for row in rows(RAGGED)}
    both = sorted(set(listed) & set(exported), key=str)
    assert both == ["100000", "100001", "100002", "100003", "100008"]
    assert all(listed[urn]["postcode"] == exported[urn]["postcode"] for urn in both)


def test_a_school_occupies_premises_that_bear_its_place_and_nothing_else() -> None:
    row = rows(RAGGED)[0]
    premises, itself, occupies = row.facts
    assert isinstance(premises, NodeFact)
    assert isinstance(itself, NodeFact)
    assert isinstance(occupies, LinkFact)
    assert (occupies.type, occupies.start, occupies.end) == (Link.OCCUPIES, itself.ref, premises.ref)
    assert set(premises.values) == {"address", "postcode", "uprn", "longitude", "latitude"}
    assert premises.values["address"] == "St James's Passage, Duke's Place, London"


@pytest.mark.parametrize(
    ("changes", "column", "reason"),
    [
        ({"UPRN": "5.00E+06"}, "UPRN", "is no unique property reference number (up to twelve digits)"),
        ({"Easting": "0", "Northing": "0"}, "Easting, Northing", "is no point of Great Britain on the National Grid"),
        ({"Easting": "5270600"}, "Easting, Northing", "is no point of Great Britain on the National Grid"),
        ({"Easting": "Ms"}, "Easting, Northing", "is no number of metres"),
        ({"Northing": ""}, "Easting, Northing", "is no number of metres"),
        ({"Postcode": "London"}, "Postcode", "has not the form of a postcode"),
        ({"TelephoneNum": "12345"}, "TelephoneNum", "is no telephone number"),
        ({"SchoolWebsite": "javascript:alert(1)"}, "SchoolWebsite", "is no web address"),
        ({"SchoolWebsite": "Joanna"}, "SchoolWebsite", "is no web address"),
        ({"OpenDate": "31-02-2012"}, "OpenDate", "is no day of the calendar"),
        ({"StatutoryLowAge": "four"}, "StatutoryLowAge", "is no whole number"),
        ({"LSOA (code)": "Not applicable"}, "LSOA (code)", "is no code of an output area (E01 or W01 and six digits)"),
    ],
)
def test_one_value_that_cannot_be_read_is_set_aside_and_the_others_stand(
    changes: dict[str, str], column: str, reason: str
) -> None:
    whole, spoilt = school(rows(_made_up())[0]), rows(_made_up(**changes))[0]
    assert _reasons(spoilt) == [(column, reason)]
    assert school(spoilt).items() <= whole.items()


@pytest.mark.parametrize("urn", ["", "12345", "1000001", "012345", "URN"])
def test_a_row_without_a_reference_number_is_set_aside_whole(urn: str) -> None:
    row = rows(_made_up(URN=urn))[0]
    assert (row.facts, row.rejects[-1].reason) == ((), "names no school, so the row has no key")


@pytest.mark.parametrize(
    ("spoilt", "reasons"),
    [
        ({"EstablishmentStatus (name)": "3"}, [("EstablishmentStatus (name)", "from EstablishmentName on")]),
        ({"Postcode": ""}, [("Postcode", "from Street on")]),
        ({"AdministrativeWard (code)": "Church Street"}, [("AdministrativeWard (code)", "from Easting on")]),
        ({"Northing": "E05013794"}, [("Northing", "from Easting on")]),
        ({"LSOA (code)": ""}, [("LSOA (code)", "from UPRN on")]),
        ({"LSOA (code)": "E01004646"}, []),
    ],
)
def test_a_row_with_values_too_many_is_read_as_far_as_its_landmarks_stand(
    spoilt: dict[str, str], reasons: list[tuple[str, str]]
) -> None:
    header, row, *_ = _made_up(**spoilt).splitlines(keepends=True)
    (read,) = rows(header + row.rstrip(b"\n") + b",,\n")
    assert len(read.rejects) == len(reasons)
    for reject, (column, reason) in zip(read.rejects, reasons, strict=True):
        assert reject.column == column
        assert reason in reject.reason


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda text: text[:-30], "no JSON"),
        (lambda text: text.replace('"records"', '"schools"'), "no list of records"),
        (lambda text: text.replace('"urn"', '"id"'), "missing columns: no record has a urn"),
        (lambda _: '{"records": []}', "no list of records"),
        (lambda _: '{"records": {"urn": "100000"}}', "no list of records"),
        (lambda _: "[1, 2]", "no list of records"),
        (lambda _: "{", "no JSON"),
    ],
)
def test_json_that_is_no_listing_is_refused(spoil: Callable[[str], str], reason: str) -> None:
    text = standard.shipped(LISTING).decode("utf-8-sig")
    assert reason in standard.specimen("schools-register").refusal(spoil(text).encode())


def test_a_record_that_is_no_school_is_set_aside_and_the_others_stand() -> None:
    records: list[object] = [7, {"name": "No number"}, {"urn": 100_000, "name": None, "street": ["a"], "postcode": "?"}]
    one, two, three = rows(json.dumps({"records": records}).encode())
    assert (one.facts, two.facts) == ((), ())
    assert school(three) == {"urn": "100000"}
    assert _reasons(three) == [("postcode", "has not the form of a postcode")]


def _reasons(row: Row) -> list[tuple[str | None, str]]:
    return [(reject.column, reject.reason) for reject in row.rejects]


def _made_up(**changes: str) -> bytes:
    """The made-up register with other values in its first row."""
    header, row, *rest = standard.shipped("schools-register-made-up.csv").decode().splitlines()
    cells = dict(zip(header.split(","), row.split(","), strict=True)) | changes
    return "\n".join((header, ",".join(cells.values()), *rest, "")).encode()
