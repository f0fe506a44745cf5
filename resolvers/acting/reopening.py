"""That a referral is looked at again: a mistaken end, or a mistaken judgement, is not the end of it."""

from collections.abc import Mapping
from dataclasses import replace

from graph.records import LinkFact
from graph.referral_words import ReferralState, ReferralStep
from graph.referrals import followed
from graph.vocabulary import Node
from resolvers.acting.acting import Acting
from resolvers.acting.deeds import Deed, of_one
from resolvers.acting.inputs import LONG, Given
from resolvers.acting.referral_steps import Step, ref_of, referral_for, require_state, restate

_ENDED = frozenset({ReferralState.REJECTED, ReferralState.DUPLICATE, ReferralState.CLOSED})
_GOES_ON = "The referral was neither rejected nor closed, and no other is followed instead."


async def _reopen(acting: Acting, given: Given) -> str:
    """Withdraw what ended a referral; its clock starts anew."""
    referral = await referral_for(acting, given, "reopen")
    require_state(acting, referral, _ENDED, _GOES_ON)
    change = acting.change
    judged = await followed(change.ask, referral.id, ref_of(referral))
    reopened = Step(
        kind=ReferralStep.REOPENED,
        agencies=referral.properties["agencies"],
        said={"reason": given.text("reason", LONG)},
        links=tuple(_withdrawn(acting, link) for link in judged),
    )
    waiting = {
        "state": ReferralState.RECEIVED.value,
        "route": None,
        "closedAt": None,
        "dueAt": acting.snapshot.engine.triage_due(change.stamp.now, acting.viewer.day),
    }
    return await restate(acting, referral, waiting, reopened)


def _withdrawn(acting: Acting, link: LinkFact) -> LinkFact:
    withdrawn = {"withdrawnBy": acting.viewer.principal.subject, "withdrawnAt": acting.change.stamp.now}
    return replace(link, values={**link.values, **withdrawn})


def _check(given: Given) -> None:
    given.text("reason", LONG)


DEEDS: Mapping[str, Deed] = {
    "reopenReferral": Deed(act="reopen", node=Node.REFERRAL, done="ReferralChanged", check=_check, do=of_one(_reopen)),
}
"""By the mutation's name in the contract."""
