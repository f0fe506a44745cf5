"""How much is asked of whom, and what waits: counted over the tasks that a viewer may see and no others."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from graph.vocabulary import Node
from graph.workload import COUNTED, render_workload
from resolvers.branch import Branch, project
from resolvers.operation import Answer, Operation
from resolvers.planning import field_guard
from resolvers.reading import Reader
from resolvers.selection import Selected

REMEMBERED = timedelta(days=90)
"""How long an answer counts for how soon somebody answers."""
Whose = tuple[str, str | None, str | None]
"""An agency, and a team or a person of it where the count is of theirs."""
_WHOSE: dict[str, Callable[[str, str | None, str | None], Whose | None]] = {
    "PERSON": lambda agency, _, person: None if person is None else (agency, None, person),
    "TEAM": lambda agency, team, _: None if team is None else (agency, team, None),
    "AGENCY": lambda agency, *_: (agency, None, None),
}


@dataclass(slots=True, kw_only=True)
class _Load:
    open: int = 0
    unanswered: int = 0
    overdue: int = 0
    waiting: list[str] = field(default_factory=list)
    hours: list[float] = field(default_factory=list)

    def add(self, counted: Sequence[Any]) -> None:
        still_open, unanswered, overdue, oldest, answered = counted
        self.open += still_open
        self.unanswered += unanswered
        self.overdue += overdue
        self.waiting += [oldest] if oldest is not None else []
        self.hours += [_hours(received, at) for received, at in answered]


def plan_workload(operation: Operation, selected: Selected) -> Answer:
    """Plan what is asked of whom."""
    return _plan(operation, selected, lambda lines: lines)


def plan_blockages(operation: Operation, selected: Selected) -> Answer:
    """Plan where something waits for an answer, longest first."""
    return _plan(
        operation,
        selected,
        lambda lines: sorted((line for line in lines if line["unanswered"]), key=lambda line: str(line["oldest"])),
    )


def _plan(
    operation: Operation, selected: Selected, kept: Callable[[list[dict[str, Any]]], list[dict[str, Any]]]
) -> Answer:
    planner, task = operation.planner, Node.TASK.value
    for name in COUNTED:
        planner.compare(task, name)
    whose = _WHOSE[planner.opened(selected.arguments["by"]).value]
    view, since = planner.view(task), (date.fromisoformat(planner.day) - REMEMBERED).isoformat()
    statement = render_workload([field_guard(view, name) for name in COUNTED], since, planner.viewpoint)

    async def answer(reader: Reader) -> list[Branch]:
        lines = _lines(await reader.counted(statement), whose)
        told: list[Branch] = project(planner.selection, selected, kept(lines))
        return told

    return answer


def _lines(
    rows: Iterable[Sequence[Any]], whose: Callable[[str, str | None, str | None], Whose | None]
) -> list[dict[str, Any]]:
    loads: dict[Whose, _Load] = {}
    for agency, team, person, *counted in rows:
        key = whose(agency, team, person)
        if key is not None:
            loads.setdefault(key, _Load()).add(counted)
    return [
        {
            "agency": agency,
            "team": team,
            "person": person,
            "open": load.open,
            "unanswered": load.unanswered,
            "overdue": load.overdue,
            "oldest": min(load.waiting, default=None),
            "medianHoursToAnswer": round(median(load.hours), 2) if load.hours else None,
        }
        for (agency, team, person), load in sorted(loads.items(), key=lambda one: [word or "" for word in one[0]])
    ]


def _hours(received: str, answered: str) -> float:
    passed = datetime.fromisoformat(answered) - datetime.fromisoformat(received)
    return passed / timedelta(hours=1)
