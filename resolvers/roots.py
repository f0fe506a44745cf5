"""The root fields: each is planned before anything is read."""

import asyncio
from collections.abc import Callable, Mapping

from graph.vocabulary import PERSON_PREFIX, Node
from resolvers.acting.permissions import permissions
from resolvers.agreements import PREFIX, plan_agreement, plan_agreements
from resolvers.baselines import plan_baselines
from resolvers.branch import Branch, project
from resolvers.criteria import plan_triage_criteria
from resolvers.entities import plan_entities
from resolvers.errors import InputRefused
from resolvers.lists import plan_list
from resolvers.operation import Answer, Operation, nothing
from resolvers.planning import FIRST_AT_MOST
from resolvers.reading import Reader
from resolvers.risk_templates import plan_risk_templates
from resolvers.selection import Selected
from resolvers.shapes import LISTS, SINGLES
from resolvers.workloads import plan_blockages, plan_workload

_PREFIXES = {node.prefix: node for node in Node}


def plan_root(operation: Operation, selected: Selected) -> Answer:
    """Plan one root field; raises a ReadRefused where it may not be read."""
    if selected.name in LISTS:
        return plan_list(operation, selected)
    if selected.name in SINGLES:
        return _plan_single(operation, selected)
    return _OTHERS[selected.name](operation, selected)


def _plan_single(operation: Operation, selected: Selected) -> Answer:
    """Plan finding one thing, whichever id is asked for: of another type there is nothing to look up."""
    node, ident = SINGLES[selected.name], selected.arguments["id"]
    is_person = node is Node.PERSON
    search = operation.search(node, "personId" if is_person else node.id_property, selected)
    prefix = PERSON_PREFIX if is_person else node.prefix

    async def answer(reader: Reader) -> Branch | None:
        wanted = reader.given(ident)
        return await reader.find(search, wanted) if wanted.startswith(prefix) else None

    return answer


def _plan_any(operation: Operation, selected: Selected, ident: str) -> Answer:
    if ident.startswith(PREFIX):
        return plan_agreement(operation, selected, ident)
    if ident.startswith(PERSON_PREFIX):
        person = operation.search(Node.PERSON, "personId", selected)
        return lambda reader: reader.find(person, ident)
    node = next((node for prefix, node in _PREFIXES.items() if ident.startswith(prefix)), None)
    if node is None:
        return nothing
    search = operation.search(node, node.id_property, selected)
    return lambda reader: reader.find(search, ident)


def _plan_agreement(operation: Operation, selected: Selected) -> Answer:
    return plan_agreement(operation, selected, operation.planner.opened(selected.arguments["id"]))


def _plan_node(operation: Operation, selected: Selected) -> Answer:
    return _plan_any(operation, selected, operation.planner.opened(selected.arguments["id"]))


def _plan_nodes(operation: Operation, selected: Selected) -> Answer:
    idents = operation.planner.opened(selected.arguments["ids"])
    if len(idents) > FIRST_AT_MOST:
        raise InputRefused(f"`ids` takes {FIRST_AT_MOST:,} ids at the most")
    answers = [_plan_any(operation, selected, ident) for ident in idents]

    async def answer(reader: Reader) -> list[Branch | None]:
        return list(await asyncio.gather(*(one(reader) for one in answers)))

    return answer


def _plan_me(operation: Operation, selected: Selected) -> Answer:
    selection = operation.planner.selection

    async def answer(reader: Reader) -> Branch:
        viewer, who = reader.viewer, reader.viewer.principal
        told = {
            "subject": who.subject,
            "agency": who.agency,
            "roles": sorted(who.roles),
            "wards": sorted(who.wards),
            "purpose": viewer.purpose,
            "purposes": list(reader.snapshot.purposes(who.agency, who.roles, viewer.day)),
            "may": permissions(reader.snapshot, viewer),
        }
        branch: Branch = project(selection, selected, told)
        return branch

    return answer


_OTHERS: Mapping[str, Callable[[Operation, Selected], Answer]] = {
    "node": _plan_node,
    "nodes": _plan_nodes,
    "me": _plan_me,
    "agreement": _plan_agreement,
    "agreements": plan_agreements,
    "workload": plan_workload,
    "blockages": plan_blockages,
    "baselines": plan_baselines,
    "triageCriteria": plan_triage_criteria,
    "riskTemplates": plan_risk_templates,
    "_entities": plan_entities,
}
