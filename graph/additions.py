"""Additions: changes that are decided before they have their turn, and written together with others of their kind.

An addition states nothing but new things, upon which nobody decides anything. So it matters to it alone whether what it
was decided by is still so when its turn has come; what others add meanwhile does not.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import orjson

from graph.change import TAKE_TURNS, Change, Stamp
from graph.errors import GraphError, GraphHeld, GraphOutdated, Overtaken
from graph.nodes import READ
from graph.store import Parameters, Store, Transaction
from graph.vocabulary import Node

T = TypeVar("T")
Resting = Mapping[Node, Mapping[str, Mapping[str, Any]]]
"""What nodes hold, by type and id."""
MOST = 50
"""How many are written together at the most."""
REMEMBERED = 100
"""Findings that are kept at the most; too many are all forgotten, and made again."""
POST = """
CALL (taken) {
  UNWIND $told AS row
  CREATE (o:OutboxRecord) SET o = row.record SET o.position = taken - row.later, o.since = taken - $count
}
CALL () { UNWIND $receipts AS row CREATE (r:Receipt) SET r = row }"""


class _Ahead:
    """Answers at once what a change asks, and keeps what it writes for its turn.

    What was `found` for others serves, too: in its turn all is looked at that the change rests on.
    """

    def __init__(self, store: Store, found: dict[bytes, Any]) -> None:
        self.writes: dict[str, list[Any]] = {}
        self._store = store
        self._found = found

    async def run(self, statement: str, parameters: Parameters | None = None) -> list[list[Any]]:
        """Keep the rows of a statement that is a loop over them, and gives none."""
        self.writes.setdefault(statement, []).extend((parameters or {})["rows"])
        return []

    async def ask(self, statement: str, parameters: Parameters) -> Any:  # noqa: ANN401 - the shape is the statement's
        if self.writes:
            raise GraphError("an addition asks before it writes: nothing that it writes is there yet")
        return await self._store.read(statement, parameters)

    async def find(self, statement: str, parameters: Parameters) -> Any:  # noqa: ANN401 - the shape is the statement's
        key = orjson.dumps([statement, parameters], option=orjson.OPT_SORT_KEYS)
        if key in self._found:
            return self._found[key]
        found = await self.ask(statement, parameters)
        if len(self._found) >= REMEMBERED:
            self._found.clear()
        self._found[key] = found
        return found


@dataclass(slots=True, kw_only=True, eq=False)
class _Addition:
    """What is written in its turn: rows by statement, for as long as some nodes hold what they held.

    Of those that have the same `shape` the statement is the same. It `is_written` once all of that is known.
    """

    rests_on: Resting
    writes: Mapping[str, Sequence[Any]]
    record: Mapping[str, Any]
    receipt: Mapping[str, str]
    is_written: bool | None = None

    @classmethod
    def of(cls, change: Change, ahead: _Ahead) -> "_Addition":
        change.tell()
        told, touched = change.outgoing, change.touched
        if told.receipt is None or touched.is_something or told.records or told.persons or told.cases:
            raise GraphError("an addition leaves a receipt, and changes nothing that there was")
        if Node.PERSON in change.rests_on:
            raise GraphError("what a person is known by is not on one node")
        now = change.stamp.now
        return cls(
            rests_on=change.rests_on,
            writes=ahead.writes,
            record=told.record(now),
            receipt={**told.receipt, "madeAt": now},
        )

    @property
    def shape(self) -> tuple[tuple[Node, ...], tuple[str, ...]]:
        return tuple(self.rests_on), tuple(self.writes)


@dataclass(slots=True)
class Gathering:
    """Where additions of this process wait for their turn: whoever has it writes those of the others, too.

    What was found for them is kept until one was overtaken, or somebody else says that it is to be forgotten.
    """

    _waiting: list[_Addition] = field(default_factory=list)
    _found: dict[bytes, Any] = field(default_factory=dict)

    async def add(
        self, store: Store, stamp: Stamp, work: Callable[[Change], Awaitable[T]], known: frozenset[str] = frozenset()
    ) -> T:
        """Do the work of an addition; the classes that are `known` stand in the graph already.

        Raises Overtaken where it is not certain that it was written: then it is to be done anew, in a turn of its own.
        """
        ahead = _Ahead(store, self._found)
        change = Change(tx=ahead, stamp=stamp, known=known)
        result = await work(change)
        addition = _Addition.of(change, ahead)
        self._waiting.append(addition)
        try:
            async with store.turn:
                if addition.is_written is None:
                    await _write(store, self._take(addition.shape))
        finally:
            if addition in self._waiting:
                self._waiting.remove(addition)
        if not addition.is_written:
            self.forget()
            raise Overtaken("it was decided by something that has changed since, or could not be written")
        return result

    def forget(self) -> None:
        """Look anew for whatever comes next: something was changed."""
        self._found.clear()

    def _take(self, shape: object) -> list[_Addition]:
        """Take those of a shape, but one of a key: whoever sends the same twice at once is answered one by one."""
        together: dict[str, _Addition] = {}
        for addition in self._waiting:
            if addition.shape == shape and len(together) < MOST:
                together.setdefault(addition.receipt["key"], addition)
        self._waiting = [one for one in self._waiting if one not in together.values()]
        return list(together.values())


async def _write(store: Store, together: Sequence[_Addition]) -> None:
    """Write additions in one transaction, all of them or none."""
    for addition in together:
        addition.is_written = False  # also where this is cancelled
    try:
        await store.write(lambda tx: _written(tx, together), attempts=1)
    except GraphError:
        return  # each is done anew, in a turn of its own, which says what is wrong with it
    for addition in together:
        addition.is_written = True


async def _written(tx: Transaction, together: Sequence[_Addition]) -> None:
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


def _given(together: Sequence[_Addition], rests_on: Resting) -> dict[str, Any]:
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
