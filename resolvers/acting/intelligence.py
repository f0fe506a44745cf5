"""That a referral turns out to be intelligence: from then on it is kept apart, ungraded, like what came as such."""

from collections.abc import Mapping
from typing import Any

from graph import referrals
from graph.apart import intelligence_of, withdraw_ties
from graph.casework import Target
from graph.records import Source
from graph.referring import INTELLIGENCE
from graph.writer import state
from resolvers.acting.acting import Acting
from resolvers.acting.referral_steps import Step, done, restated


async def keep_apart(acting: Acting, referral: Target, decided: Mapping[str, Any], step: Step) -> str:
    """State a referral, and all that was said of it, in the dataset of intelligence and in no other.

    It is nobody's to be asked about or sent on. What it resembled it resembles no more: intelligence is alike to none
    but intelligence.
    """
    change, who = acting.change, acting.viewer.principal.subject
    values = restated(acting, referral, {**decided, "agencies": [], "services": [], "dueAt": None}, step)
    moved = await intelligence_of(change.ask, referral, values)
    own = Source(owner=acting.agency, dataset=INTELLIGENCE, key=change.stamp.chance(""))
    said = {**done(acting, referral, step), "agencies": []}
    await withdraw_ties(change, referral.id, {"endedAt": change.stamp.now, "endedBy": who, "reason": "Kept apart"})
    await state(change, moved.facts, referrals.entry(own, moved.referral, said), moved.found)
    return referral.id
