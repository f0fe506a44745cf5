"""The matrix for spreadsheets: CSV, a line for each field, owner and condition."""

import csv
from collections.abc import Iterable
from typing import TextIO

from hub.officers import wording
from policies.matrix import Line

COLUMNS = ("agency", "role", "purpose", "type", "field", "owner", "condition", "rung", "agreement", "limits")
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""With what a cell begins that a spreadsheet would work out instead of showing."""


def write_sheet(lines: Iterable[Line], file: TextIO) -> None:
    """Write the lines under a heading."""
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    writer.writerows(tuple(map(shown, _cells(line))) for line in lines)


def shown(cell: str) -> str:
    """The cell as a text that no spreadsheet works out."""
    return f"'{cell}" if cell.startswith(FORMULAS) else cell


def _cells(line: Line) -> tuple[str, ...]:
    condition = "; ".join(filter(None, (wording.term(line.term), wording.records(line))))
    return (
        line.seat.agency,
        line.seat.role,
        line.seat.purpose or wording.NO_PURPOSE,
        line.type,
        line.field,
        line.owner,
        condition or "always",
        line.rung,
        "; ".join(line.agreements),
        "; ".join(f"{one.limit}: {one.rung}" for one in line.limits),
    )
