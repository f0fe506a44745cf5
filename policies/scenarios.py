"""Scenarios: what an officer expects somebody to be shown, permitted and alerted of, and what the engine would do."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from policies import rehearsal
from policies.alert_documents import Alert
from policies.catalogue import POINTER, TypeEntry
from policies.classes import FactClass
from policies.conditions import ROLE
from policies.corpus import Sourced, corpus
from policies.documents import Expectation, RecordFacts, Scenario, Who
from policies.engine import Engine
from policies.phrases import NOTHING
from policies.questionnaire import AnyBand, AnyScenario, Questionnaire
from policies.shows import levels
from policies.view import Snapshot, View
from policies.viewer import ViewerClass

_MAY = {True: "may", False: "may not"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a scenario went; `differences` say what is so instead of what was expected."""

    file: str
    line: int
    name: str
    differences: tuple[str, ...]

    @property
    def passed(self) -> bool:
        return not self.differences


def run_scenarios(engine: Engine, texts: Mapping[str, str]) -> list[Outcome]:
    """Run every scenario of documents that the check has no errors in."""
    documents = corpus(texts)
    outcomes = [outcome for source in documents.criteria for outcome in _scored(source)]
    outcomes += [outcome for source in documents.risk for outcome in _scored(source)]
    outcomes += [outcome for source in documents.alerts for outcome in _rehearsed(engine, source)]
    for source in documents.scenarios:
        for at, scenario in enumerate(source.model.scenarios):
            who = source.model.viewers[scenario.who]
            outcome = Outcome(
                file=source.text.file,
                line=source.text.line(("scenarios", at)),
                name=scenario.name,
                differences=tuple(_differences(engine, who, scenario)),
            )
            outcomes.append(outcome)
    return outcomes


def _scored(source: Sourced[Questionnaire[AnyBand, AnyScenario]]) -> Iterator[Outcome]:
    """Answer questions as their own scenarios do; what a scenario says beside points is expected of the band."""
    for at, scenario in enumerate(source.model.scenarios):
        came = source.model.assess(scenario.answers)
        expected = scenario.model_dump(exclude={"name", "answers"})
        found = {"points": came.points, **came.band.model_dump(include=set(expected))}
        yield Outcome(
            file=source.text.file,
            line=source.text.line(("scenarios", at)),
            name=scenario.name,
            differences=tuple(
                f"{key}: expected {wanted}, is {found[key]}" for key, wanted in expected.items() if found[key] != wanted
            ),
        )


def _rehearsed(engine: Engine, source: Sourced[Alert]) -> Iterator[Outcome]:
    """Look whom a rule would alert of what its own scenarios suppose."""
    for at, tried in enumerate(source.model.scenarios):
        yield Outcome(
            file=source.text.file,
            line=source.text.line(("scenarios", at)),
            name=tried.name,
            differences=tuple(rehearsal.differences(engine, source.model, tried)),
        )


def _differences(engine: Engine, who: Who, scenario: Scenario) -> Iterator[str]:
    fact_class = str(_fact_class(scenario.record))
    viewer = ViewerClass(agency=who.agency, roles=frozenset(who.roles), purpose=who.purpose)
    snapshot = Snapshot(engine, frozenset({fact_class}))
    view = snapshot.view(viewer, scenario.record.type, who.day)
    mask = view.mask(fact_class, _facts(view, scenario.record))
    yield from _visibility(scenario.expect, mask)
    for field, wanted in _wanted(view.entry, scenario.expect).items():
        shown = view.entry.rung(mask, field)
        if shown != wanted:
            yield f"{field}: expected {_word(view.entry, field, wanted)}, is {_word(view.entry, field, shown)}"
    if scenario.record.type in engine.catalogue.acts:
        acts = snapshot.acts(viewer, scenario.record.type, who.day)
        yield from _acts(acts.entry, scenario.expect, acts.mask(fact_class, _facts(acts, scenario.record)))


def _acts(entry: TypeEntry, expect: Expectation, mask: int) -> Iterator[str]:
    for words, wanted in ((expect.may, True), (expect.may_not, False)):
        for act in words:
            if bool(mask & entry.top(act)) is not wanted:
                yield f"{act}: expected that they {_MAY[wanted]}, but they {_MAY[not wanted]}"


def _visibility(expect: Expectation, mask: int) -> Iterator[str]:
    found = "no" if not mask else "pointer" if mask == POINTER else "yes"
    is_met = {"yes": mask != 0, "no": mask == 0, "pointer": mask == POINTER}
    if expect.visible is not None and not is_met[expect.visible]:
        yield f"visible: expected {expect.visible}, is {found}"


def _wanted(entry: TypeEntry, expect: Expectation) -> dict[str, int]:
    named = levels(entry, expect.fields).rungs
    others = {} if expect.others is None else dict.fromkeys(entry.by_name, 0)
    return {**others, **named}


def _fact_class(record: RecordFacts) -> FactClass:
    marked = frozenset(record.marked)
    return FactClass(
        type=record.type,
        owner=record.owner,
        dataset=record.dataset,
        sensitivity=record.sensitivity,
        marked=marked,
        protections=marked.union(record.protections),
    )


def _facts(view: View, record: RecordFacts) -> tuple[bool | None, ...]:
    return tuple(_fact(record, condition) for condition in view.conditions)


def _fact(record: RecordFacts, condition: str) -> bool | None:
    if condition.startswith(ROLE):
        return None if record.role is None else record.role in condition.removeprefix(ROLE).split("+")
    found = {str(name): value for name, value in record.conditions.items()}.get(condition)
    return found if isinstance(found, bool) else None


def _word(entry: TypeEntry, field: str, rung: int) -> str:
    return entry.by_name[field].ladder[rung - 1] if rung else NOTHING
