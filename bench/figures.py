"""Figures as tables on the terminal, and as JSON for whoever wants to look closer."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from rich.console import Console
from rich.table import Table as Printed

from bench.rounds import Span

WIDTH = 150


class Bound(StrEnum):
    """Which side of its target a ratio should be on."""

    LEAST = ">="
    MOST = "<="


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a ratio should reach."""

    bound: Bound
    value: float

    def is_met(self, ratio: float) -> bool:
        return ratio >= self.value if self.bound is Bound.LEAST else ratio <= self.value

    def __str__(self) -> str:
        return f"{self.bound} {self.value:g}"


def at_least(value: float) -> Target:
    return Target(bound=Bound.LEAST, value=value)


def at_most(value: float) -> Target:
    return Target(bound=Bound.MOST, value=value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line: what was measured, of ours and of what it is compared with, and the ratio of the two.

    A ratio is the median over rounds of the ratio within a round. A target is one of the ratio, of ours where there is
    none; without a target a figure is for information.
    """

    name: str
    ours: Span
    theirs: Span | None = None
    ratio: Span | None = None
    target: Target | None = None
    note: str = ""


@dataclass(slots=True, kw_only=True)
class Table:
    """The figures of one comparison; `unit` is that of ours and theirs."""

    title: str
    engine: str
    size: str
    unit: str
    figures: list[Figure] = field(default_factory=list)

    def show(self, console: Console) -> None:
        """Print it."""
        printed = Printed(title=f"{self.title}\n{self.engine}, {self.size}", box=None, pad_edge=False)
        printed.title_justify = "left"
        printed.add_column("what", no_wrap=True)
        for heading in (f"ours ({self.unit})", f"theirs ({self.unit})", "ratio", "target"):
            printed.add_column(heading, justify="right", no_wrap=True)
        printed.add_column("met")
        printed.add_column("note")
        for one in self.figures:
            printed.add_row(
                one.name,
                _span(one.ours),
                _span(one.theirs),
                _span(one.ratio),
                str(one.target or ""),
                _met(one),
                one.note,
            )
        console.print(printed)
        console.print()


def terminal() -> Console:
    """A console as wide as the tables need."""
    console = Console()
    return console if console.is_terminal else Console(width=WIDTH)


def keep(tables: Sequence[Table], command: str, file: Path) -> None:
    """Write the tables as JSON, with the command that gave them."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({"command": command, "tables": [_plain(one) for one in tables]}, indent=1))


def _plain(table: Table) -> dict[str, object]:
    return {
        "title": table.title,
        "engine": table.engine,
        "size": table.size,
        "unit": table.unit,
        "figures": [
            {
                "name": one.name,
                "ours": _numbers(one.ours),
                "theirs": _numbers(one.theirs),
                "ratio": _numbers(one.ratio),
                "target": str(one.target) if one.target else None,
                "met": _met(one) or None,
                "note": one.note,
            }
            for one in table.figures
        ],
    }


def _numbers(span: Span | None) -> list[float] | None:
    return None if span is None else [span.least, span.middle, span.most]


def _span(span: Span | None) -> str:
    if span is None:
        return ""
    middle, least, most = (f"{value:.3g}" if value < 1000 else f"{value:,.0f}" for value in _ordered(span))  # noqa: PLR2004 - thousands get commas
    return middle if least == most else f"{middle} ({least}-{most})"


def _ordered(span: Span) -> tuple[float, float, float]:
    return span.middle, span.least, span.most


def _met(figure: Figure) -> str:
    if figure.target is None:
        return ""
    return "yes" if figure.target.is_met((figure.ratio or figure.ours).middle) else "NO"
