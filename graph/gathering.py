"""Where additions of one process wait for their turn, and are written together."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import orjson

from graph import additions
from graph.additions import Addition
from graph.change import Change, Stamp
from graph.errors import GraphError, Overtaken
from graph.store import Parameters, Store

T = TypeVar("T")
MOST = 50
"""How many are written together at the most."""
REMEMBERED = 100
"""Findings that are kept at the most; too many are all forgotten, and made again."""


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


@dataclass(slots=True)
class Gathering:
    """Where additions of this process wait for their turn: whoever has it writes those of the others, too.

    What was found for them is kept until one was overtaken, or somebody else says that it is to be forgotten.
    """

    _waiting: list[Addition] = field(default_factory=list)
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
        addition = Addition.of(change, ahead.writes)
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

    def _take(self, shape: object) -> list[Addition]:
        """Take those of a shape, but one of a key: whoever sends the same twice at once is answered one by one."""
        together: dict[str, Addition] = {}
        for addition in self._waiting:
            if addition.shape == shape and len(together) < MOST:
                together.setdefault(addition.receipt["key"], addition)
        self._waiting = [one for one in self._waiting if one not in together.values()]
        return list(together.values())


async def _write(store: Store, together: Sequence[Addition]) -> None:
    """Write additions in one transaction, all of them or none."""
    for addition in together:
        addition.is_written = False  # also where this is cancelled
    try:
        await store.write(lambda tx: additions.write(tx, together), attempts=1)
    except GraphError:
        return  # each is done anew, in a turn of its own, which says what is wrong with it
    for addition in together:
        addition.is_written = True
