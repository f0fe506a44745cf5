"""Who is away: of each what was said last, unless it is over."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from policies.calendar import LONDON


def away(absences: Mapping[str, Any], now: datetime) -> list[Mapping[str, Any]]:
    """Give of a list of absences those that hold today or later, as far as it is told of whom and when."""
    stated = sorted((edge["node"] for edge in absences["edges"]), key=lambda one: one["statedAt"] or "")
    last = {one["person"]: one for one in stated if one["person"] and one["fromDay"] and one["untilDay"]}
    today = now.astimezone(LONDON).date().isoformat()
    return sorted((one for one in last.values() if one["untilDay"] >= today), key=lambda one: one["fromDay"])


def yesterday(now: datetime) -> str:
    """The day that is said as the last one by whoever is back."""
    return (now.astimezone(LONDON) - timedelta(days=1)).date().isoformat()
