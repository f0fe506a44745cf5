"""Baselines: what was referred in a time, counted over the referrals that a viewer may count by and no others."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median
from typing import Any

from graph.baselines import COUNTED, render_baselines
from graph.vocabulary import Node
from policies.calendar import LONDON
from resolvers.branch import Tree, project
from resolvers.dates import compared_moment
from resolvers.errors import InputRefused
from resolvers.operation import Answer, Operation
from resolvers.planning import field_guard
from resolvers.reading import Reader
from resolvers.selection import Selected

LONGEST = timedelta(days=731)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One referral as far as it is counted; moments are RFC 3339."""

    received_at: str
    headings: Sequence[str]
    ward: str | None
    route: str | None
    source: str | None
    triaged_at: str | None
    returned_at: str | None

    @property
    def week(self) -> str:
        """The Monday of the week in which it was received in London."""
        day = _moment(self.received_at).astimezone(LONDON).date()
        return (day - timedelta(days=day.weekday())).isoformat()


def plan_baselines(operation: Operation, selected: Selected) -> Answer:
    """Plan what was referred from one day to another, both included."""
    planner, referral = operation.planner, Node.REFERRAL.value
    since, until = _span(*(planner.opened(selected.arguments[name]) for name in ("from", "to")))
    for name in COUNTED:
        planner.compare(referral, name)
    view = planner.view(referral)
    guards = [field_guard(view, name) for name in COUNTED]
    statement = render_baselines(guards, since, until, planner.viewpoint)

    async def answer(reader: Reader) -> Tree:
        tree: Tree = project(planner.selection, selected, _told(await reader.counted(statement)))
        return tree

    return answer


def _span(first: str, last: str) -> tuple[str, str]:
    """The moment at which one day begins in London and another has ended; raises InputRefused."""
    try:
        since, until = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        raise InputRefused("a day is written `2026-11-24`") from None
    if not timedelta(0) <= until - since <= LONGEST:
        raise InputRefused(f"`to` is `from` or a later day, {LONGEST.days} days later at the most")
    return _midnight(since), _midnight(until + timedelta(days=1))


def _midnight(day: date) -> str:
    return compared_moment("gte", datetime.combine(day, time(), tzinfo=LONDON).isoformat())


def _told(rows: Iterable[Sequence[Any]]) -> Tree:
    found = [
        Counted(
            received_at=received_at,
            headings=headings or (),
            ward=ward,
            route=route,
            source=source,
            triaged_at=triaged_at,
            returned_at=returned_at,
        )
        for received_at, headings, ward, route, source, triaged_at, returned_at in rows
    ]
    returned = sum(one.returned_at is not None for one in found)
    hours = [_hours(one.received_at, one.triaged_at) for one in found if one.triaged_at is not None]
    return {
        "received": len(found),
        "returned": returned,
        "shareReturned": round(returned / len(found), 4) if found else None,
        "triaged": len(hours),
        "medianHoursToTriage": round(median(hours), 2) if hours else None,
        "byHeading": _counts(heading for one in found for heading in dict.fromkeys(one.headings)),
        "byWard": _counts(one.ward for one in found),
        "byRoute": _counts(one.route for one in found),
        "bySource": _counts(one.source for one in found),
        "byWeek": _counts(one.week for one in found),
    }


def _counts(names: Iterable[str | None]) -> list[Tree]:
    """Count each name, in their order; what has none comes last."""
    counted = sorted(Counter(names).items(), key=lambda one: (one[0] is None, one[0] or ""))
    return [{"name": name, "count": count} for name, count in counted]


def _hours(received: str, triaged: str) -> float:
    return (_moment(triaged) - _moment(received)) / timedelta(hours=1)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
