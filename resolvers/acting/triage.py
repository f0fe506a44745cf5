"""What people do with a referral once it is received: judge where it goes, ask for more, and answer."""

from collections.abc import Mapping
from functools import partial

from graph.casework import Target
from graph.referral_words import ReferralSource, ReferralState, ReferralStep
from graph.vocabulary import Node
from policies.criteria_documents import Criteria
from policies.reach import reaches
from policies.vocabulary import ReferralRoute
from resolvers.acting.acting import Acting
from resolvers.acting.deeds import Deed, of_one
from resolvers.acting.inputs import LONG, NOTE, Given
from resolvers.acting.intelligence import keep_apart
from resolvers.acting.judgements import criteria_of, judgement
from resolvers.acting.referral_steps import (
    DECIDED,
    GOING_ON,
    WAITING,
    Step,
    referral_for,
    require_free,
    require_state,
    restate,
)
from resolvers.acting.refusals import invalid, not_permitted

MOST_SERVICES = 20
MOST_ANSWERS = 100
_NAMES_NOBODY = "names an agency to which it goes, beside the one that made it"
_NOT_ASKED = "Nobody has asked for more."


async def _triage(acting: Acting, given: Given) -> str:
    referral = await referral_for(acting, given, "triage")
    require_state(acting, referral, GOING_ON, DECIDED)
    require_free(acting, referral)
    criteria = criteria_of(acting, given)
    judged = judgement(criteria, given)
    services = _services(acting, given, referral, criteria)
    route, held, now = given.values["route"], referral.properties, acting.change.stamp.now
    is_over = route == ReferralRoute.NO_FURTHER_ACTION
    with_whom = sorted({*held.get("services", ()), *services})
    decided = {
        "state": (ReferralState.REJECTED if is_over else ReferralState.ROUTED).value,
        "route": route,
        "triagedAt": held.get("triagedAt", now),
        "services": with_whom,
        "agencies": sorted({referral.source.owner, *with_whom}),
    }
    step = Step(kind=ReferralStep.TRIAGED, agencies=decided["agencies"], said={**judged, "services": services})
    if route == ReferralRoute.INTELLIGENCE_ONLY:
        return await keep_apart(acting, referral, decided, step)
    return await restate(acting, referral, decided, step)


async def _return(acting: Acting, given: Given) -> str:
    """Ask for more, which stops the clock."""
    referral = await referral_for(acting, given, "return")
    require_state(acting, referral, WAITING, DECIDED)
    require_free(acting, referral)
    asked = Step(
        kind=ReferralStep.RETURNED,
        agencies=[referral.source.owner],
        said={"question": given.text("question", LONG)},
    )
    waiting = {
        "state": ReferralState.MORE_INFO.value,
        "returnedAt": referral.properties.get("returnedAt", acting.change.stamp.now),
        "dueAt": None,
    }
    return await restate(acting, referral, waiting, asked)


async def _answer(acting: Acting, given: Given) -> str:
    """Add to the narrative, sealed as that is; the clock starts anew."""
    referral = await referral_for(acting, given, "answer")
    require_state(acting, referral, frozenset({ReferralState.MORE_INFO}), _NOT_ASKED)
    held, engine = referral.properties, acting.snapshot.engine
    told = {
        "state": ReferralState.RECEIVED.value,
        "narrative": [*held["narrative"], acting.seal.close(given.text("text", NOTE) or "")],
        "dueAt": engine.triage_due(acting.change.stamp.now, acting.viewer.day),
    }
    is_unnamed = held["source"] == ReferralSource.UNNAMED_PROFESSIONAL
    answered = Step(
        kind=ReferralStep.ANSWERED, agencies=[referral.source.owner], said={"author": None} if is_unnamed else {}
    )
    return await restate(acting, referral, told, answered)


def _services(acting: Acting, given: Given, referral: Target, criteria: Criteria) -> list[str]:
    """Read to whom it goes, by its route or by name, beside who made it.

    Raises Refused where the route leads to nobody, or nobody of an agency could see it: it would be lost there.
    """
    engine, route = acting.snapshot.engine, ReferralRoute(given.values["route"])
    strange = [at for at, code in enumerate(given.values["services"]) if code not in engine.agencies]
    if strange:
        message = "is the code of an agency of the partnership"
        raise invalid([(("input", "services", str(at)), message) for at in strange])
    codes = sorted({*given.values["services"], *criteria.told(route)} - {referral.source.owner})
    if criteria.is_named(route) and not codes:
        raise invalid([(("input", "services"), _NAMES_NOBODY)])
    if not all(reaches(engine, code, referral.facts, acting.viewer.day, {"addressed": True}) for code in codes):
        raise not_permitted()
    return codes


def _check_triage(given: Given) -> None:
    given.text("reason", LONG)
    if given.values["services"] and given.values["route"] == ReferralRoute.INTELLIGENCE_ONLY:
        given.refuse("services", "names nobody where it is intelligence, which is kept apart")
    if len(given.values["services"]) > MOST_SERVICES:
        given.refuse("services", f"names {MOST_SERVICES} agencies at the most")
    if len(given.values["answers"]) > MOST_ANSWERS:
        given.refuse("answers", f"gives {MOST_ANSWERS} answers at the most")


def _check_return(given: Given) -> None:
    given.text("question", LONG)


def _check_answer(given: Given) -> None:
    given.text("text", NOTE)


_deed = partial(Deed, node=Node.REFERRAL, done="ReferralChanged")
DEEDS: Mapping[str, Deed] = {
    "triageReferral": _deed(act="triage", check=_check_triage, do=of_one(_triage)),
    "returnReferral": _deed(act="return", check=_check_return, do=of_one(_return)),
    "answerReferral": _deed(act="answer", check=_check_answer, do=of_one(_answer)),
}
"""By the mutation's name in the contract."""
