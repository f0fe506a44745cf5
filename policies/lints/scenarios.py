"""What can be wrong with scenario tables."""

from collections.abc import Iterator

from policies.conditions import CASE_ROLES, is_defined
from policies.corpus import Sourced
from policies.documents import RecordFacts, Scenario, Scenarios
from policies.findings import Finding, unknown
from policies.lints.scope import Scope
from policies.shows import levels
from policies.texts import Path, Text


def findings(scope: Scope, source: Sourced[Scenarios]) -> Iterator[Finding]:
    """Viewers, records and expectations in words that are not known."""
    text = source.text
    for name, who in source.model.viewers.items():
        yield from scope.strangers(text, ("viewers", name), [who.agency], scope.agencies)
        yield from scope.misfits(text, ("viewers", name), who.agency, who.roles)
    for at, scenario in enumerate(source.model.scenarios):
        path = ("scenarios", at)
        if scenario.who not in source.model.viewers:
            yield text.error(unknown("viewer", scenario.who, source.model.viewers), (*path, "who"))
        yield from _record(scope, text, (*path, "record"), scenario.record)
        yield from _expected(scope, text, path, scenario)


def _record(scope: Scope, text: Text, path: Path, record: RecordFacts) -> Iterator[Finding]:
    yield from scope.strangers(text, (*path, "owner"), [record.owner], scope.owners())
    yield from scope.unheard(text, (*path, "dataset"), [record.dataset])
    if record.type not in scope.catalogue.types:
        yield text.error(unknown("type", record.type, scope.catalogue.types), (*path, "type"))
        return
    for condition in record.conditions:
        if not is_defined(record.type, condition):
            yield text.error(f"`{condition}` is not defined for {record.type}", path, condition)
    if record.role is not None and record.role not in CASE_ROLES:
        yield text.error(unknown("role in a case", record.role, CASE_ROLES), path, record.role)


def _expected(scope: Scope, text: Text, path: Path, scenario: Scenario) -> Iterator[Finding]:
    entry = scope.catalogue.types.get(scenario.record.type)
    if entry is not None:
        for word, message in levels(entry, scenario.expect.fields).problems:
            yield text.error(message, (*path, "expect"), word)
    yield from _acts(scope, text, path, scenario)
    if not scenario.expect.model_fields_set - {"fields"} and not scenario.expect.fields:
        yield text.error("`expect` expects nothing", (*path, "expect"))


def _acts(scope: Scope, text: Text, path: Path, scenario: Scenario) -> Iterator[Finding]:
    expect, type_name = scenario.expect, scenario.record.type
    entry = scope.catalogue.acts.get(type_name)
    known = () if entry is None else entry.by_name
    for act in (*expect.may, *expect.may_not):
        if act not in known:
            yield text.error(unknown(f"act on a {type_name}", act, known), (*path, "expect"), act)
    for act in expect.may:
        if act in expect.may_not:
            yield text.error(f"`{act}` is expected both ways", (*path, "expect"), act)
