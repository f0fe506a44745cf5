"""How rows of anything but people are told."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from resolvers.alike import Alike, Listed, Way, hidden
from resolvers.branch import Tree
from resolvers.copies import Copied
from resolvers.kept import Made
from resolvers.layout import Columns, Leaf, Nested, Outline, Page, Row, Skeleton
from resolvers.sight import Decision
from resolvers.told import Told


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeRows:
    """Rows of anything but people: `[id, facts, *conditions, *sheet, *columns, *nested]`."""

    skeleton: Skeleton
    leaves: tuple[Leaf, ...]
    columns: Columns
    nested: tuple[Nested, ...] = ()
    alike: Alike = field(default_factory=Alike)
    _known: Made[Row, tuple[Decision, Outline]] = field(default_factory=Made)
    """By class and conditions, of what is visible."""

    def read(self, row: Row, told: Told) -> Tree | None:
        """Read a node; None where the decision hides it."""
        start = 2 + self.skeleton.sight.width
        return self._tree(row, start, self.columns.values(row, start), told)

    def read_page(self, rows: Sequence[Row], first: int, told: Told) -> Page:
        """Read as many of `[key, node]` as a page has."""
        keys, nodes = [key for key, _ in rows[:first]], [node for _, node in rows[:first]]
        idents, start = [node[0] for node in nodes], 2 + self.skeleton.sight.width
        trees: Sequence[Copied | None]
        if self.nested or self.columns.names or not self.columns.has_sheet:
            values = self.columns.all_values(nodes, start)
            trees = [self._tree(node, start, one, told) for node, one in zip(nodes, values, strict=True)]
        else:
            decided, texts = [tuple(node[1:start]) for node in nodes], [node[start] for node in nodes]
            trees = self._told_alike(Listed(keys=keys, idents=idents, decided=decided, sheets=texts), told)
        return Page(keys=keys, idents=idents, trees=trees, has_next=len(rows) > first)

    def _told_alike(self, listed: Listed, told: Told) -> Sequence[Copied | None]:
        """Tell of nodes that have nothing beside their sheets."""

        def way(decided: Row) -> Way:
            known = self._known.get(decided) or self._decide(decided)
            return self.alike.way(*known, told) if known is not None else hidden()

        return self.alike.tell(listed, way, told)

    def _tree(self, row: Row, start: int, values: Row, told: Told) -> Tree | None:
        decided = tuple(row[1:start])
        known = self._known.get(decided) or self._decide(decided)
        if known is None:
            told.divergences += 1
            return None
        decision, outline = known
        told.tell(decision.telling, row[0])
        told.withhold(outline.withholding)
        tree = outline.tree(row[0], values)
        if self.nested:
            below = row[start + self.columns.width :]
            for nested, rows in zip(self.nested, below, strict=True):
                if nested.field is None or decision.rungs[nested.field]:
                    tree[nested.key] = nested.rows.read(rows, told)
        return tree

    def _decide(self, decided: Row) -> tuple[Decision, Outline] | None:
        """Decide on all nodes of a class under the same conditions, and lay them out; None where they are hidden."""
        decision = self.skeleton.sight.decide(decided[0], decided[1:])
        if not decision.visible:
            return None
        columns = {leaf.key: leaf.column(decision.rungs[leaf.name]) for leaf in self.leaves}
        return self._known.keep(decided, (decision, self.skeleton.outline(frozenset((decision,)), columns)))
