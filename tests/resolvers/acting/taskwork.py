"""What people send to do something with tasks, and what they read of them."""

from itertools import count
from typing import Any

from policies.viewer import Principal
from tests.support.hub import ASB, PEOPLE, TestHub

TASK = """id title text status targetOn sender senderAgency agency team person version answeredAt finishedAt
  cases(first: 9) { totalCount edges { node { id reference } } }
  entries(first: 20, orderBy: NUMBER) { edges { node {
    number kind author authorAgency text agency team person } } }"""
REFUSED = """... on NotPermitted { message } ... on InvalidInput { message fields { path message } }"""
RESULT = f"""__typename ... on TaskChanged {{ task {{ {TASK} }} }} {REFUSED}
  ... on NotFound {{ message path }} ... on Conflict {{ message currentVersion }}"""
AWAY = f"__typename ... on AbsenceStated {{ absence {{ person fromDay untilDay standIn }} }} {REFUSED}"
TASKS = """query($f: TaskFilter) { tasks(first: 20, filter: $f, orderBy: TARGET_ON) { totalCount
  edges { node { id title status agency person } } } }"""
LOADS = "agency team person open unanswered overdue medianHoursToAnswer"
WORKLOAD = f"query($by: WorkloadBy!) {{ workload(by: $by) {{ {LOADS} }} blockages(by: $by) {{ {LOADS} oldest }} }}"
DUE = "2026-12-01"
HOUSING_COLLEAGUE = Principal(
    subject="housing-colleague", agency="housing", roles=frozenset({"housing_officer"}), wards=frozenset()
)
_keys = count(1)


def mutation(name: str, result: str = RESULT) -> str:
    kind = f"{name[0].upper()}{name[1:]}Input"
    return f"mutation($input: {kind}!) {{ done: {name}(input: $input) {{ {result} }} }}"


async def attempt(hub: TestHub, who: str | Principal, name: str, *, purpose: str = ASB, **given: Any) -> dict[str, Any]:  # noqa: ANN401 - any input
    """Send a change with a key of its own, unless it is given one, and return what came of it."""
    given = {"idempotencyKey": f"test-task-{next(_keys)}", **given}
    query = mutation(name, AWAY if name == "setAbsence" else RESULT)
    found: dict[str, Any] = (await hub.data(who, purpose, query, {"input": given}))["done"]
    return found


async def done(hub: TestHub, who: str | Principal, name: str, **given: Any) -> dict[str, Any]:  # noqa: ANN401 - any input
    """Send a change that must be made, and return the task."""
    found = await attempt(hub, who, name, **given)
    assert found["__typename"] == "TaskChanged", found
    task: dict[str, Any] = found["task"]
    return task


async def sent(hub: TestHub, who: str | Principal = "asb-officer", **given: Any) -> dict[str, Any]:  # noqa: ANN401 - any input
    asked = {"agency": "housing", "title": "Whose flat?", "text": "Who lives at 1 Dean Street?", "targetOn": DUE}
    return await done(hub, who, "sendTask", **{**asked, **given})


async def away(hub: TestHub, who: str, stand_in: str, until: str = "2026-11-30") -> None:
    """Say that somebody is away from this day on; a colleague who has no sign-in of their own speaks by theirs."""
    principal = PEOPLE.get(who) or Principal(
        subject=who, agency="housing", roles=frozenset({"housing_officer"}), wards=frozenset()
    )
    found = await attempt(hub, principal, "setAbsence", fromDay="2026-11-20", untilDay=until, standIn=stand_in)
    assert found["__typename"] == "AbsenceStated", found


async def inbox(hub: TestHub, who: str | Principal, **which: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - any filter
    found = await hub.data(who, ASB, TASKS, {"f": which})
    assert found["tasks"]["totalCount"] == len(found["tasks"]["edges"])
    return [edge["node"] for edge in found["tasks"]["edges"]]


def steps(task: dict[str, Any]) -> list[tuple[str, str, str | None]]:
    """What was done with it, by whom, and whom it went to."""
    entries = [edge["node"] for edge in task["entries"]["edges"]]
    assert [entry["number"] for entry in entries] == list(range(1, len(entries) + 1))
    return [(entry["kind"], entry["author"], entry["person"]) for entry in entries]
