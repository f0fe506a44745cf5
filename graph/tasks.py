"""What people ask of one another in the hub, what became of it, and who is away."""

from collections.abc import Mapping
from dataclasses import dataclass

from graph.casework import Target
from graph.change import Ask, Change
from graph.records import LinkFact, Marking, NodeFact, Ref, Source, Value
from graph.vocabulary import Link, Node, TaskStatus

DATASET = "tasks"
"""The dataset in which each agency states what its people ask and do in tasks, and when they are away."""
OF_TASK = (
    *("title", "text", "targetOn", "status", "sentAt", "sender", "senderAgency", "agency", "team", "person"),
    *("receivedAt", "answeredAt", "finishedAt", "version", "steps", "turn", "agencies"),
)
"""What a task states of itself."""
WAITS = f"['{TaskStatus.SENT}', '{TaskStatus.ACCEPTED}']"
AWAITED = f"""
MATCH (a:Absence) WHERE a.untilDay >= $day AND a.fromDay <= $day
WITH DISTINCT a.owner AS agency, a.person AS person, a.number AS number
MATCH (b:Absence {{person: person}}) WHERE b.owner = agency
WITH agency, person, collect(DISTINCT number) AS holding, max(b.number) AS last
WHERE last IN holding
MATCH (t:Task {{person: person}}) WHERE t.agency = agency AND t.status IN {WAITS}
RETURN collect(DISTINCT [agency, person])"""
WAITING = f"""
MATCH (t:Task {{person: $person}}) WHERE t.agency = $agency AND t.status IN {WAITS}
WITH t ORDER BY t.receivedAt, t.taskId LIMIT $most
RETURN collect(properties(t))"""
ABSENCES = """
MATCH (a:Absence {person: $person}) WHERE a.owner = $agency
RETURN collect([a.number, a.fromDay, a.untilDay, a.standIn])"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """What somebody said last of being away: ISO days, both included, and the colleague who stands in."""

    number: int
    from_day: str
    until_day: str
    stand_in: str

    def holds(self, day: str) -> bool:
        return self.from_day <= day <= self.until_day


async def away(change: Change, agency: str, person: str) -> Away | None:
    """What a person of an agency said last; None for who never said anything."""
    found = await change.ask(ABSENCES, {"agency": agency, "person": person})
    said = [Away(number=number, from_day=first, until_day=last, stand_in=who) for number, first, last, who in found]
    return max(said, key=lambda one: one.number, default=None)


async def awaited(ask: Ask, day: str) -> list[tuple[str, str]]:
    """Who is away on a day (ISO) while something waits unanswered with them: agency and person."""
    return [(agency, person) for agency, person in await ask(AWAITED, {"day": day})]


async def waiting(change: Change, agency: str, person: str, most: int) -> list[Target]:
    """What waits unanswered with somebody, the longest waiting first."""
    rows = await change.ask(WAITING, {"agency": agency, "person": person, "most": most})
    ident = Node.TASK.id_property
    return [Target(type=Node.TASK, id=row[ident], facts=row["facts"], conditions={}, properties=row) for row in rows]


def task(source: Source, marking: Marking, values: Mapping[str, Value | None]) -> NodeFact:
    """A task with what it states; what is None is not stated."""
    stated = {name: value for name in OF_TASK if (value := values.get(name)) is not None}
    return NodeFact(type=Node.TASK, source=source, marking=marking, values=stated)


def step(source: Source, of: NodeFact, values: Mapping[str, Value | None]) -> tuple[NodeFact, LinkFact]:
    """What somebody did with a task, marked as it is, and the link to it."""
    stated = {name: value for name, value in values.items() if value is not None}
    made = NodeFact(type=Node.TASK_ENTRY, source=source, marking=of.marking, values=stated)
    return made, LinkFact(type=Link.STEP_OF, source=source, marking=of.marking, start=made.ref, end=of.ref)


def raised(of: NodeFact, case: Ref) -> LinkFact:
    """That a task came up in a case."""
    return LinkFact(type=Link.RAISED_IN, source=of.source, marking=of.marking, start=of.ref, end=case)
