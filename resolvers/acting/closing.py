"""That nothing more is to be done with a referral: all is done, or its referrer takes it back."""

from collections.abc import Mapping
from functools import partial

from graph.casework import Target
from graph.referral_words import ReferralSource, ReferralState, ReferralStep
from graph.vocabulary import Node
from resolvers.acting.acting import Acting
from resolvers.acting.deeds import Deed, of_one
from resolvers.acting.inputs import LONG, Given
from resolvers.acting.referral_steps import DECIDED, GOING_ON, Step, referral_for, require_state, restate

_WITH_SOMEBODY = frozenset({ReferralState.ROUTED, ReferralState.ACCEPTED})
_NOT_TRIAGED = "The referral has not been triaged, or has ended."


async def _close(acting: Acting, given: Given) -> str:
    """Close what those to whom it went have done; what was not triaged is not closed unseen."""
    referral = await referral_for(acting, given, "close")
    require_state(acting, referral, _WITH_SOMEBODY, _NOT_TRIAGED)
    return await _end(acting, referral, given, ReferralStep.CLOSED)


async def _withdraw(acting: Acting, given: Given) -> str:
    """Take it back, whoever has taken it up: a case that was opened from it goes on for reasons of its own."""
    referral = await referral_for(acting, given, "withdraw")
    require_state(acting, referral, GOING_ON, DECIDED)
    return await _end(acting, referral, given, ReferralStep.WITHDRAWN)


async def _end(acting: Acting, referral: Target, given: Given, kind: ReferralStep) -> str:
    held = referral.properties
    is_unnamed = kind is ReferralStep.WITHDRAWN and held["source"] == ReferralSource.UNNAMED_PROFESSIONAL
    author = {"author": None} if is_unnamed else {}
    over = Step(kind=kind, agencies=held["agencies"], said={"reason": given.text("reason", LONG), **author})
    ended = {"state": ReferralState.CLOSED.value, "dueAt": None, "closedAt": acting.change.stamp.now}
    return await restate(acting, referral, ended, over)


def _check(given: Given) -> None:
    given.text("reason", LONG)


_deed = partial(Deed, node=Node.REFERRAL, done="ReferralChanged")
DEEDS: Mapping[str, Deed] = {
    "closeReferral": _deed(act="close", check=_check, do=of_one(_close)),
    "withdrawReferral": _deed(act="withdraw", check=_check, do=of_one(_withdraw)),
}
"""By the mutation's name in the contract."""
