"""Where what is told of a person is from: the records, and the agencies that hold them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.sheets import RECORD, SHEETS
from graph.vocabulary import Node
from resolvers.branch import Tree
from resolvers.kept import Made
from resolvers.layout import Column, Leaf, Outline, Row, Skeleton
from resolvers.merging import Part
from resolvers.selection import TYPENAME, Selected
from resolvers.sight import Decision

CONTACT = ("contactEmail", "contactPhone", "contactName")
"""Whom to ask at an agency: the first of these that it states."""
CONTACT_PLACE = "contact"
Holders = Mapping[str, Tree]
Seen = tuple[Decision, Row]
"""The decision on a visible record, and the values of its sheet."""
ID, RELIABILITY, LAST_SEEN = map(SHEETS[Node.PERSON].index, RECORD)
"""Where on a record's sheet these stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRows:
    """The `records` of a person under one response key; `agencies` by the response key of `agency`."""

    skeleton: Skeleton
    leaves: tuple[Leaf, ...]
    agencies: Mapping[str, Part]
    _outlines: Made[Decision, Outline] = field(default_factory=Made)

    def tree(self, seen: Seen, holders: Holders) -> Tree:
        """Tell one record with its source."""
        decision, values = seen
        outline = self._outlines.get(decision)
        if outline is None:
            outline = self._outlines.keep(decision, self._outline(decision))
        tree = outline.tree(values[ID], values)
        for key, part in self.agencies.items():
            tree[key] = _agency(part, holders.get(decision.owner))
        return tree

    def _outline(self, decision: Decision) -> Outline:
        places: dict[str, Column] = {"dataset": (ID, lambda _: decision.dataset), "lastSeen": (LAST_SEEN, None)}
        columns: dict[str, Column | None] = {
            selected.key: places[selected.name] for selected in self.skeleton.fields if selected.name in places
        }
        told = {leaf.key: leaf.column(decision.rungs[leaf.name]) for leaf in self.leaves}
        return self.skeleton.outline(frozenset((decision,)), columns | told)


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderRows:
    """The `knownTo` of a person under one response key; `agencies` by the response key of `agency`."""

    fields: tuple[Selected, ...]
    agencies: Mapping[str, Part]
    contact: Part | None = None

    def trees(self, last_seen: Mapping[str, str], holders: Holders) -> list[Tree]:
        """Tell which agencies hold something, since when, and whom to ask."""
        return [self._tree(last_seen[owner], holders.get(owner)) for owner in sorted(last_seen)]

    def _tree(self, last_seen: str, holder: Tree | None) -> Tree:
        tree: Tree = {}
        for selected in self.fields:
            if selected.name == "agency":
                tree[selected.key] = _agency(self.agencies[selected.key], holder)
            elif selected.name == "contact":
                tree[selected.key] = _contact(self.contact, holder)
            else:
                tree[selected.key] = "Holder" if selected.name == TYPENAME else last_seen or None
        return tree


def _agency(part: Part, holder: Tree | None) -> Tree | None:
    return part.of(holder) if holder is not None else None


def _contact(part: Part | None, holder: Tree | None) -> str | None:
    if part is None or holder is None:
        return None
    stated = part.of(holder)
    return next((stated[name] for name in CONTACT if stated[name]), None)
