"""The one clock: moments in UTC, and days as London has them, where agreements begin and end."""

from datetime import UTC, datetime

from policies.calendar import LONDON


def moment() -> datetime:
    """Now, in UTC."""
    return datetime.now(UTC)


def today() -> str:
    """The day in London, as `2026-11-24`."""
    return moment().astimezone(LONDON).date().isoformat()
