"""A judgement by criteria: what the answers propose, and what the officer decides."""

from collections.abc import Iterator

from graph.records import Value
from policies.criteria_documents import Criteria
from policies.questionnaire import Misfit
from resolvers.acting.acting import Acting
from resolvers.acting.inputs import LONG, Given
from resolvers.acting.refusals import Path, invalid


def criteria_of(acting: Acting, given: Given) -> Criteria:
    """Find the criteria in force by which it is judged; raises Refused."""
    in_force = (one for one in acting.snapshot.engine.criteria if one.applies(acting.viewer.day))
    found = next((one for one in in_force if one.id == given.values["criteria"]), None)
    if found is None:
        raise invalid([(("input", "criteria"), "is the id of criteria in force")])
    return found


def judgement(criteria: Criteria, given: Given) -> dict[str, Value | None]:
    """Count the answers, and record them with what they propose beside what is decided; raises Refused."""
    pairs = [(answer["question"], answer["answer"]) for answer in given.values["answers"]]
    if wrong := list(_wrong(criteria.misfits(pairs))):
        raise invalid(wrong)
    answers = dict(pairs)
    came, route, reason = criteria.assess(answers), given.values["route"], given.text("reason", LONG)
    is_override = route != came.band.route
    if is_override and reason is None:
        raise invalid([(("input", "reason"), "says why another route than the proposed one is taken")])
    return {
        "criteria": criteria.id,
        "criteriaVersion": criteria.version,
        "questions": list(answers),
        "answers": list(answers.values()),
        "points": came.points,
        "band": came.band.band,
        "proposedRoute": came.band.route.value,
        "proposedReason": came.band.reason,
        "route": route,
        "isOverride": is_override,
        "reason": reason,
    }


def _wrong(misfits: Iterator[Misfit]) -> Iterator[tuple[Path, str]]:
    for misfit in misfits:
        place = () if misfit.at is None else (str(misfit.at), misfit.part)
        yield ("input", "answers", *place), misfit.message
