"""That a referral is of the same matter as another: somebody's judgement, by which nothing is joined."""

from collections.abc import Mapping

from graph.casework import Target
from graph.records import LinkFact, Marking, Source
from graph.referral_words import ReferralState, ReferralStep
from graph.referring import ORDINARY
from graph.vocabulary import Link, Node
from policies.vocabulary import Sensitivity
from resolvers.acting.acting import Acting
from resolvers.acting.deeds import Deed, of_one
from resolvers.acting.inputs import LONG, Given
from resolvers.acting.referral_steps import (
    DECIDED,
    GOING_ON,
    Step,
    ref_of,
    referral_for,
    require_free,
    require_state,
    restate,
)
from resolvers.acting.refusals import invalid


async def _mark_duplicate(acting: Acting, given: Given) -> str:
    """Follow another referral instead: a judgement, by which nothing is joined."""
    referral = await referral_for(acting, given, "markDuplicate")
    require_state(acting, referral, GOING_ON, DECIDED)
    require_free(acting, referral)
    other = await acting.find(Node.REFERRAL, given.values["of"], "input", "of")
    acting.require("markDuplicate", Node.REFERRAL, other)
    if other.id == referral.id:
        raise invalid([(("input", "of"), "is another referral")])
    if other.properties["state"] == ReferralState.DUPLICATE:
        raise invalid([(("input", "of"), "is a referral that is itself the duplicate of none")])
    same = LinkFact(
        type=Link.DUPLICATE_OF,
        source=Source(owner=acting.agency, dataset=ORDINARY, key=f"{referral.id}/{other.id}"),
        marking=_marking(referral, other),
        start=ref_of(referral),
        end=ref_of(other),
        values={"author": acting.viewer.principal.subject, "madeAt": acting.change.stamp.now},
    )
    judged = Step(
        kind=ReferralStep.DUPLICATE,
        agencies=[referral.source.owner],
        said={"reason": given.text("reason", LONG)},
        links=(same,),
    )
    return await restate(acting, referral, {"state": ReferralState.DUPLICATE.value, "dueAt": None}, judged)


def _marking(one: Target, other: Target) -> Marking:
    """What protects either protects that they are of one matter."""
    markings = (one.marking, other.marking)
    return Marking(
        sensitivity=Sensitivity.highest(*(each.sensitivity for each in markings)),
        protections=frozenset().union(*(each.protections for each in markings)),
    )


def _check_duplicate(given: Given) -> None:
    given.text("reason", LONG)


DEEDS: Mapping[str, Deed] = {
    "markDuplicate": Deed(
        act="markDuplicate",
        node=Node.REFERRAL,
        done="ReferralChanged",
        check=_check_duplicate,
        do=of_one(_mark_duplicate),
    ),
}
"""By the mutation's name in the contract."""
