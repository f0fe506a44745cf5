"""What can be wrong with the rules by which people are alerted."""

from collections.abc import Iterator

from policies.alert_documents import Alert
from policies.conditions import CASE_ROLES
from policies.corpus import Sourced
from policies.documents import Agreement
from policies.findings import Finding, unknown
from policies.lints.scope import Scope
from policies.rules import members
from policies.vocabulary import AgencyType

DATASET = "alerts"
TYPE = "Alert"


def findings(
    scope: Scope, sources: tuple[Sourced[Alert], ...], agreements: tuple[Sourced[Agreement], ...]
) -> Iterator[Finding]:
    """Words that are not known, and recipients whom no agreement shows an alert: it would never arrive."""
    first: dict[str, str] = {}
    for source in sources:
        alert, text = source.model, source.text
        file = first.setdefault(alert.id, text.file)
        if file != text.file:
            yield text.error(f"the id `{alert.id}` is taken by {file}", ("id",))
        if alert.valid.from_ > alert.valid.until:
            yield text.error("it ends before it begins", ("valid", "until"))
        for name in ("ties", "case_types", "roles"):
            if not getattr(alert.pattern, name):
                yield text.error(f"`{name}` names nothing: it would never be raised", ("pattern", name))
        for role in alert.pattern.roles:
            if role not in CASE_ROLES:
                yield text.error(unknown("role in a case", role, CASE_ROLES), ("pattern", "roles"), role)
        if not alert.recipients:
            yield text.error("`recipients` is empty: nobody is alerted", ("recipients",))
        yield from _recipients(scope, source, agreements)


def _recipients(scope: Scope, source: Sourced[Alert], agreements: tuple[Sourced[Agreement], ...]) -> Iterator[Finding]:
    text = source.text
    schools = {code for code, entry in scope.agencies.items() if entry.type is AgencyType.SCHOOL}
    for at, told in enumerate(source.model.recipients):
        path = ("recipients", at)
        yield from scope.strangers(text, path, [told.agency] if told.agency else [], scope.agencies)
        for code in sorted(schools if told.agency is None else {told.agency} & scope.agencies.keys()):
            if not any(_shows(scope, one.model, code) for one in agreements):
                message = f"no agreement in force shows {code} its own alerts; grant `{TYPE}`, or it never arrives"
                yield text.error(message, path)
            if DATASET not in scope.agencies[code].datasets:
                yield text.error(f"{code} does not bring the dataset `{DATASET}`; name it in agencies.yaml", path)


def _shows(scope: Scope, agreement: Agreement, code: str) -> bool:
    """Whether an agreement shows an agency what it owns of that type."""
    if agreement.status != "in_force" or all(grant.type != TYPE for grant in agreement.grants):
        return False
    return any(
        any(party.agency in {"own", code} for party in flow.from_)
        and any(code in members(recipient, scope.agencies) for recipient in flow.to if not recipient.everyone)
        for flow in agreement.flows
    )
