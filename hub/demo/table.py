"""Four answers side by side: fields down, viewers across, what is masked or withheld marked."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rich.markup import escape
from rich.table import Table

from hub.demo.questions import Told

NOBODY, NOT_RECORDED = "nobody there", ""
LEGEND = "~ blurred by an agreement   x withheld   (empty) nothing recorded   nobody there: not visible at all"
Branch = Mapping[str, Any]


def table_of(told: Sequence[Told]) -> Table:
    """Lay the answers out."""
    table = Table(title="One question about one family, four answers", caption=LEGEND, show_lines=False)
    table.add_column("")
    for one in told:
        table.add_column(f"{one.viewer.name}\n{one.viewer.agency}, {one.viewer.role}", overflow="fold")
    for ident in told[0].people:
        answers = [one.people[ident] for one in told]
        for label, fields, value in _ROWS:
            table.add_row(label, *(_cell(answer, fields, value) for answer in answers), end_section=label == _LAST)
    return table


def _cell(answer: Branch | None, fields: Sequence[str], value: Callable[[Branch], str]) -> str:
    if answer is None:
        return f"[dim]{NOBODY}[/]" if value is _name else ""
    withheld = {entry["field"]: entry["reason"] for entry in answer["access"]["withheld"] if entry["field"] in fields}
    text = escape(value(answer))
    if not text:
        return "[red]x[/]" if withheld else NOT_RECORDED
    return f"[yellow]~ {text}[/]" if withheld else text


def _plain(field: str) -> Callable[[Branch], str]:
    return lambda answer: _text(answer[field])


def _text(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def _name(answer: Branch) -> str:
    return " ".join(filter(None, (answer["givenName"], answer["familyName"])))


def _cases(answer: Branch) -> str:
    return ", ".join(_text(edge["node"]["reference"]) or "a case" for edge in answer["cases"]["edges"])


def _siblings(answer: Branch) -> str:
    return ", ".join(_text(edge["node"]["givenName"]) or "somebody" for edge in answer["siblings"]["edges"])


def _holders(answer: Branch) -> str:
    return ", ".join(_text(holder["agency"] and holder["agency"]["name"]) for holder in answer["knownTo"])


_LAST = "level"
_ROWS: tuple[tuple[str, tuple[str, ...], Callable[[Branch], str]], ...] = (
    ("name", ("givenName", "familyName"), _name),
    ("born", ("dateOfBirth",), _plain("dateOfBirth")),
    ("address", ("address",), _plain("address")),
    ("phone", ("phone",), _plain("phone")),
    ("warnings", ("warningMarkers",), _plain("warningMarkers")),
    ("cases", (), _cases),
    ("siblings", (), _siblings),
    ("known to", (), _holders),
    (_LAST, (), lambda answer: str(answer["access"]["level"]).lower()),
)
