"""Who is away, of all that people said of it."""

from datetime import UTC, datetime
from typing import Any

import pytest

from hub.work.absences import away, yesterday

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
LATE = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)


def said(person: str | None, first: str | None, last: str | None, at: int = 1) -> dict[str, Any]:
    stated = f"2026-11-{at:02}T09:00:00Z"
    return {"node": {"person": person, "fromDay": first, "untilDay": last, "standIn": "x", "statedAt": stated}}


@pytest.mark.parametrize(
    ("edges", "who"),
    [
        ([said("ann", "2026-11-20", "2026-11-24")], ["ann"]),
        ([said("ann", "2026-11-20", "2026-11-23")], []),
        ([said("ben", "2027-01-02", "2027-01-09"), said("ann", "2026-12-01", "2026-12-02")], ["ann", "ben"]),
        ([said("ann", "2026-11-23", "2026-11-23", 9), said("ann", "2026-11-20", "2026-12-09", 8)], []),
        ([said("ann", "2026-11-23", "2026-11-23", 7), said("ann", "2026-11-20", "2026-12-09", 8)], ["ann"]),
        (
            [said(None, "2026-11-20", "2026-12-09"), said("ann", None, "2026-12-09"), said("ben", "2026-11-20", None)],
            [],
        ),
    ],
)
def test_of_each_what_was_said_last_counts_until_it_is_over(edges: list[dict[str, Any]], who: list[str]) -> None:
    assert [one["person"] for one in away({"edges": edges}, NOON)] == who


def test_yesterday_is_that_of_london() -> None:
    assert (yesterday(NOON), yesterday(LATE)) == ("2026-11-23", "2026-07-01")
