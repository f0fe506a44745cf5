"""What is done with tasks: whom each goes to, who stands in there for who is away, and the entries of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph import tasks
from graph.casework import Target
from graph.change import Change
from graph.records import LinkFact, NodeFact, Source
from graph.tasks import DATASET
from graph.vocabulary import StepKind, TaskStatus

Facts = tuple[NodeFact | LinkFact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """Whom a task is with: an agency, perhaps a team of it, perhaps somebody there."""

    agency: str
    team: str | None
    person: str | None

    @property
    def values(self) -> dict[str, str | None]:
        return {"agency": self.agency, "team": self.team, "person": self.person}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What somebody did with a task: `to` is whom it went to, where it went to anybody."""

    kind: StepKind
    author: str
    agency: str
    text: str | None = None
    to: Addressee | None = None


async def stand_ins(change: Change, agency: str, person: str | None, day: str) -> list[tuple[str, str | None]]:
    """Follow who stands in for whom from somebody on, each with who is away before them.

    Where that leads in a circle, nobody stands in for the last.
    """
    passed: list[tuple[str, str | None]] = []
    met = set[str]()
    while person is not None:
        absence = await tasks.away(change, agency, person)
        if absence is None or not absence.holds(day):
            break
        met.add(person)
        following = None if absence.stand_in in met else absence.stand_in
        passed.append((person, following))
        person = following
    return passed


def passed_on(to: Addressee, passed: Sequence[tuple[str, str | None]]) -> tuple[Addressee, list[Step]]:
    """Pass a task on along those who stand in; with nobody left the team or the agency has it."""
    steps = []
    for person, following in passed:
        to = Addressee(agency=to.agency, team=to.team, person=following)
        kind = StepKind.RETURNED if following is None else StepKind.STOOD_IN
        steps.append(Step(kind=kind, author=person, agency=to.agency, to=to))
    return to, steps


def arrival(to: Addressee, now: str) -> dict[str, str | None]:
    """What a task states of having come to somebody, who has not answered yet."""
    return {**to.values, "status": TaskStatus.SENT.value, "receivedAt": now}


def restated(change: Change, task: Target, values: Mapping[str, Any], steps: Sequence[Step]) -> tuple[NodeFact, Facts]:
    """The task one version on, and the entries of what was done."""
    held = task.properties
    counted = {"version": held["version"] + 1, "steps": held["steps"] + len(steps), "turn": change.turn}
    fact = tasks.task(task.source, task.marking, {**held, **values, **counted})
    return fact, entries(change, fact, steps)


def entries(change: Change, task: NodeFact, steps: Sequence[Step]) -> Facts:
    """Record the last steps of a task; each is owned by the agency of who made it."""
    stamp, done = change.stamp, int(str(task.values["steps"])) - len(steps)
    return tuple(
        fact
        for number, step in enumerate(steps, start=done + 1)
        for fact in tasks.step(
            Source(owner=step.agency, dataset=DATASET, key=stamp.chance("")),
            task,
            {
                "number": number,
                "kind": step.kind.value,
                "madeAt": stamp.now,
                "author": step.author,
                "authorAgency": step.agency,
                "text": step.text,
                **(step.to.values if step.to is not None else {}),
            },
        )
    )
