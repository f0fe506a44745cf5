"""That an officer takes a referral up for triage, so that no two do so without knowing of one another."""

from collections.abc import Mapping
from functools import partial

from graph.referral_words import ReferralState, ReferralStep
from graph.vocabulary import Node
from resolvers.acting.acting import Acting
from resolvers.acting.deeds import Deed, nothing, of_one
from resolvers.acting.inputs import LONG, Given
from resolvers.acting.referral_steps import Step, referral_for, require_free, require_state, restate
from resolvers.acting.refusals import invalid

_NOT_WAITING = "The referral does not wait to be taken up."
_NOT_TAKEN = "Nobody has taken the referral up."


async def _take(acting: Acting, given: Given) -> str:
    """Take it up; its clock goes on."""
    referral = await referral_for(acting, given, "take")
    require_free(acting, referral)
    require_state(acting, referral, frozenset({ReferralState.RECEIVED}), _NOT_WAITING)
    taken = {"state": ReferralState.IN_TRIAGE.value, "officer": acting.viewer.principal.subject}
    return await restate(acting, referral, taken, Step(kind=ReferralStep.TAKEN, agencies=[acting.agency]))


async def _hand_back(acting: Acting, given: Given) -> str:
    """Let it wait again; whoever may triage does so for somebody who is away too, and says why."""
    referral = await referral_for(acting, given, "handBack")
    require_state(acting, referral, frozenset({ReferralState.IN_TRIAGE}), _NOT_TAKEN)
    reason = given.text("reason", LONG)
    if reason is None and referral.properties["officer"] != acting.viewer.principal.subject:
        raise invalid([(("input", "reason"), "says why it is handed back for somebody else")])
    back = Step(kind=ReferralStep.HANDED_BACK, agencies=[acting.agency], said={"reason": reason})
    return await restate(acting, referral, {"state": ReferralState.RECEIVED.value}, back)


def _check(given: Given) -> None:
    given.text("reason", LONG)


_deed = partial(Deed, node=Node.REFERRAL, done="ReferralChanged")
DEEDS: Mapping[str, Deed] = {
    "takeReferral": _deed(act="take", check=nothing, do=of_one(_take)),
    "handBackReferral": _deed(act="handBack", check=_check, do=of_one(_hand_back)),
}
"""By the mutation's name in the contract."""
