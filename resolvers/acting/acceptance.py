"""That a case is opened from a referral, which accepts it."""

from graph import referrals
from graph.casework import Target
from graph.records import NodeFact
from graph.referral_words import ReferralState, ReferralStep
from graph.vocabulary import Node
from resolvers.acting.acting import Acting
from resolvers.acting.inputs import Given
from resolvers.acting.referral_steps import DECIDED, GOING_ON, Step, ref_of, require_free, require_state, restate


async def acceptable(acting: Acting, given: Given) -> Target | None:
    """Find the referral from which a case is to be opened; None where it is opened from none."""
    if given.values.get("referral") is None:
        return None
    referral = await acting.find(Node.REFERRAL, given.values["referral"], "input", "referral")
    acting.require("triage", Node.REFERRAL, referral)
    require_state(acting, referral, GOING_ON, DECIDED)
    require_free(acting, referral)
    return referral


async def accept(acting: Acting, referral: Target, case: NodeFact) -> None:
    """State that a case, which this change has made, was opened from a referral."""
    held = referral.properties
    accepted = Step(
        kind=ReferralStep.ACCEPTED, agencies=held["agencies"], links=(referrals.opened(case, ref_of(referral)),)
    )
    decided = {
        "state": ReferralState.ACCEPTED.value,
        "triagedAt": held.get("triagedAt", acting.change.stamp.now),
    }
    await restate(acting, referral, decided, accepted)
