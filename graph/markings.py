"""Markings that people raise and lift, beside what a dataset states."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from graph import nodes
from graph.change import Change
from graph.errors import GraphError
from graph.facts import effective
from graph.linkage.persons import draw, repartition
from graph.nodes import Properties
from graph.vocabulary import Node
from policies.vocabulary import Protection

MARKABLE = frozenset({Node.PERSON, Node.PREMISES, Node.ESTABLISHMENT, Node.CASE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment:
    """Protections that somebody raises on a thing, and others that they lift from it."""

    raised: frozenset[Protection] = field(default_factory=frozenset)
    lifted: frozenset[Protection] = field(default_factory=frozenset)

    def __str__(self) -> str:
        parts = (("raise", self.raised), ("lift", self.lifted))
        return ", ".join(f"{act} {'+'.join(sorted(words))}" for act, words in parts if words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What a dataset states of a thing, what people raised and lifted, and what follows: how it is marked."""

    stated: tuple[str, ...]
    raised: tuple[str, ...]
    lifted: tuple[str, ...]
    marked: tuple[str, ...]

    @classmethod
    def of(cls, row: Properties, raised: Collection[str], lifted: Collection[str]) -> "Marks":
        stated = tuple(row["stated"])
        return cls(
            stated=stated,
            raised=tuple(sorted(raised)),
            lifted=tuple(sorted(lifted)),
            marked=effective(stated, raised, lifted),
        )


async def adjust(
    change: Change, kind: Node, ids: Collection[str], adjustment: Adjustment
) -> dict[str, tuple[Marks, Marks]]:
    """Raise and lift protections within a change that has its turn, and say how each thing was marked and now is.

    What is raised stays, whatever the dataset states or ceases to state; what is lifted stays so until the dataset
    ceases to state it. Raises GraphError for things that cannot be marked, or one that is not stored.
    """
    if kind not in MARKABLE:
        raise GraphError(f"a {kind} cannot be marked")
    rows = {row[kind.id_property]: row for row in await nodes.read(change.ask, kind, sorted(ids))}
    if gone := sorted(set(ids) - rows.keys()):
        raise GraphError(f"there is no {kind} {', '.join(gone)} any more")
    marks = {id_: _adjusted(row, adjustment) for id_, row in rows.items()}
    if other := {id_: after for id_, (before, after) in marks.items() if after != before}:
        await _put(change, kind, [_marked(change, kind, rows[id_], after) for id_, after in other.items()])
    return marks


def _adjusted(row: Properties, adjustment: Adjustment) -> tuple[Marks, Marks]:
    """How a node is marked, and how it is to be."""
    before = Marks.of(row, row.get("raised") or (), row.get("lifted") or ())
    raised = adjustment.raised.union(before.raised).difference(adjustment.lifted)
    lifted = adjustment.lifted.union(before.lifted).difference(adjustment.raised).intersection(before.stated)
    return before, Marks.of(row, raised, lifted)


def _marked(change: Change, kind: Node, row: Properties, marks: Marks) -> Properties:
    said = {name: list(getattr(marks, name)) for name in ("raised", "lifted", "marked")}
    return nodes.classified(change, kind, {**row, **said, "lastSeen": change.stamp.now})


async def _put(change: Change, kind: Node, rows: Sequence[Properties]) -> None:
    """Let nodes be marked as they now are, with all that follows."""
    ids = {row[kind.id_property] for row in rows}
    await nodes.replace(change, kind, rows)
    change.touch(kind, ids)
    change.outgoing.note(kind)
    if kind is Node.PERSON:
        await repartition(change, ids)
    await draw(change)
