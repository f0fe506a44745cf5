"""What a file says as a whole, looked through once before anything of it is stored."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

import orjson

from graph.records import LinkFact, Marking, NodeFact, Reject, Row, Value
from graph.stated import name_of
from graph.vocabulary import Node
from policies.vocabulary import Protection, Sensitivity

CACHE = "PRAGMA cache_size = -16384"
TABLES = """
CREATE TABLE row (key TEXT PRIMARY KEY, line INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE fact (
    name TEXT PRIMARY KEY, line INTEGER NOT NULL, content TEXT NOT NULL,
    sensitivity INTEGER NOT NULL, protections INTEGER NOT NULL, times INTEGER NOT NULL DEFAULT 1
) WITHOUT ROWID;
CREATE TABLE asked (name TEXT NOT NULL);
"""
SEE_ROW = "INSERT OR IGNORE INTO row (key, line) VALUES (?, ?)"
SEE_FACT = """
INSERT INTO fact (name, line, content, sensitivity, protections) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (name) DO UPDATE SET
    times = times + 1,
    sensitivity = max(sensitivity, excluded.sensitivity),
    protections = protections | excluded.protections
"""
RAISE_FACT = """
UPDATE fact SET times = times + 1, sensitivity = max(sensitivity, ?), protections = protections | ? WHERE name = ?
"""
ASK = "INSERT INTO asked (name) VALUES (?)"
FIND_ROWS = "SELECT key, line FROM asked CROSS JOIN row ON key = asked.name"
FIND_FACTS = """
SELECT fact.name, line, content, sensitivity, protections
FROM asked CROSS JOIN fact ON fact.name = asked.name WHERE times > 1
"""
ASKED = "DELETE FROM asked"
_LEVELS = tuple(Sensitivity)
_PROTECTIONS = tuple(Protection)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Standing:
    """What stands of a thing that several rows state, and how all of them together mark it."""

    line: int
    content: str
    marking: Marking


class Survey:
    """Which keys a file's rows have, and what it states of each thing.

    A file may state one thing in several rows: a person in two cases, a place with two tenants. The first row's
    values stand; the marking is that of all rows together, so that no row takes away what another one protects, and
    importing the file again changes nothing. Kept in a database without a name, which spills to the disk, is nobody
    else's to read, and is gone with the process.
    """

    def __init__(self) -> None:
        self._database = sqlite3.connect("", check_same_thread=False)  # one thread after the other, never two
        self._database.executescript(f"{CACHE}; {TABLES}")
        self._marked: dict[Marking, tuple[int, int]] = {}
        self._meant: dict[tuple[int, int], Marking] = {}
        self.rows = 0

    def close(self) -> None:
        self._database.close()

    def see(self, rows: Sequence[Row]) -> int:
        """Look at the next rows; returns how many there were so far."""
        self.rows += len(rows)
        self._database.executemany(SEE_ROW, [(row.key, row.line) for row in rows if row.key is not None])
        first = self._first(rows)
        seen: list[tuple[str, int, str, int, int]] = []
        for row in rows:
            facts = [(name_of(fact), row.line, _content(fact), *self._numbers(fact.marking)) for fact in row.facts]
            if row.key is None or first[row.key] == row.line:
                seen += facts
            else:
                self._database.executemany(SEE_FACT, seen)
                self._database.executemany(RAISE_FACT, [(level, bits, name) for name, _, _, level, bits in facts])
                seen.clear()
        self._database.executemany(SEE_FACT, seen)
        return self.rows

    def settle(self, rows: Sequence[Row]) -> list[Row]:
        """The rows as they are to be stored: whole, corrected, or set aside because an earlier row has their key."""
        first = self._first(rows)
        named = [[name_of(fact) for fact in row.facts] for row in rows]
        found = self._found(FIND_FACTS, chain.from_iterable(named))
        repeated = {
            name: _Standing(line=line, content=content, marking=self._marking(level, bits))
            for name, line, content, level, bits in found
        }
        return [
            _settled(row, row.line if row.key is None else first[row.key], map(repeated.get, names))
            for row, names in zip(rows, named, strict=True)
        ]

    def _first(self, rows: Iterable[Row]) -> dict[str, int]:
        """The first line of each key of these rows."""
        return dict(self._found(FIND_ROWS, [row.key for row in rows if row.key is not None]))

    def _found(self, statement: str, names: Iterable[str]) -> list[Any]:
        self._database.executemany(ASK, [(name,) for name in names])
        found = self._database.execute(statement).fetchall()
        self._database.execute(ASKED)
        return found

    def _numbers(self, marking: Marking) -> tuple[int, int]:
        """A marking as the number of its level and a bit for each protection; a file has few of them."""
        if marking not in self._marked:
            bits = sum(1 << _PROTECTIONS.index(protection) for protection in marking.protections)
            self._marked[marking] = (_LEVELS.index(marking.sensitivity), bits)
        return self._marked[marking]

    def _marking(self, level: int, bits: int) -> Marking:
        """The marking of these numbers."""
        if (level, bits) not in self._meant:
            protections = frozenset(each for at, each in enumerate(_PROTECTIONS) if bits >> at & 1)
            self._meant[level, bits] = Marking(sensitivity=_LEVELS[level], protections=protections)
        return self._meant[level, bits]


def _settled(row: Row, first: int, standing: Iterable[_Standing | None]) -> Row:
    if first != row.line:
        reject = Reject(line=row.line, column=None, reason=f"has the same key as line {first}", raw=row.key or "")
        return replace(row, facts=(), rejects=(*row.rejects, reject))
    stands = list(standing)
    if not any(stands):
        return row
    rejects = list(row.rejects)
    facts = tuple(
        fact if stood is None else _corrected(fact, row.line, stood, rejects)
        for fact, stood in zip(row.facts, stands, strict=True)
    )
    return row if facts == row.facts else replace(row, facts=facts, rejects=tuple(rejects))


def _corrected(fact: NodeFact | LinkFact, line: int, stands: _Standing, rejects: list[Reject]) -> NodeFact | LinkFact:
    said = _content(fact)
    if said == stands.content:
        return fact if fact.marking == stands.marking else replace(fact, marking=stands.marking)
    if fact.type is not Node.PREMISES:
        reason = f"says something else of the same {fact.type} than line {stands.line}, which stands"
        rejects.append(Reject(line=line, column=None, reason=reason, raw=said))
    values: dict[str, Value] = orjson.loads(stands.content)
    return replace(fact, values=values, marking=stands.marking)


def _content(fact: NodeFact | LinkFact) -> str:
    return orjson.dumps(dict(fact.values), option=orjson.OPT_SORT_KEYS).decode()
