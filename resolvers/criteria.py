"""The criteria of triage, for those who may triage by them."""

from typing import Any

from graph.facts import Claim
from graph.referring import ORDINARY
from graph.vocabulary import Node
from policies.criteria_documents import Criteria
from policies.questionnaire import Question
from policies.view import Snapshot
from policies.vocabulary import ReferralRoute, Sensitivity
from resolvers.branch import Tree, project
from resolvers.operation import Answer, Operation
from resolvers.planning import Planner
from resolvers.reading import Reader
from resolvers.selection import Selected

ACT = "triage"


def plan_triage_criteria(operation: Operation, selected: Selected) -> Answer:
    """Plan the criteria in force: all of them, or none for who may triage nobody's referrals."""
    planner = operation.planner
    planner.touch(Node.REFERRAL.value, "id")
    in_force = [one for one in planner.snapshot.engine.criteria if one.applies(planner.day)]
    told = [_told(one) for one in in_force] if _may_triage(planner) else []

    async def answer(_reader: Reader) -> list[Tree]:
        trees: list[Tree] = project(planner.selection, selected, told)
        return trees

    return answer


def _may_triage(planner: Planner) -> bool:
    """Whether the agreements let this viewer triage any agency's referrals, be there some or none."""
    engine = planner.snapshot.engine
    classes = frozenset(
        Claim(type=Node.REFERRAL, owner=code, dataset=ORDINARY, sensitivity=Sensitivity.OFFICIAL, marked=()).under(())
        for code in engine.agencies
    )
    acts = Snapshot(engine, classes).acts(planner.viewer, Node.REFERRAL.value, planner.day)
    holding = [True] * len(acts.conditions)
    return any(acts.mask(facts, holding) & acts.entry.top(ACT) for facts in classes)


def _told(criteria: Criteria) -> Tree:
    return {
        "id": criteria.id,
        "version": criteria.version,
        "title": criteria.title,
        "validUntil": criteria.valid.until,
        "targetHours": criteria.target_hours,
        "questions": [_asked(question) for question in criteria.questions],
        "bands": [
            {"band": one.band, "least": one.from_, "most": one.to, "route": one.route.value, "reason": one.reason}
            for one in criteria.bands
        ],
        "routes": [
            {"route": one.value, "services": list(criteria.told(one)), "needsServices": criteria.is_named(one)}
            for one in ReferralRoute
        ],
    }


def _asked(question: Question) -> dict[str, Any]:
    answers = [{"key": one.key, "text": one.text, "points": one.points} for one in question.answers]
    return {"key": question.key, "text": question.text, "answers": answers}
