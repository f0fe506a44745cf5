"""A case as people work on it: found, stated anew and recorded in."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from graph import casework
from graph.casework import DATASET, Target
from graph.records import LinkFact, Marking, NodeFact, Ref, Source, Value
from graph.vocabulary import CaseStatus, Node
from graph.work_vocabulary import EntryKind
from graph.writer import state
from policies.vocabulary import Protection
from resolvers.acting.acting import Acting
from resolvers.acting.inputs import Given
from resolvers.acting.refusals import conflict, locked

Said = Mapping[str, str | None]
"""What an entry says besides who did what, by the names of its fields."""
Case = Target | NodeFact
Marks = frozenset[Protection]
Facts = tuple[NodeFact, LinkFact]
"""What is recorded, and the link to the case."""
_NOTHING: Said = MappingProxyType({})
_UNMARKED: Marks = frozenset()
_STALE = "The case has changed since you read it."


async def find_case(acting: Acting, given: Given, act: str, *, is_kept_here: bool = True) -> Target:
    """Find the case of an input and ask for the act; raises Refused, also where it is kept in another system."""
    case = await acting.find(Node.CASE, given.values["id"], "input", "id")
    acting.require(act, Node.CASE, case)
    if is_kept_here and case.source.dataset != DATASET:
        raise locked()
    return case


async def restate(
    acting: Acting, case: Target, kind: EntryKind, values: Mapping[str, Any], said: Said = _NOTHING
) -> str:
    """State the case anew, one version on, and record who did it; its `owner` is the agency that leads it."""
    stated = {**case.properties, **values, "version": case.properties["version"] + 1}
    source = replace(case.source, owner=stated["owner"])
    fact = casework.case(source, case.marking, stated)
    made = entry(acting, fact, kind, said)
    await state(acting.change, (fact,), made, {fact.ref: case.held})
    return case.id


def entry(acting: Acting, case: Case, kind: EntryKind, said: Said = _NOTHING, protections: Marks = _UNMARKED) -> Facts:
    """Record who did what in a case."""
    done = {"kind": kind.value, "madeAt": acting.change.stamp.now, "author": acting.viewer.principal.subject}
    return record(acting, Node.CASE_ENTRY, case, {**done, **said}, protections)


def record(
    acting: Acting, kind: Node, case: Case, values: Mapping[str, Value | None], protections: Marks = _UNMARKED
) -> Facts:
    """Record something new in a case, as sensitive as that is."""
    source = Source(owner=acting.agency, dataset=DATASET, key=acting.change.stamp.chance(""))
    marking = Marking(sensitivity=case.marking.sensitivity, protections=protections)
    return casework.recorded(Ref(type=kind, source=source), case.ref, marking, values)


def require_version(acting: Acting, case: Target, given: Given) -> None:
    """Raise Refused where the case is not as it was read."""
    if given.values["version"] != case.properties["version"]:
        raise conflict(_STALE, version_of(acting, case))


def require_open(acting: Acting, case: Target) -> None:
    """Raise Refused where nobody works on the case any more."""
    if case.properties.get("status") != CaseStatus.OPEN:
        raise conflict("The case is not open.", version_of(acting, case))


def version_of(acting: Acting, case: Target) -> int | None:
    """The case's version, for those who are told it; one that was imported has none."""
    return case.properties.get("version") if acting.sees(Node.CASE, case, "version") else None
