"""Delimited text, read row by row: what can be read, and what cannot, each with its line."""

import csv
import difflib
import io
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from connectors.errors import FileRefused
from connectors.signature import check_text
from graph.records import Reject

LINE_LIMIT = 1 << 20
RAW_LIMIT = 2_000
_TORN = "\ufffd"
_SEPARATORS = (",", ";", "\t", "|")


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a file is laid out: its columns, which must all be there (others are ignored), separator and encoding.

    A file that is not in `encoding` is read in `fallback`. Where `surplus` is set, a record with more values than
    there are columns is given and not rejected.
    """

    columns: Sequence[str]
    delimiter: str = ","
    encoding: str = "utf-8-sig"
    fallback: str | None = None
    surplus: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One record by column; `line` is where it begins, `raw` its text, cut to a bound.

    `surplus` says how many values more than columns it has.
    """

    line: int
    cells: Mapping[str, str]
    raw: str
    surplus: int = 0


class _Lines:
    """Physical lines, counted, of which those of the record being read can be taken back."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self._again: deque[str] = deque()
        self.taken: list[str] = []
        self.number = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else self._text.readline(LINE_LIMIT)
        if not line:
            raise StopIteration
        self.number += 1
        self.taken.append(line)
        return line

    @property
    def first(self) -> int:
        """The number of the line where the record begins."""
        return self.number - len(self.taken) + 1

    @property
    def overlong(self) -> bool:
        """Whether the last line is only the beginning of one."""
        return len(self.taken[-1]) >= LINE_LIMIT and not self.taken[-1].endswith(("\n", "\r"))

    def skip_rest(self) -> None:
        """Leave the rest of a line that is longer than the limit."""
        while (rest := self._text.readline(LINE_LIMIT)) and not rest.endswith(("\n", "\r")):
            pass

    def take_back(self) -> None:
        """Give the lines after the first of the record again."""
        self._again.extendleft(reversed(self.taken[1:]))
        self.number -= len(self.taken) - 1


def records(source: BinaryIO, layout: Layout) -> Iterator[Record | Reject]:
    """Read the records below the header; a record that is torn, ragged or too long is a reject.

    When a record of several lines cannot be read (a quote that is never closed), only its first line is rejected
    and the next one is read afresh. Lines without any value are left out: spreadsheets end in thousands of them.
    Raises FileRefused before the first record.
    """
    encoding = check_text(source, *filter(None, (layout.encoding, layout.fallback)))
    text = io.TextIOWrapper(source, encoding=encoding, errors="replace", newline="")
    try:
        lines = _Lines(text)
        header = _header(lines, layout)
        while True:
            lines.taken.clear()
            read = _next(lines, header, layout)
            if read is None:
                return
            if isinstance(read, Reject) or read.cells:
                yield read
    finally:
        if not source.closed:
            text.detach()


def _header(lines: _Lines, layout: Layout) -> list[str]:
    try:
        names = [name.strip() for name in next(csv.reader(lines, delimiter=layout.delimiter, strict=True), [])]
    except csv.Error as error:
        raise FileRefused(f"the header cannot be read: {error}") from error
    missing = [column for column in layout.columns if column not in names]
    if missing:
        raise FileRefused(_missing(missing, names, layout))
    doubled = sorted({column for column in layout.columns if names.count(column) > 1})
    if doubled:
        raise FileRefused(f"the header names {', '.join(doubled)} more than once")
    return names


def _missing(missing: list[str], names: list[str], layout: Layout) -> str:
    for separator in _SEPARATORS:
        if len(names) == 1 and separator != layout.delimiter and separator in names[0]:
            return f"the columns are separated by {separator!r}, not by {layout.delimiter!r}"
    said, spare = [], [name for name in names if name not in layout.columns]
    for column in missing:
        near = difflib.get_close_matches(column, spare, n=1)
        said.append(f"{column} (nearest is {near[0]})" if near else column)
    return f"missing columns: {', '.join(said)}"


def _next(lines: _Lines, header: list[str], layout: Layout) -> Record | Reject | None:
    try:
        cells = next(csv.reader(lines, delimiter=layout.delimiter, strict=True), None)
    except csv.Error as error:
        return _reject(lines, _reason(str(error)))
    if cells is None:
        return None
    if lines.overlong:
        return _reject(lines, f"a line of the record is longer than {LINE_LIMIT:,} characters")
    is_empty = not "".join(cells).strip()
    if not is_empty and (reason := _misfit(cells, header, layout)) is not None:
        return _reject(lines, reason)
    read = {} if is_empty else dict(zip(header, cells, strict=False))
    raw = "".join(lines.taken)[:RAW_LIMIT].rstrip("\r\n")
    return Record(line=lines.first, cells=read, raw=raw, surplus=len(cells) - len(header))


def _misfit(cells: list[str], header: list[str], layout: Layout) -> str | None:
    """Why the cells are not to be read under the header."""
    if len(cells) < len(header) or (len(cells) > len(header) and not layout.surplus):
        return f"the row has {len(cells)} columns, the header {len(header)}"
    if cells[-1].endswith(_TORN):
        return "the file ends in the middle of a character"
    return None


def _reject(lines: _Lines, reason: str) -> Reject:
    line = lines.first
    raw = lines.taken[0][:RAW_LIMIT].rstrip("\r\n")
    if len(lines.taken) > 1:
        lines.take_back()
    elif lines.overlong:
        reason = f"the line is longer than {LINE_LIMIT:,} characters"
        lines.skip_rest()
    return Reject(line=line, column=None, reason=reason, raw=raw)


def _reason(message: str) -> str:
    if "unexpected end of data" in message:
        return "a quote is opened and never closed"
    if "field limit" in message:
        return "a value is longer than the limit, or a quote is never closed"
    return "a quote stands where none can be"
