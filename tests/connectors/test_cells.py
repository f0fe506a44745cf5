"""What a cell must look like, kind by kind."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors import cells
from connectors.errors import BadValue
from graph.records import Value

FORMS = ("YYYY-MM-DD", "DD/MM/YYYY", "MM/YYYY", "YYYY-MM", "YYYY")


@pytest.mark.parametrize(
    ("read", "cell", "value"),
    [
        (cells.text, " a \n b\t c ", "a b c"),
        (cells.integer, "-12", -12),
        (cells.phone, "07700 900123", "+447700900123"),
        (cells.phone, "(020) 7946-0123", "+442079460123"),
        (cells.phone, "+44 (0)7700 900123", "+447700900123"),
        (cells.phone, "0044 7700 900123", "+447700900123"),
        (cells.phone, "+33 1 99 00 12 34", "+33199001234"),
        (cells.email, "Someone@Example.ORG", "someone@example.org"),
        (cells.postcode, "w1d4cv", "W1D 4CV"),
        (cells.postcode, "SW1A  1AA", "SW1A 1AA"),
        (cells.ward, "E05013808", "E05013808"),
        (cells.uprn, "000010033", "10033"),
        (cells.nhs_number, "999 000 0018", "9990000018"),
        (cells.national_insurance_number, "qq 12 34 56 c", "QQ123456C"),
    ],
)
def test_a_cell_is_read_in_one_spelling(read: Callable[[str], Value], cell: str, value: Value) -> None:
    assert read(cell) == value


@pytest.mark.parametrize(
    ("read", "cell"),
    [
        (cells.text, "a\x07b"),
        (cells.text, "x" * 5000),
        (cells.integer, "1.5"),
        (cells.integer, "١٢"),
        (cells.integer, "1" * 40),
        (cells.phone, "12345"),
        (cells.phone, "ask her sister"),
        (cells.phone, "07700 900123 or 07700 900124"),
        (cells.email, "someone at example.org"),
        (cells.email, "a@b"),
        (cells.postcode, "NOT KNOWN"),
        (cells.postcode, "W1D"),
        (cells.ward, "West End"),
        (cells.ward, "E0501380٨"),
        (cells.uprn, "5.00E+06"),
        (cells.uprn, "000"),
        (cells.nhs_number, "999 000 0019"),
        (cells.nhs_number, "99900000"),
        (cells.national_insurance_number, "QQ123456E"),
    ],
)
def test_a_cell_that_cannot_be_read_is_not_quoted(read: Callable[[str], Value], cell: str) -> None:
    with pytest.raises(BadValue) as refused:
        read(cell)
    assert cell not in str(refused.value)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2010-09-03", "2010-09-03"),
        ("3/9/2010", "2010-09-03"),
        ("09/2010", "2010-09"),
        ("2010-09", "2010-09"),
        ("2010", "2010"),
    ],
)
def test_a_date_is_as_exact_as_it_is_written(cell: str, expected: str) -> None:
    assert cells.calendar(cell, FORMS) == expected


@pytest.mark.parametrize("cell", ["31/02/2010", "2010-13", "0210-01-01", "3 Sep 2010", "2010-9-3", "٢٠١٠", "1"])
def test_what_is_no_day_is_no_date(cell: str) -> None:
    with pytest.raises(BadValue):
        cells.calendar(cell, FORMS)


@given(st.dates(date(1850, 1, 1), date(2100, 12, 31)))
def test_every_day_is_read_in_each_form(day: date) -> None:
    assert cells.calendar(day.isoformat(), FORMS) == day.isoformat()
    assert cells.calendar(day.strftime("%d/%m/%Y"), ("DD/MM/YYYY",)) == day.isoformat()
    assert cells.calendar((day - timedelta(0)).strftime("%Y%m%d"), ("YYYYMMDD",)) == day.isoformat()


@given(st.integers(0, 999_999_999), st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_is_always_found_in_an_nhs_number(number: int, place: int, change: int) -> None:
    digits = f"{number:09d}"
    check = cells.nhs_check(digits)
    if check > 9:
        return
    wrong = f"{digits[:place]}{(int(digits[place]) + change) % 10}{digits[place + 1 :]}"
    assert cells.nhs_number(f"{digits}{check}") == f"{digits}{check}"
    with pytest.raises(BadValue):
        cells.nhs_number(f"{wrong}{check}")


@pytest.mark.parametrize(
    "read", [cells.text, cells.integer, cells.phone, cells.email, cells.postcode, cells.ward, cells.uprn]
)
@given(cell=st.text(max_size=30))
def test_reading_what_was_read_changes_nothing(read: Callable[[str], Value], cell: str) -> None:
    try:
        value = read(cell)
    except BadValue:
        return
    assert read(str(value)) == value
