"""A step that somebody takes with a referral: the referral stated anew, and an entry that says who did what."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph import referrals
from graph.casework import Target
from graph.records import LinkFact, NodeFact, Ref, Source, Value
from graph.referral_words import ReferralState, ReferralStep
from graph.referring import ORDINARY
from graph.vocabulary import Node
from graph.writer import state
from resolvers.acting.acting import Acting
from resolvers.acting.inputs import Given
from resolvers.acting.refusals import conflict

DECIDED = "What becomes of the referral has been decided."
WAITING = frozenset({ReferralState.RECEIVED, ReferralState.IN_TRIAGE, ReferralState.MORE_INFO})
GOING_ON = WAITING | {ReferralState.ROUTED}
"""States in which it is still to be decided what becomes of it, wholly or in part."""
_STALE = "The referral has changed since you read it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What is done with a referral: the agencies that it concerns, what its entry says, and what it leads to."""

    kind: ReferralStep
    agencies: Iterable[str]
    said: Mapping[str, Value | None] = field(default_factory=dict)
    links: Sequence[LinkFact] = ()


async def referral_for(acting: Acting, given: Given, act: str) -> Target:
    """Find the referral that an input names, as it was read, for an act upon it; raises Refused."""
    referral = await acting.find(Node.REFERRAL, given.values["id"], "input", "id")
    acting.require(act, Node.REFERRAL, referral)
    if given.values["version"] != referral.properties["version"]:
        raise conflict(_STALE, _version(acting, referral))
    return referral


async def restate(acting: Acting, referral: Target, values: Mapping[str, Any], step: Step) -> str:
    """State the referral anew, one version on, and record who did what."""
    fact = referrals.referral(referral.source, referral.marking, restated(acting, referral, values, step))
    await stated(acting, referral, fact, step)
    return referral.id


async def stated(acting: Acting, referral: Target, fact: NodeFact, step: Step) -> None:
    """State the referral so, and record who did what."""
    own = Source(owner=acting.agency, dataset=ORDINARY, key=acting.change.stamp.chance(""))
    entry = referrals.entry(own, fact, done(acting, referral, step))
    await state(acting.change, (fact, *step.links), entry, {fact.ref: referral.held})


def judged(acting: Acting, referral: Target) -> NodeFact:
    """The referral once one's agency judged of whom it tells: as it was, and nobody else hears of it."""
    held, turn = referral.properties, acting.change.turn
    others = [judge for judge in held.get("judges", ()) if judge.split()[0] != acting.agency]
    judges = [*others, f"{acting.agency} {turn}"]
    moved = {"turn": turn, "versionTurn": held.get("versionTurn", held["turn"]), "judges": judges}
    return referrals.referral(referral.source, referral.marking, {**held, **moved})


def restated(acting: Acting, referral: Target, values: Mapping[str, Any], step: Step) -> dict[str, Any]:
    """What a referral states once some of it has changed; after triage nobody has taken it up any more."""
    held, turn = referral.properties, acting.change.turn
    after = {**held, **values, "version": held["version"] + 1, "turn": turn, "versionTurn": turn}
    if set(after["agencies"]) <= set(step.agencies):
        after["toldTurn"] = turn
    return after if after["state"] == ReferralState.IN_TRIAGE else {**after, "officer": None}


def done(acting: Acting, referral: Target, step: Step) -> dict[str, Value | None]:
    """What the entry of a step says."""
    return {
        "number": referral.properties["version"],
        "kind": step.kind.value,
        "madeAt": acting.change.stamp.now,
        "author": acting.viewer.principal.subject,
        "authorAgency": acting.agency,
        "agencies": sorted(step.agencies),
        **step.said,
    }


def require_state(acting: Acting, referral: Target, allowed: frozenset[ReferralState], message: str) -> None:
    """Raise Refused where it is in none of some states."""
    if referral.properties["state"] not in allowed:
        raise conflict(message, _version(acting, referral))


def require_free(acting: Acting, referral: Target) -> None:
    """Raise Refused where another officer has taken it up, and name them to those who are told."""
    officer = referral.properties.get("officer")
    if officer in {None, acting.viewer.principal.subject}:
        return
    known = officer if acting.sees(Node.REFERRAL, referral, "officer") else "Somebody else"
    raise conflict(f"{known} has taken the referral up.", _version(acting, referral))


def _version(acting: Acting, referral: Target) -> int | None:
    """The referral's version, for those who are told it."""
    return int(referral.properties["version"]) if acting.sees(Node.REFERRAL, referral, "version") else None


def ref_of(referral: Target) -> Ref:
    return Ref(type=Node.REFERRAL, source=referral.source)
