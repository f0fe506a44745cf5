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
        console.print(f"{self.title} ({self.engine}, {self.size})", style="bold")
        printed = Printed(box=None, pad_edge=False)
        for heading in _headings(self):
            number = heading not in {"what", "met", "note"}
            printed.add_column(heading, justify="right" if number else "left", no_wrap=number or heading == "what")
        for one in self.figures:
            printed.add_row(*_cells(one))
        console.print(printed)
        console.print()


def terminal() -> Console:
    """A console as wide as the tables need."""
    console = Console()
    return console if console.is_terminal else Console(width=WIDTH)


def keep(tables: Sequence[Table], command: str, file: Path) -> None:
    """Write every round as JSON, and beside it the tables as Markdown, each with the command that gave them."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({"command": command, "tables": [_plain(one) for one in tables]}, indent=1))
    file.with_suffix(".md").write_text("\n\n".join((f"`{command}`", *map(_markdown, tables))) + "\n")


def _markdown(table: Table) -> str:
    cells = [_headings(table), ("---", *["--:"] * 4, "---", "---"), *map(_cells, table.figures)]
    lines = (f"| {' | '.join(row)} |" for row in cells)
    return "\n".join((f"{table.title} ({table.engine}, {table.size})", "", *lines))


def _headings(table: Table) -> tuple[str, ...]:
    return ("what", f"ours ({table.unit})", f"theirs ({table.unit})", "ratio", "target", "met", "note")


def _cells(one: Figure) -> tuple[str, ...]:
    spans = (_span(one.ours), _span(one.theirs), _span(one.ratio))
    return (one.name, *spans, str(one.target or ""), _met(one), one.note)


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
    return None if span is None else list(span.values)


def _span(span: Span | None) -> str:
    if span is None:
        return ""
    middle, least, most = (
        f"{value:.3g}" if value < 1000 else f"{value:,.0f}"  # noqa: PLR2004 - thousands get commas
        for value in (span.middle, span.least, span.most)
    )
    return middle if least == most else f"{middle} ({least}-{most})"


def _met(figure: Figure) -> str:
    if figure.target is None:
        return ""
    return "yes" if figure.target.is_met((figure.ratio or figure.ours).middle) else "NO"
