"""What can be wrong with the criteria by which referrals are triaged, and with the calendar of their clocks."""

from collections.abc import Iterator

from policies.calendar import Calendar
from policies.corpus import Sourced
from policies.criteria_documents import Criteria
from policies.documents import Agreement, Flow, Grant
from policies.findings import Finding
from policies.lints import questionnaires
from policies.lints.scope import Scope
from policies.rules import members
from policies.vocabulary import ReferralRoute

TYPE = "Referral"
DATASET = "referrals"
NOWHERE = frozenset({ReferralRoute.INTELLIGENCE_ONLY, ReferralRoute.NO_FURTHER_ACTION})
MEETINGS = frozenset({ReferralRoute.NEIGHBOURHOOD_COORDINATION_MEETING, ReferralRoute.ASB_CASE_MANAGEMENT_MEETING})
"""Routes that the desk itself may take a referral: all others leave it, and reach somebody."""


def findings(
    scope: Scope,
    sources: tuple[Sourced[Criteria], ...],
    agreements: tuple[Sourced[Agreement], ...],
    calendar: Sourced[Calendar] | None,
) -> Iterator[Finding]:
    """Everything that can be said of each: routes on which one is lost, clocks beyond what the calendar knows."""
    yield from questionnaires.findings(sources, scope.day)
    for source in sources:
        yield from _clock(source, calendar)
        yield from _routes(scope, source, agreements)
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


def _routes(scope: Scope, source: Sourced[Criteria], agreements: tuple[Sourced[Agreement], ...]) -> Iterator[Finding]:
    routes, text = source.model.routes, source.text
    for route in ReferralRoute:
        path, reached = ("routes", route.value), routes.get(route)
        if reached is None:
            message = f"`routes` does not say whom {route} reaches; write agencies, `named` or `nobody`"
            yield text.error(message, ("routes",))
        elif route in NOWHERE and reached != "nobody":
            yield text.error(f"{route} is sent to nobody; write `nobody`", path)
        elif reached == () or (reached == "nobody" and route not in NOWHERE | MEETINGS):
            yield text.error(f"{route} reaches nobody: the referral would be lost; write agencies, or `named`", path)
        elif not isinstance(reached, str):
            yield from scope.strangers(text, path, reached, scope.agencies)
            for code in scope.agencies.keys() & set(reached):
                if not any(_shows(scope, one.model, code) for one in agreements):
                    message = f"no agreement in force shows {code} a referral of others; grant `{TYPE}`, or it is lost"
                    yield text.error(message, path, code)


def _shows(scope: Scope, agreement: Agreement, code: str) -> bool:
    """Whether an agreement shows an agency what others refer."""
    is_granted = any(grant.type == TYPE and _fits(grant) for grant in agreement.grants)
    return agreement.status == "in_force" and is_granted and any(_leads(scope, flow, code) for flow in agreement.flows)


def _fits(grant: Grant) -> bool:
    return not grant.when.dataset or DATASET in grant.when.dataset


def _leads(scope: Scope, flow: Flow, code: str) -> bool:
    is_of_others = any(party.agency not in {"own", code} for party in flow.from_)
    return is_of_others and any(code in members(one, scope.agencies) for one in flow.to if not one.everyone)


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
