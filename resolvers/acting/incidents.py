"""What happened that a case is about, as people write it down."""

from collections.abc import Mapping

from graph.vocabulary import Node
from graph.work_vocabulary import EntryKind
from graph.writer import state
from resolvers.acting.acting import Acting
from resolvers.acting.casework import entry, find_case, record, require_open
from resolvers.acting.deeds import Deed, of_one
from resolvers.acting.inputs import NOTE, Given
from resolvers.acting.pins import check_pin, place
from resolvers.acting.refusals import invalid

_TOLD = ("heading", "qualifier", "happenedOn")


async def _add(acting: Acting, given: Given) -> str:
    case = await find_case(acting, given, "addIncident", is_kept_here=False)
    require_open(acting, case)
    if given.values["happenedOn"] > acting.viewer.day:
        raise invalid([(("input", "happenedOn"), "is today or earlier")])
    told = {"text": given.text("text", NOTE), **{name: given.values[name] for name in _TOLD}}
    values = {**told, **await place(acting, given)}
    made = (*record(acting, Node.CASE_INCIDENT, case, values), *entry(acting, case, EntryKind.INCIDENT_ADDED))
    await state(acting.change, (), made, {case.ref: case.held})
    return case.id


def _check(given: Given) -> None:
    given.day("happenedOn")
    given.text("text", NOTE)
    check_pin(given)


DEEDS: Mapping[str, Deed] = {
    "addIncident": Deed(
        act="addIncident", node=Node.CASE, done="CaseChanged", check=_check, do=of_one(_add), adds=True
    ),
}
"""By the mutation's name in the contract."""
