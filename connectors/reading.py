"""Reading one record: a value that cannot be read is set aside, and the others stand."""

from collections.abc import Callable
from typing import TypeVar

from connectors.errors import BadValue
from connectors.table import Record
from graph.records import Reject, Row

T = TypeVar("T")
RAW_LIMIT = 200


class Reading:
    """One record, and what was set aside of it."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.rejects: list[Reject] = []

    def cell(self, column: str) -> str:
        return self.record.cells[column].strip()

    def value(self, column: str, read: Callable[[str], T]) -> T | None:
        """The cell as `read` gives it; None where it is empty or was set aside."""
        cell = self.cell(column)
        if not cell:
            return None
        try:
            return read(cell)
        except BadValue as error:
            self.set_aside(column, str(error), cell)
            return None

    def set_aside(self, column: str, reason: str, raw: str) -> None:
        self.rejects.append(Reject(line=self.record.line, column=column, reason=reason, raw=raw[:RAW_LIMIT]))

    def refused(self, column: str | None, reason: str) -> Row:
        """The row without facts, quarantined whole."""
        reject = Reject(line=self.record.line, column=column, reason=reason, raw=self.record.raw)
        return Row(line=self.record.line, key=None, facts=(), rejects=(*self.rejects, reject))


def unread(reject: Reject) -> Row:
    """A record that could not be read at all, as a row."""
    return Row(line=reject.line, key=None, facts=(), rejects=(reject,))
