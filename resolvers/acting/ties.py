"""What people state of how others are tied to one another."""

from collections.abc import Mapping, Sequence

from graph.casework import DATASET, Target
from graph.records import LinkFact, Marking, Source, Value
from graph.ties import Tie
from graph.vocabulary import Link, Node
from graph.work_vocabulary import PersonTie
from graph.writer import end, state
from policies.vocabulary import Sensitivity
from resolvers.acting.acting import Acting
from resolvers.acting.deeds import Deed, of_one
from resolvers.acting.inputs import LONG, Given
from resolvers.acting.own import own
from resolvers.acting.refusals import conflict, invalid

_SUPERSEDED = "Stated anew"
_NOT_STATED = "Your agency states no such tie of these two."


async def _link(acting: Acting, given: Given) -> str:
    """State a tie between two records, in the place of what one's agency stated of it before.

    Its class has the protections of both persons, so that it tells nobody of one that they are not to know of. What was
    stated before and is not seen gives way too, or it would be stated twice for those who see it.
    """
    person, other = await _pair(acting, given, "link")
    since = given.values.get("since")
    if since is not None and since > acting.viewer.day:
        raise invalid([(("input", "since"), "is today or earlier")])
    said: dict[str, Value | None] = {
        "assertionType": given.values["assertionType"],
        "since": since,
        "statedAt": acting.change.stamp.now,
        "statedBy": acting.viewer.principal.subject,
    }
    await _end(acting, await _stated(acting, given), _SUPERSEDED)
    fact = LinkFact(
        type=Link(given.values["tie"]),
        source=Source(owner=acting.agency, dataset=DATASET, key=acting.change.stamp.chance("")),
        marking=Marking(sensitivity=Sensitivity.highest(person.marking.sensitivity, other.marking.sensitivity)),
        start=person.ref,
        end=other.ref,
        values={name: value for name, value in said.items() if value is not None},
    )
    await state(acting.change, (), (fact,), {fact.start: person.held, fact.end: other.held})
    return str(given.values["person"])


async def _end_link(acting: Acting, given: Given) -> str:
    await _pair(acting, given, "endLink")
    kind = PersonTie(given.values["tie"])
    stated = [tie for tie in await _stated(acting, given) if acting.sees_tie(kind, tie)]
    if not stated:
        raise conflict(_NOT_STATED, None)
    await _end(acting, stated, given.text("reason", LONG) or "")
    return str(given.values["person"])


async def _pair(acting: Acting, given: Given, act: str) -> tuple[Target, Target]:
    found = [await acting.find(Node.PERSON, given.values[name], "input", name, act=act) for name in ("person", "other")]
    for target in found:
        acting.require(act, Node.PERSON, target)
    person, other = found
    return person, other


async def _stated(acting: Acting, given: Given) -> list[Tie]:
    """Find what one's agency states of such a tie between the two; only a parent is not tied the other way too."""
    kind, pair = PersonTie(given.values["tie"]), (given.values["person"], given.values["other"])
    return await acting.ties(kind, *((pair,) if kind is PersonTie.PARENT_OF else (pair, pair[::-1])))


async def _states(acting: Acting, given: Given) -> bool:
    return bool(await _stated(acting, given))


async def _end(acting: Acting, ties: Sequence[Tie], reason: str) -> None:
    if ties:
        await end(acting.change, [tie.claim for tie in ties], acting.viewer.principal.subject, reason)


def _check_link(given: Given) -> None:
    _check_pair(given)
    if given.values.get("since") is not None:
        given.day("since")
        if given.values["tie"] != PersonTie.ASSOCIATES_WITH:
            given.refuse("since", "is said of those who associate")


def _check_end(given: Given) -> None:
    _check_pair(given)
    given.text("reason", LONG)


def _check_pair(given: Given) -> None:
    if given.values["person"] == given.values["other"]:
        given.refuse("other", "is somebody else")


DEEDS: Mapping[str, Deed] = {
    "linkPeople": Deed(act="link", node=Node.PERSON, done="PeopleLinked", check=_check_link, do=of_one(_link)),
    "endLink": Deed(
        act="endLink",
        node=Node.PERSON,
        done="PeopleLinked",
        check=_check_end,
        do=own(of_one(_end_link), _states),
        ends=True,
    ),
}
"""By the mutation's name in the contract."""
