"""Assessments of risk as they are stored, and which of them another takes the place of."""

from graph.casework import Target
from graph.change import Change
from graph.vocabulary import Node

CURRENT = """
MATCH (:Case {caseId: $case})<-[:RECORDED_IN]-(n:RiskAssessment)-[:ASSESSES]->(:PersonRecord)-[:ABOUT]->(p:Person)
WHERE p.personId = $person AND n.template = $template AND n.status = 'CURRENT'
RETURN collect(DISTINCT properties(n))"""


async def current_assessments(change: Change, case: Target, person: str, template: str) -> list[Target]:
    """Find the latest assessments of a person in a case by a template, whoever may see them."""
    kind = Node.RISK_ASSESSMENT
    rows = await change.ask(CURRENT, {"case": case.id, "person": person, "template": template})
    return [
        Target(type=kind, id=row[kind.id_property], facts=row["facts"], conditions={}, properties=row) for row in rows
    ]
