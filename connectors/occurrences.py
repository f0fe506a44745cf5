"""Telling apart rows to which their publisher gives no key."""

import hashlib
import sqlite3
from collections.abc import Iterable

TABLE = """
CREATE TABLE seen (
    name BLOB, rest TEXT, times INTEGER NOT NULL DEFAULT 1, given INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (name, rest)
) WITHOUT ROWID"""
SEE = "INSERT INTO seen (name, rest) VALUES (?, ?) ON CONFLICT DO UPDATE SET times = times + 1"
BEFORE = "SELECT coalesce(sum(times), 0) FROM seen WHERE name = ? AND rest < ?"
GIVE = "UPDATE seen SET given = given + 1 WHERE name = ? AND rest = ? RETURNING given"
LENGTH = 12


class Occurrences:
    """Numbers the rows of a file that agree in what stays, by what may change, `rest`.

    The numbers do not depend on the order of the rows; and when the rest of a row changes in a later file, the same
    keys stand for the same number of rows. Kept in a database without a name, which spills to the disk.
    """

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.execute(TABLE)
        self._database.execute("BEGIN")

    def close(self) -> None:
        self._database.close()

    def see(self, values: Iterable[str], rest: str) -> None:
        """Look at a row; all of them must have been seen before the first key is asked for."""
        self._database.execute(SEE, (_digest(values), rest))

    def key(self, values: Iterable[str], rest: str) -> str:
        """The key of a row that was seen, different for each of several that are alike."""
        name = _digest(values)
        (before,) = self._database.execute(BEFORE, (name, rest)).fetchone()
        (given,) = self._database.execute(GIVE, (name, rest)).fetchone()
        return f"{name.hex()}-{before + given}"


def _digest(values: Iterable[str]) -> bytes:
    return hashlib.blake2b("\x1f".join(values).encode(), digest_size=LENGTH).digest()
