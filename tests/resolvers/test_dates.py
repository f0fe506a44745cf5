"""Moments that a client compares with, beside those that are stored."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolvers.dates import compared_moment
from resolvers.errors import InputRefused

MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1))  # noqa: DTZ001 - in UTC, as it is written


def stored(moment: datetime) -> str:
    """As `hub.stamps` writes it."""
    return moment.replace(tzinfo=UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@given(MOMENTS)
def test_what_was_read_is_found_by_the_moment_that_it_tells(moment: datetime) -> None:
    told = stored(moment)
    assert compared_moment("gte", told) <= told <= compared_moment("lte", told)


@given(MOMENTS, st.integers(1, 5_000))
def test_what_is_a_second_or_more_beyond_is_not_found(moment: datetime, later: int) -> None:
    told, other = stored(moment), stored(moment + timedelta(seconds=1, milliseconds=later))
    assert told < compared_moment("gte", other)
    assert other > compared_moment("lte", told)


@pytest.mark.parametrize("told", ["2026-11-24T09:00:00Z", "2026-11-24T09:00:00.000Z", "2026-11-24T09:00:00.250Z"])
def test_a_whole_second_is_compared_with_all_of_it_however_exactly_that_is_stored(told: str) -> None:
    assert compared_moment("gte", "2026-11-24T10:00:00+01:00") <= told <= compared_moment("lte", "2026-11-24T09:00:00Z")


@pytest.mark.parametrize("text", ["yesterday", "2026-11-24T09:00:00", "0001-01-01T00:00:00+01:00"])
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(InputRefused):
        compared_moment("gte", text)
