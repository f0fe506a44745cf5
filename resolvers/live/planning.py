"""A subscription: planned like a question, and answered on each occasion as one."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from graph.vocabulary import Node
from resolvers.branch import Branch, Tree
from resolvers.errors import InputRefused
from resolvers.occasions import Watch
from resolvers.operation import Answer, Operation
from resolvers.reading import Reader
from resolvers.selection import TYPENAME, Selected


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """The type of what is told, and the field in which it stands.

    Whoever is told the field `moves`, which every change moves, is told of each; others of what concerns their agency.
    """

    node: Node
    field: str
    moves: str | None = None


UPDATES: Mapping[str, Update] = {
    "caseUpdates": Update(node=Node.CASE, field="case"),
    "taskUpdates": Update(node=Node.TASK, field="task"),
    "referralUpdates": Update(node=Node.REFERRAL, field="referral", moves="version"),
    "alerts": Update(node=Node.ALERT, field="alert"),
}
"""By the subscription's name in the contract."""


def plan_update(operation: Operation, selected: Selected) -> tuple[Answer, Watch]:
    """Plan what is told on each occasion; raises a ReadRefused where it may not be read."""
    planner, update = operation.planner, UPDATES[selected.name]
    fields = planner.below(selected)
    searching = Operation(planner=planner, is_of_one=False)
    searches = {
        one.key: searching.search(update.node, update.node.id_property, one)
        for one in fields
        if one.name == update.field
    }
    if not searches:
        raise InputRefused(f"select `{update.field}`: whether there is an event depends on what you may see of it")
    moves = [
        (one.key, inner.key)
        for one in fields
        if one.name == update.field
        for inner in planner.below(one)
        if inner.name == update.moves
    ]
    if update.moves is not None and not moves:
        raise InputRefused(f"select `{update.moves}` of `{update.field}`: whoever is told it hears of every change")
    scope = planner.scope(selected.name, selected)
    ident = planner.opened(selected.arguments["id"]) if "id" in selected.arguments else None

    async def answer(reader: Reader) -> Tree:
        occasion = reader.occasion
        if occasion is None:
            raise TypeError("a subscription is answered on an occasion")
        found = {key: await reader.find(search, occasion.subject) for key, search in searches.items()}
        digest = _digest(found)
        is_told = digest is not None and any(branch[name] is not None for key, name in moves if (branch := found[key]))
        kind = occasion.settle(digest, is_told=is_told)
        told = {
            TYPENAME: selected.type_name,
            "kind": kind.value,
            "cursor": reader.told.cursors(scope).issue(occasion.mark),
        }
        return {one.key: found[one.key] if one.key in found else told[one.name] for one in fields}

    return answer, Watch(node=update.node, ident=ident, mark=planner.mark(scope, selected))


def _digest(found: Mapping[str, Branch | None]) -> str | None:
    """Tell one content from another; None where there is none to be seen."""
    if any(branch is None for branch in found.values()):
        return None
    content: dict[str, Any] = dict(found)
    return hashlib.sha256(orjson.dumps(content)).hexdigest()[:32]
