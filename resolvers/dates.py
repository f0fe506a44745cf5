"""Dates and moments that a client compares with: how far each tells, and how it is compared."""

import re
from datetime import UTC, datetime

from graph.plan import Operator
from resolvers.errors import InputRefused

_DECADE = re.compile(r"\d{3}X")
_YEAR = re.compile(r"\d{4}")
_MONTH = re.compile(r"\d{4}-\d{2}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_DAY_OPERATORS = {"gte": Operator.FROM_DAY, "lte": Operator.UNTIL_DAY}


def compared_date(operator: str, text: str) -> tuple[Operator, str, str]:
    """Say how to compare a date, with what, and which rung the operand tells; raises InputRefused."""
    if _DAY.fullmatch(text):
        return _DAY_OPERATORS.get(operator, Operator.EQUALS), text, "full"
    if operator != "eq":
        raise InputRefused("`gte` and `lte` compare full dates, `2026-11-24`")
    if _MONTH.fullmatch(text):
        return Operator.STARTS_WITH, text, "full"
    if _YEAR.fullmatch(text):
        return Operator.STARTS_WITH, text, "year"
    if _DECADE.fullmatch(text):
        return Operator.STARTS_WITH, text[:3], "decade"
    raise InputRefused("a date is written `198X`, `1987`, `1987-03` or `1987-03-12`")


def compared_moment(operator: str, text: str) -> str:
    """Write a moment so that it compares with those that are stored; raises InputRefused for one without an offset.

    These are texts in UTC, with a fraction of the second or without. So a moment is compared as exactly as it is
    written: its text without the `Z` comes before all that its last digit covers, and with the `Z` after it.
    """
    moment = _in_utc(text)
    if moment is None:
        raise InputRefused("a moment is written with its offset, `2026-11-24T09:00:00Z`")
    exact = moment.replace(tzinfo=None).isoformat(timespec="milliseconds" if moment.microsecond else "seconds")
    return exact if operator == "gte" else f"{exact}Z"


def _in_utc(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
        return None if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def require_months(*texts: str) -> None:
    """Refuse what is not a month; raises InputRefused."""
    if not all(map(_MONTH.fullmatch, texts)):
        raise InputRefused("a month is written `2024-01`")
