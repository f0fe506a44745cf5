"""How high people hold the risk to be, to or from somebody in a case."""

from collections.abc import Mapping, Sequence

from graph.assessments import current_assessments
from graph.casework import Target
from graph.facts import protections
from graph.records import LinkFact, NodeFact, Value
from graph.sheets import SHEETS
from graph.vocabulary import Link, Node
from graph.work_vocabulary import EntryKind, RiskReason, RiskStatus
from graph.writer import state
from policies.questionnaire import Misfit
from policies.risk_documents import RiskTemplate
from policies.vocabulary import Protection
from resolvers.acting.acting import Acting
from resolvers.acting.casework import entry, find_case, record, require_open
from resolvers.acting.deeds import Deed, of_one
from resolvers.acting.inputs import LONG, Given
from resolvers.acting.refusals import invalid, not_found

MOST = 100


async def _assess(acting: Acting, given: Given) -> str:
    """Record an assessment in the place of the one before it that has the same readers.

    Whoever is told of a protection because they are spared marks with it what they write of such a person, so that it
    reaches nobody else. Of others this cannot be done, or what they no longer see would tell of the protection.
    """
    case = await find_case(acting, given, "assessRisk", is_kept_here=False)
    person = await acting.find(Node.PERSON, given.values["person"], "input", "person")
    if not await acting.involvements(case, Node.PERSON, given.values["person"]):
        raise not_found("input", "person")
    require_open(acting, case)
    template = _template(acting, given)
    values = _values(acting, given, template)
    marks = acting.spared(map(Protection, protections(person.facts)))
    earlier = await current_assessments(acting.change, case, (given.values["person"], template.id), marks)
    assessment, recorded = record(acting, Node.RISK_ASSESSMENT, case, values, marks)
    said = entry(acting, case, EntryKind.RISK_ASSESSED, {"text": template.title}, marks)
    made = (assessment, recorded, _of(assessment, person), *said, _of(said[0], person))
    found = {case.ref: case.held, person.ref: person.held, **{one.ref: one.held for one in earlier}}
    await state(acting.change, [_superseded(acting, one) for one in earlier], made, found)
    return case.id


def _template(acting: Acting, given: Given) -> RiskTemplate:
    """Find the version in force of the template, and what of the answers does not fit it; raises Refused."""
    ident, answers = given.values["template"], given.values["answers"]
    in_force = (one for one in acting.snapshot.engine.risk if one.id == ident and one.applies(acting.viewer.day))
    template = next(in_force, None)
    if template is None:
        raise invalid([(("input", "template"), "is the id of a template in force")])
    wrong = [_misfit(one) for one in template.misfits([(one["question"], one["answer"]) for one in answers])]
    if wrong:
        raise invalid(wrong)
    return template


def _misfit(misfit: Misfit) -> tuple[Sequence[str], str]:
    place = () if misfit.at is None else (str(misfit.at), misfit.part)
    return ("input", "answers", *place), misfit.message


def _values(acting: Acting, given: Given, template: RiskTemplate) -> dict[str, Value | None]:
    answers = {one["question"]: one["answer"] for one in given.values["answers"]}
    came = template.assess(answers)
    return {
        "template": template.id,
        "templateVersion": template.version,
        "answers": [f"{question.key}={answers[question.key]}" for question in template.questions],
        "points": came.points,
        "scored": came.band.band.value,
        "band": given.values.get("band") or came.band.band.value,
        "reason": given.values["reason"],
        "why": given.text("why", LONG),
        "status": RiskStatus.CURRENT.value,
        "assessedAt": acting.change.stamp.now,
        "assessedBy": acting.viewer.principal.subject,
    }


def _of(fact: NodeFact, person: Target) -> LinkFact:
    """Whom an assessment is of, or the entry that tells of it: both are hidden with them."""
    return LinkFact(type=Link.ASSESSES, source=fact.source, marking=fact.marking, start=fact.ref, end=person.ref)


def _superseded(acting: Acting, earlier: Target) -> NodeFact:
    kind = Node.RISK_ASSESSMENT
    known = {name: earlier.properties[name] for name in SHEETS[kind] if name in earlier.properties}
    over = {"status": RiskStatus.SUPERSEDED.value, "supersededAt": acting.change.stamp.now}
    return NodeFact(type=kind, source=earlier.source, marking=earlier.marking, values=known | over)


def _check(given: Given) -> None:
    why, is_scored = given.text("why", LONG), given.values["reason"] == RiskReason.SCORE
    if len(given.values["answers"]) > MOST:
        given.refuse("answers", f"names {MOST} answers at the most")
    if is_scored and given.values.get("band") is not None:
        given.refuse("reason", "is another than the score where it is not the score's band")
    if not is_scored and why is None:
        given.refuse("why", "says why it is not the score")


DEEDS: Mapping[str, Deed] = {
    "assessRisk": Deed(act="assessRisk", node=Node.CASE, done="CaseChanged", check=_check, do=of_one(_assess)),
}
"""By the mutation's name in the contract."""
