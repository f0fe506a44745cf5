"""What is to be done in a case: said, and done."""

from collections.abc import Mapping
from functools import partial

from graph.casework import Target, is_recorded_in
from graph.records import NodeFact
from graph.sheets import SHEETS
from graph.vocabulary import Node
from graph.work_vocabulary import ActionStatus, EntryKind
from graph.writer import state
from resolvers.acting.acting import Acting
from resolvers.acting.casework import entry, find_case, record, require_open, version_of
from resolvers.acting.deeds import Deed, of_one
from resolvers.acting.inputs import LONG, SHORT, Given
from resolvers.acting.own import own
from resolvers.acting.refusals import conflict, invalid, not_found


async def _add(acting: Acting, given: Given) -> str:
    """Say what an agency of the case is to do: others would not see it, and nobody would notice.

    One that takes part unseen is refused like one that does not.
    """
    case = await find_case(acting, given, "addAction", is_kept_here=False)
    require_open(acting, case)
    agency, text = given.values.get("agency") or acting.agency, given.text("text", LONG)
    if agency != acting.agency and not await acting.sees_part(case, agency):
        raise invalid([(("input", "agency"), "is the code of an agency that takes part")])
    if given.values["targetOn"] < acting.viewer.day:
        raise invalid([(("input", "targetOn"), "is today or later")])
    values = {
        "text": text,
        "agency": agency,
        "person": given.text("person", SHORT),
        "targetOn": given.values["targetOn"],
        "status": ActionStatus.OPEN.value,
    }
    made = (*record(acting, Node.ACTION, case, values), *entry(acting, case, EntryKind.ACTION_ADDED, {"text": text}))
    await state(acting.change, (), made, {case.ref: case.held})
    return case.id


async def _finish(acting: Acting, given: Given) -> str:
    case = await find_case(acting, given, "finishAction", is_kept_here=False)
    action = await acting.find(Node.ACTION, given.values["action"], "input", "action")
    if not await is_recorded_in(acting.change, action, case):
        raise not_found("input", "action")
    require_open(acting, case)
    _require_to_be_taken(acting, action, case)
    outcome = given.text("outcome", LONG)
    known = {name: action.properties[name] for name in SHEETS[Node.ACTION] if name in action.properties}
    over = {"status": ActionStatus.FINISHED.value, "outcome": outcome, "finishedAt": acting.change.stamp.now}
    fact = NodeFact(type=Node.ACTION, source=action.source, marking=action.marking, values=known | over)
    made = entry(acting, case, EntryKind.ACTION_FINISHED, {"text": outcome})
    await state(acting.change, (fact,), made, {case.ref: case.held, action.ref: action.held})
    return case.id


async def _states(acting: Acting, given: Given) -> bool:
    return await acting.states(Node.ACTION, given.values["action"])


def _require_to_be_taken(acting: Acting, action: Target, case: Target) -> None:
    """Raise Refused where an action is over, or is another agency's to take in a case that is another's to lead."""
    if action.properties["status"] != ActionStatus.OPEN:
        raise conflict("The action is over.", version_of(acting, case))
    if acting.agency not in {action.properties["agency"], case.source.owner}:
        raise conflict("The action is with another agency.", version_of(acting, case))


def _check_new(given: Given) -> None:
    given.text("text", LONG)
    given.text("person", SHORT)
    given.day("targetOn")


def _check_outcome(given: Given) -> None:
    given.text("outcome", LONG)


_deed = partial(Deed, node=Node.CASE, done="CaseChanged")
DEEDS: Mapping[str, Deed] = {
    "addAction": _deed(act="addAction", check=_check_new, do=of_one(_add), adds=True),
    "finishAction": _deed(act="finishAction", check=_check_outcome, do=own(of_one(_finish), _states)),
}
"""By the mutation's name in the contract."""
