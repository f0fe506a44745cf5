"""Whom and what a case concerns: stated, and ended."""

from collections.abc import Mapping
from functools import partial

from graph.casework import DATASET
from graph.records import LinkFact, Marking, Source
from graph.ties import Tie
from graph.vocabulary import Link, Node
from graph.writer import end, state
from resolvers.acting.acting import Acting
from resolvers.acting.casework import find_case, require_open, version_of
from resolvers.acting.deeds import Deed, nothing, of_one
from resolvers.acting.inputs import LONG, Given
from resolvers.acting.own import own
from resolvers.acting.refusals import conflict, locked, not_found, not_permitted

_NOT_STATED = "Your agency does not state that the case concerns it so."


async def _involve_person(acting: Acting, given: Given) -> str:
    return await _involve(acting, given, Node.PERSON, "person", {"role": given.values["role"]})


async def _involve_premises(acting: Acting, given: Given) -> str:
    return await _involve(acting, given, Node.PREMISES, "premises", {})


async def _involve(acting: Acting, given: Given, node: Node, name: str, values: Mapping[str, str]) -> str:
    """State that a case concerns something that this viewer knows.

    A pointer tells whom to ask; to involve whom one knows by that alone would open what the agreement withholds.
    """
    case = await find_case(acting, given, "involve", is_kept_here=False)
    concerned = await acting.find(node, given.values[name], "input", name)
    if not acting.knows(node, concerned):
        raise not_permitted()
    require_open(acting, case)
    fact = LinkFact(
        type=Link.CONCERNS,
        source=Source(owner=acting.agency, dataset=DATASET, key="/".join((case.id, concerned.id, *values.values()))),
        marking=Marking(sensitivity=case.marking.sensitivity),
        start=case.ref,
        end=concerned.ref,
        values=values,
    )
    await state(acting.change, (fact,), found={fact.start: case.held, fact.end: concerned.held})
    return case.id


async def _end(acting: Acting, given: Given) -> str:
    """End what one's own agency states, of a closed case too: who was in it by mistake is often found out later."""
    case = await find_case(acting, given, "endInvolvement", is_kept_here=False)
    node, name = _ended(given)
    seen = await acting.involvements(case, node, given.values[name])
    if not seen:
        raise not_found("input", name)
    ours = [one for one in seen if _is_ours(acting, one, given.values.get("role"))]
    if not ours:
        raise conflict(_NOT_STATED, version_of(acting, case))
    ended = [one.claim for one in ours if one.said["dataset"] == DATASET]
    if not ended:
        raise locked()
    await end(acting.change, ended, acting.viewer.principal.subject, given.text("reason", LONG))
    return case.id


async def _states(acting: Acting, given: Given) -> bool:
    node, name = _ended(given)
    return await acting.states_involvement(given.values["id"], node, given.values[name])


def _ended(given: Given) -> tuple[Node, str]:
    """What the case is to concern no longer, and the input that names it."""
    return (Node.PREMISES, "premises") if given.values.get("person") is None else (Node.PERSON, "person")


def _is_ours(acting: Acting, involvement: Tie, role: str | None) -> bool:
    """Whether one's own agency states it, in that role where one is named, and this viewer is told so."""
    if involvement.said["owner"] != acting.agency:
        return False
    return role is None or (acting.sees(Link.CONCERNS, involvement, "role") and involvement.said.get("role") == role)


def _check_end(given: Given) -> None:
    given.text("reason", LONG)
    if (given.values.get("person") is None) == (given.values.get("premises") is None):
        given.wrong.append((("input",), "names a person or premises"))
    if given.values.get("person") is None and given.values.get("role") is not None:
        given.refuse("role", "is said of a person")


_deed = partial(Deed, node=Node.CASE, done="CaseChanged")
DEEDS: Mapping[str, Deed] = {
    "involvePerson": _deed(act="involve", check=nothing, do=of_one(_involve_person)),
    "involvePremises": _deed(act="involve", check=nothing, do=of_one(_involve_premises)),
    "endInvolvement": _deed(act="endInvolvement", check=_check_end, do=own(of_one(_end), _states), ends=True),
}
"""By the mutation's name in the contract."""
