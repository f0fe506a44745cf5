"""Clocks run in working hours: not at night, not at week-ends, not on bank holidays, and not beyond what is known."""

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.policies import read_policies
from policies.corpus import corpus

_SOURCE = corpus(read_policies(None)).calendar
assert _SOURCE is not None
CALENDAR = _SOURCE.model
moments = st.datetimes(datetime(2024, 1, 2), datetime(2028, 11, 30)).map(lambda one: f"{one.isoformat()}+00:00")  # noqa: DTZ001 - hypothesis draws naive ones


@pytest.mark.parametrize(
    ("since", "hours", "due"),
    [
        ("2026-11-24T10:00:00Z", 3, "2026-11-24T13:00:00Z"),
        ("2026-11-24T10:00:00Z", 7, "2026-11-24T17:00:00Z"),
        ("2026-11-24T10:00:00Z", 8, "2026-11-25T10:00:00Z"),
        # at night, and over a week-end
        ("2026-11-24T03:12:00Z", 1, "2026-11-24T10:00:00Z"),
        ("2026-11-27T16:30:00Z", 1, "2026-11-30T09:30:00Z"),
        ("2026-11-28T12:00:00Z", 8, "2026-11-30T17:00:00Z"),
        # Christmas on a Friday, and Boxing Day's substitute on the Monday
        ("2026-12-24T16:00:00Z", 2, "2026-12-29T10:00:00Z"),
        # in summer clocks in London are an hour ahead
        ("2026-07-01T08:00:00Z", 1, "2026-07-01T09:00:00Z"),
        ("2026-07-01T15:30:00Z", 1, "2026-07-02T08:30:00Z"),
        # the clocks go back between Friday and Monday
        ("2026-10-23T15:30:00Z", 1, "2026-10-26T09:30:00Z"),
        # what is not known is not guessed
        ("2028-12-29T16:30:00Z", 1, None),
        ("2023-12-29T12:00:00Z", 1, None),
        ("2031-01-01T12:00:00Z", 1, None),
    ],
)
def test_a_clock_runs_while_people_work(since: str, hours: int, due: str | None) -> None:
    assert CALENDAR.due(since, hours) == due


@given(moments, st.integers(1, 40))
def test_a_clock_ends_in_working_hours_and_later_for_more_of_them(since: str, hours: int) -> None:
    ends = [CALENDAR.due(since, each) for each in range(1, hours + 1)]
    assert all(earlier is not None and later is not None and earlier < later for earlier, later in pairwise(ends))
    for end in ends:
        assert end is not None
        assert datetime.fromisoformat(end) - datetime.fromisoformat(since) >= timedelta(hours=1)


@given(moments, st.integers(1, 20), st.integers(1, 20))
def test_hours_add_up(since: str, first: int, second: int) -> None:
    half = CALENDAR.due(since, first)
    assert half is not None
    assert CALENDAR.due(half, second) == CALENDAR.due(since, first + second)


def test_the_bank_holidays_are_those_that_the_rules_make() -> None:
    stated = [holiday.day for holiday in CALENDAR.holidays]
    assert stated == [day.isoformat() for year in range(2024, 2029) for day in bank_holidays(year)]


def bank_holidays(year: int) -> list[date]:
    """Those of England and Wales: what falls on a week-end is kept on the next weekday that is none."""
    easter = easter_sunday(year)
    days = [
        after_the_week_end(date(year, 1, 1)),
        easter - timedelta(days=2),
        easter + timedelta(days=1),
        monday_from(date(year, 5, 1)),
        monday_from(date(year, 5, 25)),
        monday_from(date(year, 8, 25)),
        after_the_week_end(date(year, 12, 25)),
    ]
    boxing_day = after_the_week_end(date(year, 12, 26))
    return [*days, boxing_day + timedelta(days=boxing_day == days[-1])]


def monday_from(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)


def after_the_week_end(day: date) -> date:
    return monday_from(day) if day.weekday() > 4 else day


def easter_sunday(year: int) -> date:
    """By Gauss's rule, as it holds from 1900 to 2099."""
    a, b, c = year % 19, year % 4, year % 7
    d = (19 * a + 24) % 30
    e = (2 * b + 4 * c + 6 * d + 5) % 7
    offset = 22 + d + e
    if (d == 29 and e == 6) or (d == 28 and e == 6 and a > 10):
        offset -= 7
    return date(year, 3, 1) + timedelta(days=offset - 1)
