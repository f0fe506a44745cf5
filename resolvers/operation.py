"""One operation: its plan and its reads, from the first check to the last row."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Any

from graphql import print_ast

from graph.vocabulary import Node
from resolvers.planning import Planner, field_guard
from resolvers.plans import Place, plan_node, plan_record
from resolvers.reading import Finder, Reader
from resolvers.selection import Selected

Answer = Callable[[], Awaitable[Any]]
"""Reads a root field that was planned."""


@dataclass(slots=True, kw_only=True)
class Operation:
    """What the root fields of one operation share."""

    planner: Planner
    reader: Reader
    _finders: dict[tuple[str, str, str], Finder] = field(default_factory=dict)

    def finder(self, node: Node, by: str, selected: Selected) -> Finder:
        """Plan how to find nodes of a type for a selection; the same selection is planned once."""
        key = (node.value, by, _signature(selected))
        found = self._finders.get(key)
        if found is None:
            found = self._finders[key] = self._plan(node, by, selected)
        return found

    def _plan(self, node: Node, by: str, selected: Selected) -> Finder:
        selection, place = self.planner.selection, Place(most=1)
        if node is Node.PERSON and by == node.id_property:
            read, rows = plan_record(
                self.planner, selection.below(selected, selection.object_type("PersonRecord")), place
            )
            return Finder(read=read, rows=rows, by=by)
        read_, rows_ = plan_node(
            self.planner, node, selection.below(selected, selection.object_type(node.value)), place
        )
        return Finder(read=read_, rows=rows_, by=by)


def _signature(selected: Selected) -> str:
    return "".join(print_ast(one.node.selection_set) for one in selected.details if one.node.selection_set)


async def nothing() -> None:
    """Answer for what there is not: not found and not permitted look the same."""
