"""What can be wrong with the rules by which people are alerted."""

from collections.abc import Iterator

from policies.alert_documents import DATASET, NOBODY, TYPE, Alert, Told, Tried
from policies.conditions import CASE_ROLES
from policies.corpus import Sourced
from policies.documents import Agreement
from policies.findings import Finding, unknown
from policies.lints import validity
from policies.lints.scope import Scope
from policies.rules import members
from policies.texts import Path, Text
from policies.vocabulary import AgencyType


def findings(
    scope: Scope, sources: tuple[Sourced[Alert], ...], agreements: tuple[Sourced[Agreement], ...]
) -> Iterator[Finding]:
    """Words that are not known, parts that never fit, and recipients whom no agreement shows an alert."""
    first: dict[str, str] = {}
    shown = [source.model for source in agreements if _shows_alerts(source.model)]
    for source in sources:
        alert, text = source.model, source.text
        file = first.setdefault(alert.id, text.file)
        if file != text.file:
            yield text.error(f"the id `{alert.id}` is taken by {file}", ("id",))
        yield from validity.findings(text, alert.valid, is_in_force=alert.status == "in_force", day=scope.day)
        yield from _trigger(source)
        yield from _pattern(source)
        yield from _recipients(scope, source, shown)
        if not alert.payload.tells_of:
            yield text.error("`tells_of` names nothing: nobody would know whom it is about", ("payload", "tells_of"))
        yield from _scenarios(scope, source)


def _trigger(source: Sourced[Alert]) -> Iterator[Finding]:
    trigger, text = source.model.trigger, source.text
    if not trigger.by:
        yield text.error("`by` names nothing: no change would wake it", ("trigger", "by"))
    if not trigger.causes:
        yield text.error("name ties, `involvement` or `person`: nothing would wake it", ("trigger",))
    for tie in trigger.ties:
        if tie not in source.model.pattern.ties:
            yield text.error(f"the pattern has no tie {tie}, so it wakes in vain", ("trigger", "ties"), tie)
    for tie in source.model.pattern.ties:
        if tie not in trigger.ties:
            yield text.warning(f"{tie} that comes later wakes nothing; name it in `trigger`", ("pattern", "ties"), tie)


def _pattern(source: Sourced[Alert]) -> Iterator[Finding]:
    pattern, text = source.model.pattern, source.text
    for name in ("ties", "case_types", "case_status", "roles"):
        if not getattr(pattern, name):
            yield text.error(f"`{name}` names nothing: it would never be raised", ("pattern", name))
    yield from _roles(text, ("pattern", "roles"), pattern.roles)


def _roles(text: Text, path: Path, roles: tuple[str, ...]) -> Iterator[Finding]:
    for role in roles:
        if role not in CASE_ROLES:
            yield text.error(unknown("role in a case", role, CASE_ROLES), path, role)


def _recipients(scope: Scope, source: Sourced[Alert], agreements: list[Agreement]) -> Iterator[Finding]:
    text = source.text
    if not source.model.recipients:
        yield text.error("`recipients` is empty: nobody is alerted", ("recipients",))
    for at, told in enumerate(source.model.recipients):
        path = ("recipients", at)
        yield from scope.strangers(text, path, [told.agency] if told.agency else [], scope.agencies)
        able = {code for code in scope.agencies if any(_reaches(scope, one, code) for one in agreements)}
        if told.lead_of is not None:
            if not any(DATASET in scope.agencies[code].datasets for code in able):
                message = f"no agency that brings `{DATASET}` is shown its own; grant `{TYPE}`, or it never arrives"
                yield text.error(message, path)
            continue
        for code in sorted(_named(scope, told)):
            if code not in able:
                message = f"no agreement in force shows {code} its own alerts; grant `{TYPE}`, or it never arrives"
                yield text.error(message, path)
            if DATASET not in scope.agencies[code].datasets:
                yield text.error(f"{code} does not bring the dataset `{DATASET}`; name it in agencies.yaml", path)


def _named(scope: Scope, told: Told) -> set[str]:
    if told.agency is not None:
        return {told.agency} & scope.agencies.keys()
    return {code for code, entry in scope.agencies.items() if entry.type is AgencyType.SCHOOL}


def _shows_alerts(agreement: Agreement) -> bool:
    return agreement.status == "in_force" and any(grant.type == TYPE for grant in agreement.grants)


def _reaches(scope: Scope, agreement: Agreement, code: str) -> bool:
    """Whether the flows of an agreement bring an agency what it owns."""
    return any(
        any(party.agency in {"own", code} for party in flow.from_)
        and any(code in members(recipient, scope.agencies) for recipient in flow.to if not recipient.everyone)
        for flow in agreement.flows
    )


def _scenarios(scope: Scope, source: Sourced[Alert]) -> Iterator[Finding]:
    """Words that are not known, and a rule of which nobody tried that it alerts somebody, or that it does not."""
    text, scenarios = source.text, source.model.scenarios
    if all(tried.alerted == NOBODY for tried in scenarios):
        yield text.error("no scenario says who is alerted", ("scenarios",))
    if all(tried.alerted != NOBODY for tried in scenarios):
        yield text.error("no scenario says when nobody is", ("scenarios",))
    for at, tried in enumerate(scenarios):
        path = ("scenarios", at)
        yield from _roles(text, path, (tried.found.role,))
        yield from scope.strangers(text, path, _agencies(tried), scope.agencies)
        if not tried.change.by or not tried.change.causes:
            yield text.error(
                "say how it changed and what: `by`, and ties, `involvement` or `person`", (*path, "change")
            )


def _agencies(tried: Tried) -> list[str]:
    found = tried.found
    named = [found.lead, *found.related, *((found.school,) if found.school is not None else ())]
    return named if tried.alerted == NOBODY else [*named, tried.alerted]
