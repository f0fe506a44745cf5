"""What people ask of one another, and do with what they are asked."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from graph import tasks
from graph.casework import Target
from graph.facts import Claim
from graph.records import Marking, Ref, Source, Value
from graph.tasks import DATASET
from graph.vocabulary import Node, StepKind, TaskStatus
from graph.writer import state
from policies.reach import sights
from policies.vocabulary import Sensitivity
from resolvers.acting.acting import Acting
from resolvers.acting.deeds import Deed, nothing, of_one
from resolvers.acting.inputs import LONG, NOTE, SHORT, Given
from resolvers.acting.markings import inherited
from resolvers.acting.refusals import conflict, invalid, not_permitted
from resolvers.acting.task_steps import Addressee, Step, arrival, entries, passed_on, restated, stand_ins

ADDRESSED = {"addressed": True}
_WAITING = frozenset({TaskStatus.SENT, TaskStatus.ACCEPTED})
_STALE = "The task has changed since you read it."
_ELSEWHERE = "The task is with another agency."
_ANSWERED = "The task has been answered."
_FINISHED = "The task is over."


async def _send(acting: Acting, given: Given) -> str:
    change, agency = acting.change, acting.agency
    case = None
    if given.values.get("case") is not None:
        case = await acting.find(Node.CASE, given.values["case"], "input", "case")
    marking = inherited(Sensitivity(given.values["sensitivity"]), case)
    facts = _claim(agency, marking)
    acting.require_new("send", Node.TASK, facts, ADDRESSED)
    to = _addressee(acting, given)
    _require_reached(acting, to, facts)
    if given.values["targetOn"] < acting.viewer.day:
        raise invalid([(("input", "targetOn"), "is today or later")])
    arrived, passed = await _arrived(acting, to)
    values: dict[str, Value | None] = {
        "title": given.text("title", SHORT),
        "text": given.text("text", NOTE),
        "targetOn": given.values["targetOn"],
        "sentAt": change.stamp.now,
        "sender": acting.viewer.principal.subject,
        "senderAgency": agency,
        **arrival(arrived, change.stamp.now),
        "version": 1,
        "steps": 1 + len(passed),
        "turn": change.turn,
        "agencies": sorted({agency, to.agency}),
    }
    task = tasks.task(Source(owner=agency, dataset=DATASET, key=change.stamp.chance("")), marking, values)
    about = () if case is None else (tasks.raised(task, Ref(type=Node.CASE, source=case.source)),)
    steps = (_step(acting, StepKind.SENT, to=to), *passed)
    stored = await state(change, (task, *about, *entries(change, task, steps)))
    return stored.ids[f"{Node.TASK}:{task.source}"]


async def _accept(acting: Acting, given: Given) -> str:
    task = await _with_us(acting, given, "accept")
    _require_status(acting, task, frozenset({TaskStatus.SENT}), "The task is not waiting to be accepted.")
    taken = {"status": TaskStatus.ACCEPTED.value, "person": acting.viewer.principal.subject}
    return await _restate(acting, task, taken, [_step(acting, StepKind.ACCEPTED)])


async def _answer(acting: Acting, given: Given) -> str:
    task = await _with_us(acting, given, "answer")
    _require_unfinished(acting, task)
    answered = {
        "status": TaskStatus.ANSWERED.value,
        "answeredAt": task.properties.get("answeredAt") or acting.change.stamp.now,
    }
    return await _restate(acting, task, answered, [_step(acting, StepKind.ANSWERED, given.text("text", NOTE))])


async def _hand_on(acting: Acting, given: Given) -> str:
    task = await _with_us(acting, given, "handOn")
    _require_status(acting, task, _WAITING, _ANSWERED)
    to = _addressee(acting, given)
    if to.values == {name: task.properties.get(name) for name in to.values}:
        raise invalid([(("input",), "names somebody whom it is not with")])
    _require_reached(acting, to, task.facts)
    arrived, passed = await _arrived(acting, to)
    moved = {
        **arrival(arrived, acting.change.stamp.now),
        "agencies": sorted({*task.properties["agencies"], to.agency}),
    }
    steps = [_step(acting, StepKind.HANDED_ON, given.text("reason", LONG), to=to), *passed]
    return await _restate(acting, task, moved, steps)


async def _finish(acting: Acting, given: Given) -> str:
    task = await _task(acting, given, "finish")
    if acting.agency not in {task.properties["agency"], task.properties["owner"]}:
        raise conflict(_ELSEWHERE, _version(acting, task))
    _require_unfinished(acting, task)
    over = {"status": TaskStatus.FINISHED.value, "finishedAt": acting.change.stamp.now}
    return await _restate(acting, task, over, [_step(acting, StepKind.FINISHED, given.text("text", NOTE))])


async def _arrived(acting: Acting, to: Addressee) -> tuple[Addressee, list[Step]]:
    return passed_on(to, await stand_ins(acting.change, to.agency, to.person, acting.viewer.day))


async def _task(acting: Acting, given: Given, act: str) -> Target:
    task = await acting.find(Node.TASK, given.values["id"], "input", "id")
    acting.require(act, Node.TASK, task)
    if given.values["version"] != task.properties["version"]:
        raise conflict(_STALE, _version(acting, task))
    return task


async def _with_us(acting: Acting, given: Given, act: str) -> Target:
    """Find a task that is with the acting agency now: who sent it, or had it before, does nothing more with it."""
    task = await _task(acting, given, act)
    if acting.agency != task.properties["agency"]:
        raise conflict(_ELSEWHERE, _version(acting, task))
    return task


async def _restate(acting: Acting, task: Target, values: Mapping[str, Any], steps: Sequence[Step]) -> str:
    """State the task anew, one version on, and record who did what."""
    fact, made = restated(acting.change, task, values, steps)
    await state(acting.change, (fact,), made, {task.ref: task.held})
    return task.id


def _step(acting: Acting, kind: StepKind, text: str | None = None, to: Addressee | None = None) -> Step:
    return Step(kind=kind, author=acting.viewer.principal.subject, agency=acting.agency, text=text, to=to)


def _addressee(acting: Acting, given: Given) -> Addressee:
    agency, team = given.values["agency"], given.values.get("team")
    entry = acting.snapshot.engine.agencies.get(agency)
    if entry is None:
        raise invalid([(("input", "agency"), "is the code of an agency of the partnership")])
    if team is not None and team not in {one.code for one in entry.teams}:
        raise invalid([(("input", "team"), "is the code of a team of that agency")])
    return Addressee(agency=agency, team=team, person=given.text("person", SHORT))


def _require_reached(acting: Acting, to: Addressee, facts: str) -> None:
    """Raise Refused where nobody of that agency could read what is asked: it would be lost there."""
    engine, day = acting.snapshot.engine, acting.viewer.day
    if not any(mask & view.entry.top("text") for view, mask in sights(engine, to.agency, facts, day, ADDRESSED)):
        raise not_permitted()


def _require_status(acting: Acting, task: Target, allowed: frozenset[TaskStatus], message: str) -> None:
    _require_unfinished(acting, task)
    if task.properties["status"] not in allowed:
        raise conflict(message, _version(acting, task))


def _require_unfinished(acting: Acting, task: Target) -> None:
    if task.properties["status"] == TaskStatus.FINISHED:
        raise conflict(_FINISHED, _version(acting, task))


def _version(acting: Acting, task: Target) -> int | None:
    """The task's version, for those who are told it."""
    return int(task.properties["version"]) if acting.sees(Node.TASK, task, "version") else None


def _claim(owner: str, marking: Marking) -> str:
    marked = tuple(sorted(marking.protections))
    return Claim(type=Node.TASK, owner=owner, dataset=DATASET, sensitivity=marking.sensitivity, marked=marked).under(())


def _check_new(given: Given) -> None:
    given.text("title", SHORT)
    given.text("text", NOTE)
    given.text("person", SHORT)
    given.day("targetOn")


def _check_text(given: Given) -> None:
    given.text("text", NOTE)


def _check_hand_on(given: Given) -> None:
    given.text("person", SHORT)
    given.text("reason", LONG)


_deed = partial(Deed, node=Node.TASK, done="TaskChanged")
DEEDS: Mapping[str, Deed] = {
    "sendTask": _deed(act="send", check=_check_new, do=of_one(_send)),
    "acceptTask": _deed(act="accept", check=nothing, do=of_one(_accept)),
    "answerTask": _deed(act="answer", check=_check_text, do=of_one(_answer)),
    "handOnTask": _deed(act="handOn", check=_check_hand_on, do=of_one(_hand_on)),
    "finishTask": _deed(act="finish", check=_check_text, do=of_one(_finish)),
}
"""By the mutation's name in the contract."""
