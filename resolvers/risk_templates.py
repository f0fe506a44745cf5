"""The templates by which risk is assessed, told to everybody: they tell of nobody."""

from policies.risk_documents import RiskTemplate
from resolvers.branch import Tree, project
from resolvers.operation import Answer, Operation
from resolvers.reading import Reader
from resolvers.selection import Selected


def plan_risk_templates(operation: Operation, selected: Selected) -> Answer:
    """Plan telling those in force."""
    planner = operation.planner
    told = [_told(one) for one in planner.snapshot.engine.risk if one.applies(planner.day)]

    async def answer(_reader: Reader) -> list[Tree]:
        trees: list[Tree] = project(planner.selection, selected, told)
        return trees

    return answer


def _told(template: RiskTemplate) -> Tree:
    bands = [{"band": one.band.value, "least": one.from_, "most": one.to} for one in template.bands]
    return {**template.model_dump(mode="json"), "bands": bands}
