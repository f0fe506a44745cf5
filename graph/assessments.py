"""Assessments of risk as they are stored, and which of them another takes the place of."""

from collections.abc import Iterable

from graph.casework import Target
from graph.change import Change
from graph.vocabulary import Node
from policies.vocabulary import Protection

CURRENT = """
MATCH (:Case {caseId: $case})<-[:RECORDED_IN]-(n:RiskAssessment)-[:ASSESSES]->(:PersonRecord)-[:ABOUT]->(p:Person)
WHERE p.personId = $person AND n.template = $template AND n.status = 'CURRENT' AND n.marked = $marked
RETURN collect(DISTINCT properties(n))"""


async def current_assessments(
    change: Change, case: Target, of: tuple[str, str], marks: Iterable[Protection]
) -> list[Target]:
    """Find the latest assessments of somebody by a template, as (person, template), that are marked like this.

    One that is marked otherwise has other readers: were it superseded, that would tell them of what they cannot see.
    """
    kind, (person, template) = Node.RISK_ASSESSMENT, of
    given = {"case": case.id, "person": person, "template": template, "marked": sorted(marks)}
    rows = await change.ask(CURRENT, given)
    return [
        Target(type=kind, id=row[kind.id_property], facts=row["facts"], conditions={}, properties=row) for row in rows
    ]
