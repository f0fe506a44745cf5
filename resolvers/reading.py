"""One request's reads: statements go out, rows come back, and what they tell is noted."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any, Protocol, TypeVar
from weakref import proxy

from aiodataloader import DataLoader

from graph.cypher import Statement
from graph.errors import GraphUnavailable, NodeReplaced
from graph.plan import Given, NodeRead
from policies.view import Snapshot
from policies.viewer import Viewer
from resolvers.branch import Branch, Tree
from resolvers.connections import PageRows
from resolvers.givens import WANTED, values_of
from resolvers.layout import Row
from resolvers.nodes import NodeRows
from resolvers.occasions import Occasion
from resolvers.people import PersonRows
from resolvers.scribe import Scribe
from resolvers.told import Told

T = TypeVar("T")
FEW = 2_000
"""Things that a plan could bring at the most and that are read at once: some seven milliseconds on one core."""
ATTEMPTS, DOUBTS = 20, 4
"""How often a statement is run at the most, and where only its rows leave a doubt."""
MANY = 5_000
"""Lists in what the engine answers with that take as long to read; a thing has three to five."""


class Store(Protocol):
    """Where statements are answered: each returns one record of one value."""

    async def read(self, statement: str, parameters: Mapping[str, Any] | None = None) -> Any:  # noqa: ANN401 - the shape is the statement's
        """Run a statement; raises graph.errors.GraphUnavailable."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Finder:
    """How things of one type are found by a property, for one selection."""

    read: NodeRead
    rows: NodeRows | PersonRows
    by: str

    def branch(self, wanted: str, row: Row, told: Told) -> Branch | None:
        """Read the row that was found; the field that asks for it may be of an interface or a union."""
        if isinstance(self.rows, PersonRows) and self.by == self.read.node.id_property:
            return _typed("PersonRecord", self.rows.record(row, wanted, told))
        return _typed(self.read.node.value, self.rows.read(row, told))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Search:
    """A finder with the statement that looks for whatever is wanted."""

    finder: Finder
    statement: Statement


def _typed(typename: str, tree: Tree | None) -> Branch | None:
    return Branch(typename, tree) if tree is not None else None


class Reader:
    """Reads for one viewer, from one snapshot of policies and classes; `is_large` says that much came back.

    Changes go out through the `scribe`; whoever makes one reads on with the classes that it made.

    `values` are what the request brings, by name; `most` says how many things its plan could bring, `is_again` that it
    was made for an earlier request. A subscription is answered on an `occasion`.
    """

    occasion: Occasion | None = None
    is_again: bool = False

    def __init__(
        self, *, store: Store, scribe: Scribe, snapshot: Snapshot, viewer: Viewer, variables: Mapping[str, Any]
    ) -> None:
        self.snapshot = snapshot
        self.viewer = viewer
        self.values = values_of(viewer, variables)
        self.most = FEW + 1
        self.told = Told(values=self.values)
        self.statements = 0
        self.is_large = False
        self._turn = asyncio.Lock()
        self.scribe = scribe
        self._store = store
        self._loader: _Loader | None = None

    def given(self, value: str | Given) -> str:
        """The value of an argument that the plan did not open."""
        return str(value.of(self.values)) if isinstance(value, Given) else value

    async def page(self, statement: Statement, rows: PageRows) -> Tree:
        """Read one page of a list."""
        return await self._read(statement, self.values, rows.read)

    async def counted(self, statement: Statement) -> Row:
        """Read what was counted, which tells of no thing by itself."""
        return await self._read(statement, self.values, lambda rows, _told: rows)

    async def find(self, search: Search, wanted: str) -> Branch | None:
        """Find one thing; those asked for at the same time in the same way share a statement."""
        self._loader = self._loader or _Loader(self)
        found: Branch | None = await self._loader.load((search, wanted))
        return found

    async def find_together(self, search: Search, wanted: list[str]) -> dict[str, Branch]:
        """Find several things in one statement."""
        finder = search.finder

        def branches(rows: Row, told: Told) -> dict[str, Branch]:
            read = ((key, finder.branch(key, row, told)) for key, row in rows)
            return {key: branch for key, branch in read if branch is not None}

        return await self._read(search.statement, self.values | {WANTED: wanted}, branches)

    async def _read(self, statement: Statement, values: Mapping[str, Any], read: Callable[[Row, Told], T]) -> T:
        """Run a statement and read its rows; again, with nothing noted or counted, where a node was replaced under it.

        That shows in a sheet that is gone, or in a row that the decision hides: what is hidden each time is not that.
        """
        for attempt in range(ATTEMPTS):
            rows, asked = await self._ask(statement, values)
            told = Told(values=self.values, is_again=self.is_again)
            try:
                found = await self._tree(rows, partial(read, rows, told))
            except NodeReplaced:
                continue
            if told.divergences and attempt < DOUBTS:
                continue
            self.told.join(told)
            self.statements += asked
            return found
        raise GraphUnavailable(f"what was read was replaced {ATTEMPTS} times in a row")

    async def _ask(self, statement: Statement, values: Mapping[str, Any]) -> tuple[Row, int]:
        """Ask a statement, and where its answer is not enough the one to be asked instead; says how many it took."""
        answer: Row = await self._store.read(statement.text, statement.given(values))
        if statement.instead is None or statement.enough is None or statement.enough(answer):
            return answer, 1
        answer, asked = await self._ask(statement.instead, values)
        return answer, asked + 1

    async def _tree(self, rows: Row, read: Callable[[], T]) -> T:
        """Read rows into trees, one statement's at a time; many of them in a thread, so that others go on."""
        async with self._turn:
            if self.most <= FEW or not _are_many(rows):
                return read()
            self.is_large = True
            return await asyncio.to_thread(read)


def _are_many(rows: Row) -> bool:
    """Whether rows hold so many lists that reading them would keep others waiting; looks no further than that."""
    level, found = [rows], 0
    while level and found <= MANY:
        found += len(level)
        level = [value for value in chain.from_iterable(level) if isinstance(value, list)]
    return found > MANY


class _Loader(DataLoader[tuple[Search, str], Branch | None]):
    """Gathers look-ups that are made at the same time; one statement for each way of finding.

    It does not keep its reader, which keeps it: what a request told would wait for the collector otherwise.
    """

    def __init__(self, reader: Reader) -> None:
        super().__init__(cache=False)
        self._reader: Reader = proxy(reader)

    async def batch_load_fn(self, keys: list[tuple[Search, str]]) -> list[Branch | None]:
        wanted: dict[Search, dict[str, None]] = {}
        for search, ident in keys:
            wanted.setdefault(search, {})[ident] = None
        searches = list(wanted)
        answers = await asyncio.gather(
            *(self._reader.find_together(search, list(wanted[search])) for search in searches)
        )
        found = dict(zip(searches, answers, strict=True))
        return [found[search].get(ident) for search, ident in keys]
