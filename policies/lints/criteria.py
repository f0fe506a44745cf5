"""What can be wrong with the criteria by which referrals are triaged, and with the calendar of their clocks."""

from collections.abc import Iterator

from policies.calendar import Calendar
from policies.corpus import Sourced
from policies.criteria_documents import Criteria
from policies.findings import Finding
from policies.lints import questionnaires
from policies.lints.scope import Scope


def findings(
    scope: Scope, sources: tuple[Sourced[Criteria], ...], calendar: Sourced[Calendar] | None
) -> Iterator[Finding]:
    """Everything that can be said of each, and clocks that run beyond what the calendar knows."""
    yield from questionnaires.findings(sources, scope.day)
    for source in sources:
        yield from _clock(source, calendar)
    if calendar is not None:
        yield from _calendar(calendar)


def _clock(source: Sourced[Criteria], calendar: Sourced[Calendar] | None) -> Iterator[Finding]:
    criteria, text = source.model, source.text
    if criteria.target_hours < 1:
        yield text.error("a referral cannot be triaged in no time", ("target_hours",))
    elif calendar is None:
        yield text.error("no calendar.yaml says which hours are worked", ("target_hours",))
    elif calendar.model.due(f"{criteria.valid.from_}T00:00:00Z", criteria.target_hours) is None:
        message = f"calendar.yaml begins on {calendar.model.covers.from_}; what is received before has no clock"
        yield text.error(message, ("valid", "from"))
    elif calendar.model.due(f"{criteria.valid.until}T23:59:59Z", criteria.target_hours) is None:
        message = f"calendar.yaml ends on {calendar.model.covers.until}: what is received on the last day has no clock"
        yield text.error(message, ("valid", "until"))


def _calendar(source: Sourced[Calendar]) -> Iterator[Finding]:
    calendar, text, seen = source.model, source.text, set[str]()
    if not calendar.days:
        yield text.error("`days` names nothing: no hour would ever pass", ("days",))
    if calendar.hours.from_ >= calendar.hours.until:
        yield text.error("the working day ends before it begins", ("hours", "until"))
    if calendar.covers.from_ > calendar.covers.until:
        yield text.error("it ends before it begins", ("covers", "until"))
    for at, holiday in enumerate(calendar.holidays):
        path = ("holidays", at)
        if not calendar.covers.from_ <= holiday.day <= calendar.covers.until:
            yield text.error(f"{holiday.day} lies outside of what the calendar covers", path, holiday.day)
        if holiday.day in seen:
            yield text.error(f"{holiday.day} is named twice", path, holiday.day)
        seen.add(holiday.day)
