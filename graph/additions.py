"""Additions: what states nothing but new things, upon which nobody decides anything.

So it matters to it alone whether what it was decided by is still so when its turn has come; what others add meanwhile
does not. Several are written in one statement.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.change import TAKE_TURNS, Change
from graph.errors import GraphError, GraphHeld, GraphOutdated, Overtaken
from graph.nodes import READ
from graph.store import Transaction
from graph.vocabulary import Node

Resting = Mapping[Node, Mapping[str, Mapping[str, Any]]]
"""What nodes hold, by type and id."""
POST = """
CALL (taken) {
  UNWIND $told AS row
  CREATE (o:OutboxRecord) SET o = row.record SET o.position = taken - row.later, o.since = taken - $count
}
CALL () { UNWIND $receipts AS row CREATE (r:Receipt) SET r = row }"""


@dataclass(slots=True, kw_only=True, eq=False)
class Addition:
    """What is written in its turn: rows by statement, for as long as some nodes hold what they held.

    Of those that have the same `shape` the statement is the same. It `is_written` once all of that is known.
    """

    rests_on: Resting
    writes: Mapping[str, Sequence[Any]]
    record: Mapping[str, Any]
    receipt: Mapping[str, str]
    is_written: bool | None = None

    @classmethod
    def of(cls, change: Change, writes: Mapping[str, Sequence[Any]]) -> "Addition":
        """Make one of a change whose work is done; raises GraphError where that did more than add."""
        change.tell()
        told, touched = change.outgoing, change.touched
        if told.receipt is None or touched.is_something or told.records or told.persons or told.cases:
            raise GraphError("an addition leaves a receipt, and changes nothing that there was")
        if Node.PERSON in change.rests_on:
            raise GraphError("what a person is known by is not on one node")
        now = change.stamp.now
        return cls(
            rests_on=change.rests_on,
            writes=writes,
            record=told.record(now),
            receipt={**told.receipt, "madeAt": now},
        )

    @property
    def shape(self) -> tuple[tuple[Node, ...], tuple[str, ...]]:
        return tuple(self.rests_on), tuple(self.writes)


async def write(tx: Transaction, together: Sequence[Addition]) -> None:
    """Write in one statement, and look by what it found in its turn whether it may stand; raises GraphError."""
    rests_on: dict[Node, dict[str, Mapping[str, Any]]] = {}
    for addition in together:
        for kind, nodes in addition.rests_on.items():
            rests_on.setdefault(kind, {}).update(nodes)
    found = await tx.ask(_statement(*together[0].shape), _given(together, rests_on))
    if not found:
        raise GraphOutdated("the graph has no turn to take: it is not migrated")
    ((is_held, held),) = found
    if is_held:
        raise GraphHeld("a backup is being made; write again later")
    for kind, now in zip(rests_on, held, strict=True):
        ids = {properties[kind.id_property]: properties for properties in now}
        if any(
            addition.rests_on[kind] != {ident: ids.get(ident) for ident in addition.rests_on[kind]}
            for addition in together
        ):
            raise Overtaken("it was decided by something that has changed since")


def _statement(kinds: Sequence[Node], writes: Sequence[str]) -> str:
    """Take the turns, read what the additions rest on, and write them; gives what was read."""
    reads = [
        f"CALL () {{ {READ[kind].replace('$ids', f'$ids{place}')} AS held{place} }}" for place, kind in enumerate(kinds)
    ]
    loops = [f"CALL () {{ {statement.replace('$rows', f'$rows{place}')} }}" for place, statement in enumerate(writes)]
    held = ", ".join(f"held{place}" for place in range(len(kinds)))
    return "\n".join((TAKE_TURNS, *reads, *loops, POST, f"RETURN collect([is_held, [{held}]])"))


def _given(together: Sequence[Addition], rests_on: Resting) -> dict[str, Any]:
    latest = len(together) - 1
    return {
        "count": len(together),
        "told": [{"record": one.record, "later": latest - place} for place, one in enumerate(together)],
        "receipts": [one.receipt for one in together],
        **{f"ids{place}": list(nodes) for place, nodes in enumerate(rests_on.values())},
        **{
            f"rows{place}": [row for one in together for row in one.writes[statement]]
            for place, statement in enumerate(together[0].writes)
        },
    }
