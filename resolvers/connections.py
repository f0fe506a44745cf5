"""How rows become connections: one edge a node, however many agencies assert the link."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from graph.plan import Position
from resolvers.branch import Branch, project
from resolvers.layout import Leaf, Row, Rows
from resolvers.merging import Part
from resolvers.selection import TYPENAME, Selected, Selection
from resolvers.sight import Decision, Sight
from resolvers.told import Told

Assertion = tuple[Decision, tuple[str, str], Row]
Item = tuple[Branch, Callable[[Selected], Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class EdgeFrame:
    """The edges under one response key; `nodes` by the response key of `node`."""

    typename: str
    fields: tuple[Selected, ...]
    nodes: dict[str, Part]

    def branch(self, node: Branch, own: Callable[[Selected], Any]) -> Branch:
        """Put a node and the edge's own fields under their response keys."""
        branch = Branch(self.typename)
        for selected in self.fields:
            if selected.name == "node":
                branch[selected.key] = self.nodes[selected.key].of(node)
            else:
                branch[selected.key] = self.typename if selected.name == TYPENAME else own(selected)
        return branch


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What is selected of a connection; `edges` by response key."""

    typename: str
    selection: Selection
    fields: tuple[Selected, ...]
    edges: dict[str, EdgeFrame]

    def branch(self, items: Sequence[Item], page: dict[str, Any], total: int | None) -> Branch:
        """Put edges, page info and total under their response keys."""
        branch = Branch(self.typename)
        for selected in self.fields:
            if selected.name == "edges":
                frame = self.edges[selected.key]
                branch[selected.key] = [frame.branch(node, own) for node, own in items]
            elif selected.name == "pageInfo":
                branch[selected.key] = project(self.selection, selected, page)
            else:
                branch[selected.key] = self.typename if selected.name == TYPENAME else total
        return branch


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRows:
    """The rows of a list: `[total, [[key, node], ...]]`; `issue` writes the cursor of a position."""

    frame: Frame
    nodes: Rows
    first: int
    issue: Callable[[Position], str]

    def read(self, row: Row, told: Told) -> Branch:
        """Read one page."""
        total, rows = row
        shown = rows[: self.first]
        read = ((self.nodes.read(node, told), Position(key=key, id=node[0])) for key, node in shown)
        items = [(branch, self._own(position)) for branch, position in read if branch is not None]
        end = self.issue(Position(key=shown[-1][0], id=shown[-1][1][0])) if shown else None
        return self.frame.branch(items, {"hasNextPage": len(rows) > self.first, "endCursor": end}, total)

    def _own(self, position: Position) -> Callable[[Selected], str]:
        return lambda _cursor: self.issue(position)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRows:
    """The rows behind a link: `[total, [[edges, target], ...]]`; `leaves` by the names of the edge's own fields."""

    frame: Frame
    sight: Sight
    leaves: dict[str, Leaf]
    targets: Rows
    first: int

    def read(self, row: Row, told: Told) -> Branch:
        """Read one connection."""
        total, rows = row
        items = []
        for asserted, target in rows[: self.first]:
            assertions = self._assertions(asserted, told)
            node = self.targets.read(target, told) if assertions else None
            if node is not None:
                items.append((node, self._own(assertions)))
        return self.frame.branch(items, {"hasNextPage": len(rows) > self.first, "endCursor": None}, total)

    def _own(self, assertions: list[Assertion]) -> Callable[[Selected], Any]:
        return lambda selected: _gather(self.leaves[selected.name], selected.name, assertions)

    def _assertions(self, rows: Sequence[Row], told: Told) -> list[Assertion]:
        found: list[Assertion] = []
        for ident, facts, *rest in rows:
            decision = self.sight.decide(facts, rest[: self.sight.width])
            if not decision.visible:
                told.divergences += 1
                continue
            told.tell(decision.telling, ident)
            last_seen, *values = rest[self.sight.width :]
            found.append((decision, (last_seen or "", ident), values))
        if found:
            told.withhold(self.sight.withholding(frozenset(decision for decision, _, _ in found)))
        return sorted(found, key=lambda assertion: assertion[1])


def _gather(leaf: Leaf, name: str, assertions: list[Assertion]) -> Any:  # noqa: ANN401 - whatever the field holds
    values = [leaf.value(decision.rungs[leaf.name], values) for decision, _, values in assertions]
    known = [value for value in values if value is not None]
    if name == "roles":
        return sorted(set(known)) if known else None
    return known[-1] if known else None


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailRows:
    """Rows that hang on a node by a property: `[total, [values, ...]]` under the names of their fields."""

    selection: Selection
    typename: str
    fields: tuple[Selected, ...]
    names: tuple[str, ...]
    first: int

    def read(self, row: Row, told: Told) -> Branch:  # noqa: ARG002 - read like every other row; the node told of it
        """Read one connection."""
        total, rows = row
        plain = {
            "edges": [{"node": dict(zip(self.names, values, strict=True))} for values in rows[: self.first]],
            "pageInfo": {"hasNextPage": len(rows) > self.first, "endCursor": None},
            "totalCount": total,
        }
        branch = Branch(self.typename)
        for selected in self.fields:
            value = plain.get(selected.name)
            branch[selected.key] = (
                self.typename if selected.name == TYPENAME else project(self.selection, selected, value)
            )
        return branch
