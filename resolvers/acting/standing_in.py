"""Standing in: what waits unanswered with somebody who is away goes on to whom they said."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from graph import tasks
from graph.casework import Target
from graph.change import Change, Stamp, commit
from graph.records import NodeFact
from graph.store import Store
from graph.writer import state
from resolvers.acting.task_steps import Addressee, Facts, arrival, passed_on, restated, stand_ins

MOST = 100
"""How many tasks one transaction hands on: all others who write wait for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandIns:
    """Hands on what waits with those whose absence began, or with whom more waited than one transaction bears."""

    store: Store

    async def run(self, stamp: Stamp, day: str) -> int:
        """Hand on as much as one transaction bears for each who is away; returns how many tasks that were."""
        moved = 0
        for agency, person in await tasks.awaited(self.store.read, day):
            moved += await commit(self.store, stamp, partial(_relieve, agency=agency, person=person, day=day))
        return moved


async def hand_on(change: Change, agency: str, person: str, day: str) -> int:
    """Hand on what waits with somebody who is away on a day, the longest waiting first; returns how many tasks."""
    passed = await stand_ins(change, agency, person, day)
    waiting = await tasks.waiting(change, agency, person, MOST) if passed else []
    if waiting:
        relieved = [_relieved(change, task, passed) for task in waiting]
        made = [fact for _, entries in relieved for fact in entries]
        await state(change, [task for task, _ in relieved], made, {task.ref: task.held for task in waiting})
    return len(waiting)


def _relieved(change: Change, task: Target, passed: Sequence[tuple[str, str | None]]) -> tuple[NodeFact, Facts]:
    held = task.properties
    to = Addressee(agency=held["agency"], team=held.get("team"), person=held["person"])
    to, steps = passed_on(to, passed)
    return restated(change, task, arrival(to, change.stamp.now), steps)


async def _relieve(change: Change, agency: str, person: str, day: str) -> int:
    await change.take_turn()
    return await hand_on(change, agency, person, day)
