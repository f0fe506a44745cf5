"""What people say of when they are away, and who stands in for them."""

from collections.abc import Mapping

from graph import tasks
from graph.facts import Claim
from graph.records import Marking, NodeFact, Source, Value
from graph.tasks import DATASET
from graph.vocabulary import Node
from graph.writer import state
from policies.vocabulary import Sensitivity
from resolvers.acting.acting import Acting
from resolvers.acting.deeds import Deed, of_one
from resolvers.acting.inputs import SHORT, Given
from resolvers.acting.refusals import invalid
from resolvers.acting.standing_in import hand_on


async def _state_absence(acting: Acting, given: Given) -> str:
    """Note it, and hand on what waits where it has begun; what is more than one transaction bears is handed on next."""
    change, agency, who = acting.change, acting.agency, acting.viewer.principal.subject
    marking = Marking(sensitivity=Sensitivity.OFFICIAL)
    facts = Claim(type=Node.ABSENCE, owner=agency, dataset=DATASET, sensitivity=marking.sensitivity, marked=()).under(
        ()
    )
    acting.require_new("state", Node.ABSENCE, facts, {})
    stand_in = given.text("standIn", SHORT)
    if stand_in == who:
        raise invalid([(("input", "standIn"), "is somebody else")])
    before = await tasks.away(change, agency, who)
    number = 1 if before is None else before.number + 1
    source = Source(owner=agency, dataset=DATASET, key=f"absence/{who}/{number}")
    said: dict[str, Value] = {
        "person": who,
        "number": number,
        "fromDay": given.values["fromDay"],
        "untilDay": given.values["untilDay"],
        "standIn": str(stand_in),
        "statedAt": change.stamp.now,
    }
    stored = await state(change, [NodeFact(type=Node.ABSENCE, source=source, marking=marking, values=said)])
    await hand_on(change, agency, who, acting.viewer.day)
    return stored.ids[f"{Node.ABSENCE}:{source}"]


def _check_absence(given: Given) -> None:
    given.text("standIn", SHORT)
    days = [given.day(name) for name in ("fromDay", "untilDay")]
    if all(days) and given.values["untilDay"] < given.values["fromDay"]:
        given.refuse("untilDay", "is the first day or later")


DEEDS: Mapping[str, Deed] = {
    "setAbsence": Deed(
        act="state", node=Node.ABSENCE, done="AbsenceStated", check=_check_absence, do=of_one(_state_absence)
    )
}
"""By the mutation's name in the contract."""
