"""How rows become connections: one edge a node, however many agencies assert the link."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from graph.plan import Position
from resolvers.branch import Tree, project
from resolvers.copies import Copied
from resolvers.cursors import Cursors, Mark, Scope
from resolvers.errors import CursorRefused
from resolvers.kept import Made
from resolvers.layout import Leaf, ListedRows, Page, Row, Rows, each_once, masked
from resolvers.merging import Part
from resolvers.selection import TYPENAME, Selected, Selection
from resolvers.sight import Decision, Sight
from resolvers.told import Told, Withholding

Assertion = tuple[Decision, tuple[str, str], Row]
Own = Callable[[Selected], Any]
"""Gives what an edge has beside its node."""
Issue = Callable[[str | int | None, str], str | None]
"""Writes the cursor of a place in a list, which a key and an id make out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EdgeFrame:
    """The edges under one response key; `nodes` by the response key of `node`."""

    typename: str
    fields: tuple[Selected, ...]
    nodes: dict[str, Part]

    def trees(self, nodes: Sequence[Copied], owns: Sequence[Own]) -> list[Tree]:
        """Put each node and the edge's own fields under their response keys."""
        if len(self.fields) == 1 and self.nodes:
            ((key, part),) = self.nodes.items()
            return [{key: node} for node in part.all_of(nodes)]
        return [self._tree(node, own) for node, own in zip(nodes, owns, strict=True)]

    def _tree(self, node: Copied, own: Own) -> Tree:
        tree: Tree = {}
        for selected in self.fields:
            if selected.name == "node":
                tree[selected.key] = self.nodes[selected.key].of(node)
            else:
                tree[selected.key] = self.typename if selected.name == TYPENAME else own(selected)
        return tree


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What is selected of a connection; `edges` by response key."""

    typename: str
    selection: Selection
    fields: tuple[Selected, ...]
    edges: dict[str, EdgeFrame]

    @property
    def tells_cursors(self) -> bool:
        """Whether a cursor is selected anywhere."""
        pages = (self.selection.below_object(one) for one in self.fields if one.name == "pageInfo")
        edges = (frame.fields for frame in self.edges.values())
        return any(one.name in {"endCursor", "cursor"} for fields in (*pages, *edges) for one in fields)

    def tree(self, nodes: Sequence[Copied], owns: Sequence[Own], page: dict[str, Any], total: int | None) -> Tree:
        """Put edges, page info and total under their response keys."""
        tree: Tree = {}
        for selected in self.fields:
            if selected.name == "edges":
                tree[selected.key] = self.edges[selected.key].trees(nodes, owns)
            elif selected.name == "pageInfo":
                tree[selected.key] = project(self.selection, selected, page)
            else:
                tree[selected.key] = self.typename if selected.name == TYPENAME else total
        return tree


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRows:
    """The rows of a list: `[total, rows]`; the `scope` of its cursors where one is selected."""

    frame: Frame
    nodes: ListedRows
    first: int
    scope: Scope | None = None

    def read(self, row: Row, told: Told) -> Tree:
        """Read one page."""
        total, rows = row
        page = self.nodes.read_page(rows, self.first, told)
        nodes = [tree for tree in page.trees if tree is not None]
        owns, end = ([_untold] * len(nodes), None) if self.scope is None else _cursors(page, told.cursors(self.scope))
        return self.frame.tree(nodes, owns, {"hasNextPage": page.has_next, "endCursor": end}, total)


def _cursors(page: Page, cursors: Cursors) -> tuple[Sequence[Own], str | None]:
    """Give what writes the cursor of each node, which is all that an edge of a list has beside it, and the last."""
    issue = partial(_issue, cursors, "")
    places = [*zip(page.keys, page.idents, page.trees, strict=True)]
    owns = [partial(issue, key, ident) for key, ident, tree in places if tree is not None]
    return owns, issue(*places[-1][:2]) if places else None


def _issue(cursors: Cursors, parent: str, key: str | int | None, ident: str, _selected: Selected | None = None) -> str:
    return cursors.issue(Mark(position=Position(key=key, id=ident), parent=parent))


def _untold(*_place: object) -> None:
    """Stands for a cursor that nobody asks for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """Where a connection hangs: its cursors say so; their `scope` is there where one is selected.

    `parent` is the node of the cursor that is read on from.
    """

    scope: Scope | None = None
    parent: str | None = None

    @property
    def is_needed(self) -> bool:
        """Whether the id of the node must come back with the rows."""
        return self.scope is not None or self.parent is not None

    def of(self, row: Row) -> str:
        """Take the node's id off a row; raises CursorRefused where the cursor was issued for another node."""
        ident = str(row[-1]) if self.is_needed else ""
        if self.parent is not None and ident != self.parent:
            raise CursorRefused("this cursor was issued for another page")
        return ident

    def issuing(self, ident: str, told: Told) -> Issue:
        """Give what writes the cursor of a place below a node, by its key and id; of none where none is selected."""
        return _untold if self.scope is None else partial(_issue, told.cursors(self.scope), ident)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRows:
    """The rows behind a link: `[total, [[edges, target, *key], ...], *node]`.

    `leaves` by the names of the edge's own fields; `tells_edges` where any of those, or a cursor, is selected.
    """

    frame: Frame
    sight: Sight
    leaves: dict[str, Leaf]
    targets: Rows
    first: int
    anchor: Anchor
    tells_edges: bool
    _known: Made[Row, tuple[Decision, Withholding]] = field(default_factory=Made)
    """By class and conditions, of links that are visible."""

    def read(self, row: Row, told: Told) -> Tree:
        """Read one connection; raises CursorRefused."""
        rows, issue = row[1], self.anchor.issuing(self.anchor.of(row), told)
        nodes, owns, end = list[Copied](), list[Own](), None
        for asserted, target, *key in rows[: self.first]:
            end = issue(key[0] if key else None, target[0])
            assertions = self._assertions(asserted, told)
            node = self.targets.read(target, told) if assertions else None
            if node is not None:
                nodes.append(node)
                owns.append(partial(self._own, assertions, end) if self.tells_edges else _untold)
        return self.frame.tree(nodes, owns, {"hasNextPage": len(rows) > self.first, "endCursor": end}, row[0])

    def _own(self, assertions: list[Assertion], cursor: str | None, selected: Selected) -> Any:  # noqa: ANN401 - whatever the field holds
        if selected.name == "cursor":
            return cursor
        return _gather(self.leaves[selected.name], selected.name, assertions)

    def _assertions(self, rows: Sequence[Row], told: Told) -> list[Assertion]:
        found: list[Assertion] = []
        end = 2 + self.sight.width
        for row in rows:
            decided = tuple(row[1:end])
            known = self._known.get(decided) or self._decide(decided)
            if known is None:
                told.divergences += 1
                continue
            decision, withholding = known
            told.tell(decision.telling, row[0])
            found.append((decision, (row[end] or "", row[0]), row[end + 1 :]))
        if len(found) == 1:
            told.withhold(withholding)
        elif found:
            told.withhold(self.sight.withholding(frozenset([decision for decision, _, _ in found])))
            found.sort(key=lambda assertion: assertion[1])
        return found

    def _decide(self, decided: Row) -> tuple[Decision, Withholding] | None:
        """Decide on all links of a class under the same conditions; None where they are hidden."""
        decision = self.sight.decide(decided[0], decided[1:])
        if not decision.visible:
            return None
        return self._known.keep(decided, (decision, self.sight.withholding(frozenset((decision,)))))


def _gather(leaf: Leaf, name: str, assertions: list[Assertion]) -> Any:  # noqa: ANN401 - whatever the field holds
    values = [leaf.value(decision.rungs[leaf.name], values) for decision, _, values in assertions]
    known = [value for value in values if value is not None]
    if name == "roles":
        return masked(each_once, known) if known else None
    return known[-1] if known else None


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailRows:
    """Rows that hang on a node by a property: `[total, [values, ...], *node]` under the names of their fields.

    `after` is how many were read before; a cursor counts on.
    """

    selection: Selection
    typename: str
    fields: tuple[Selected, ...]
    names: tuple[str, ...]
    first: int
    after: int
    anchor: Anchor

    def read(self, row: Row, told: Told) -> Tree:
        """Read one connection; raises CursorRefused."""
        rows, issue = row[1], self.anchor.issuing(self.anchor.of(row), told)
        shown = [dict(zip(self.names, values, strict=True)) for values in rows[: self.first]]
        cursors = [issue(self.after + at, "") for at in range(1, len(shown) + 1)]
        plain = {
            "edges": [{"node": node, "cursor": cursor} for node, cursor in zip(shown, cursors, strict=True)],
            "pageInfo": {"hasNextPage": len(rows) > self.first, "endCursor": cursors[-1] if cursors else None},
            "totalCount": row[0],
        }
        tree: Tree = {}
        for selected in self.fields:
            value = plain.get(selected.name)
            tree[selected.key] = (
                self.typename if selected.name == TYPENAME else project(self.selection, selected, value)
            )
        return tree
