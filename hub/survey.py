"""What a file says as a whole, looked through once before anything of it is stored."""

import sqlite3
from collections.abc import Iterable
from dataclasses import replace

import orjson

from graph.records import LinkFact, Marking, NodeFact, Reject, Row, Value
from graph.vocabulary import Node
from policies.vocabulary import Protection, Sensitivity

CACHE = "PRAGMA cache_size = -16384"
TABLES = """
CREATE TABLE row (key TEXT PRIMARY KEY, line INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE fact (
    name TEXT PRIMARY KEY, line INTEGER NOT NULL, content TEXT NOT NULL,
    sensitivity INTEGER NOT NULL, protections INTEGER NOT NULL, times INTEGER NOT NULL DEFAULT 1
) WITHOUT ROWID;
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
FIND_ROW = "SELECT line FROM row WHERE key = ?"
FIND_FACT = "SELECT line, content, sensitivity, protections FROM fact WHERE name = ? AND times > 1"
_LEVELS = tuple(Sensitivity)
_PROTECTIONS = tuple(Protection)


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
        self.rows = 0

    def close(self) -> None:
        self._database.close()

    def see(self, rows: Iterable[Row]) -> int:
        """Look at the next rows; returns how many there were so far."""
        for row in rows:
            self.rows += 1
            facts = [(_name(fact), row.line, *_content(fact)) for fact in row.facts]
            if row.key is None or self._database.execute(SEE_ROW, (row.key, row.line)).rowcount:
                self._database.executemany(SEE_FACT, facts)
            else:
                self._database.executemany(RAISE_FACT, [(level, bits, name) for name, _, _, level, bits in facts])
        return self.rows

    def settle(self, row: Row) -> Row:
        """The row as it is to be stored: whole, corrected, or set aside because an earlier row has its key."""
        if row.key is not None:
            first = self._database.execute(FIND_ROW, (row.key,)).fetchone()[0]
            if first != row.line:
                reject = Reject(line=row.line, column=None, reason=f"has the same key as line {first}", raw=row.key)
                return replace(row, facts=(), rejects=(*row.rejects, reject))
        rejects = list(row.rejects)
        facts = [self._settled(fact, row.line, rejects) for fact in row.facts]
        return replace(row, facts=tuple(facts), rejects=tuple(rejects))

    def _settled(self, fact: NodeFact | LinkFact, line: int, rejects: list[Reject]) -> NodeFact | LinkFact:
        found = self._database.execute(FIND_FACT, (_name(fact),)).fetchone()
        if found is None:
            return fact
        first, content, sensitivity, protections = found
        said = _content(fact)[0]
        if said != content and fact.type is not Node.PREMISES:
            reason = f"says something else of the same {fact.type} than line {first}, which stands"
            rejects.append(Reject(line=line, column=None, reason=reason, raw=said))
        values: dict[str, Value] = orjson.loads(content)
        return replace(fact, values=values, marking=_marking(sensitivity, protections))


def _name(fact: NodeFact | LinkFact) -> str:
    return f"{fact.type}:{fact.source}"


def _content(fact: NodeFact | LinkFact) -> tuple[str, int, int]:
    values = orjson.dumps(dict(fact.values), option=orjson.OPT_SORT_KEYS).decode()
    level = _LEVELS.index(fact.marking.sensitivity)
    return values, level, sum(1 << _PROTECTIONS.index(protection) for protection in fact.marking.protections)


def _marking(level: int, bits: int) -> Marking:
    protections = frozenset(each for at, each in enumerate(_PROTECTIONS) if bits >> at & 1)
    return Marking(sensitivity=_LEVELS[level], protections=protections)
