"""Working hours: which days and hours are worked, and when a number of them has passed."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field

from policies import phrases
from policies.documents import Document
from policies.phrases import Day

LONDON = ZoneInfo("Europe/London")
Weekday = Literal["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"]
WEEK: tuple[Weekday, ...] = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")


def _clock(value: str) -> str:
    if time.fromisoformat(value).strftime("%H:%M") != value:
        raise ValueError("write a time as 09:00")
    return value


Clock = Annotated[str, AfterValidator(_clock)]


class Reach(Document):
    """The days, both included, of which the calendar knows what they are."""

    from_: Annotated[Day, Field(alias="from")]
    until: Day


class Hours(Document):
    """From when until when is worked, as clocks in London show it."""

    from_: Annotated[Clock, Field(alias="from")]
    until: Clock


class Holiday(Document):
    """A day on which nobody works."""

    day: Day
    name: str


class Calendar(Document):
    """When is worked; beyond what it covers nothing is said."""

    source: str
    covers: Reach
    days: Annotated[tuple[Weekday, ...], BeforeValidator(phrases.listed)]
    hours: Hours
    holidays: tuple[Holiday, ...]

    def due(self, since: str, hours: int) -> str | None:
        """The moment (RFC 3339) at which so many working hours have passed since one; None beyond what it covers."""
        begun, left = datetime.fromisoformat(since).astimezone(LONDON), timedelta(hours=hours)
        for day in self._days(begun.date()):
            opens, closes = self._at(day, self.hours.from_), self._at(day, self.hours.until)
            starts = max(begun, opens)
            worked = max(closes - starts, timedelta(0))
            if left <= worked:
                return (starts + left).astimezone(ZoneInfo("UTC")).isoformat().replace("+00:00", "Z")
            left -= worked
        return None

    def _days(self, first: date) -> Iterator[date]:
        """The working days from one on, as far as the calendar knows them."""
        closed, last = {holiday.day for holiday in self.holidays}, date.fromisoformat(self.covers.until)
        day = first
        while self.covers.from_ <= day.isoformat() and day <= last:
            if WEEK[day.weekday()] in self.days and day.isoformat() not in closed:
                yield day
            day += timedelta(days=1)

    @staticmethod
    def _at(day: date, clock: str) -> datetime:
        return datetime.combine(day, time.fromisoformat(clock), tzinfo=LONDON)
