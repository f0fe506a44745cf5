"""One operation: its plan and its reads, from the first check to the last row."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Any

from graphql import print_ast

from graph.cypher import render_lookup
from graph.plan import Given, Lookup
from graph.vocabulary import Node
from resolvers.givens import WANTED
from resolvers.planning import Planner, field_guard
from resolvers.plans import Place, plan_node, plan_record
from resolvers.reading import Finder, Reader, Search
from resolvers.selection import Selected

Answer = Callable[[Reader], Awaitable[Any]]
"""Reads a root field that was planned, for whoever brings what the plan depends on."""


@dataclass(slots=True, kw_only=True)
class Operation:
    """What the root fields of one operation share, or the only one has."""

    planner: Planner
    is_of_one: bool
    _searches: dict[tuple[str, str, str], tuple[Search, int]] = field(default_factory=dict)
    _signatures: dict[str, str] = field(default_factory=dict)

    def search(self, node: Node, by: str, selected: Selected) -> Search:
        """Plan how to find one node of a type for a root field; the same selection is planned once, but costs anew."""
        key = (node.value, by, self._signature(selected))
        found = self._searches.get(key)
        if found is None:
            before = self.planner.cost
            finder = self._finder(node, by, selected)
            lookup = Lookup(node=finder.read, by=by, wanted=Given(WANTED))
            search = Search(finder=finder, statement=render_lookup(lookup, self.planner.viewpoint))
            self._searches[key] = (search, self.planner.cost - before)
            return search
        search, cost = found
        self.planner.spend(cost, depth=1)
        return search

    def _finder(self, node: Node, by: str, selected: Selected) -> Finder:
        planner, place = self.planner, Place(most=1)
        if node is Node.PERSON and by == node.id_property:
            read, record = plan_record(planner, self._below(selected, "PersonRecord"), place)
            return Finder(read=read, rows=record, by=by)
        view = planner.view(node.value)
        read, rows = plan_node(planner, node, self._below(selected, node.value), place)
        if by in view.entry.by_name:
            planner.compare(node.value, by)
            read = replace(read, row=field_guard(view, by))
        return Finder(read=read, rows=rows, by=by)

    def _below(self, selected: Selected, type_name: str) -> list[Selected]:
        selection = self.planner.selection
        return selection.below(selected, selection.object_type(type_name))

    def _signature(self, selected: Selected) -> str:
        """What a root field selects, as a text; where it is the only one there is nothing to tell it from."""
        if self.is_of_one:
            return ""
        found = self._signatures.get(selected.key)
        if found is None:
            nodes = (detail.node.selection_set for detail in selected.details)
            found = self._signatures[selected.key] = "".join(print_ast(node) for node in nodes if node)
        return found


async def nothing(_reader: Reader) -> None:
    """Answer for what there is not: not found and not permitted look the same."""
