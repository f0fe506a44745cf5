"""Referrals as they are stored, and which earlier ones may be of the same matter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.change import Ask
from policies.vocabulary import Protection, Sensitivity

ORDINARY, INTELLIGENCE = "referrals", "intelligence"
"""The datasets of referrals: what is intelligence is kept apart from the others."""
DESK = "triage"
"""The dataset of what the desk holds for true of a referral, and tells neither its referrer nor the services."""
NEAR = 0.0025
"""Degrees of latitude, and half as many again of longitude: some 280 metres in Britain."""
MOST = 20
"""The latest are proposed, so that a flood of referrals of one place does not make each dearer than the one before."""
SAME_PLACE = """
MATCH (f:Referral)
WHERE f.dataset = $dataset AND f.receivedAt >= $since
  AND f.latitude >= $south AND f.latitude <= $north AND f.longitude >= $west AND f.longitude <= $east
  AND any(heading IN f.headings WHERE heading IN $headings)
WITH f ORDER BY f.receivedAt DESC, f.referralId LIMIT $most
RETURN collect([f.owner, f.key, f.marked, 'OFFICIAL'])"""
SAME_PREMISES = """
UNWIND $premises AS id
MATCH (m:Premises {premisesId: id})<-[:HAPPENS_AT]-(f:Referral)
WHERE f.dataset = $dataset AND f.receivedAt >= $since
  AND any(heading IN f.headings WHERE heading IN $headings)
WITH f, m ORDER BY f.receivedAt DESC, f.referralId LIMIT $most
RETURN collect([f.owner, f.key, f.marked, m.sensitivity])"""
SAME_PERSON = """
UNWIND $persons AS id
MATCH (p:Person {personId: id})<-[:ABOUT]-(r:PersonRecord)<-[:REFERS_TO]-(f:Referral)
WHERE f.dataset = $dataset AND f.receivedAt >= $since
WITH f, r ORDER BY f.receivedAt DESC, f.referralId LIMIT $most
RETURN collect([f.owner, f.key, f.marked, r.sensitivity])"""
IS_OF_A_KIND = "any(heading IN a.headings WHERE heading IN b.headings)"
"""Whether two referrals, `a` and `b`, have a heading in common."""
IS_APART = f"""(a.latitude IS NULL OR b.latitude IS NULL
  OR abs(a.latitude - b.latitude) > {NEAR} OR abs(a.longitude - b.longitude) > {NEAR * 1.5}
  OR NOT {IS_OF_A_KIND})"""
"""Whether they are not alike by their pins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resemblance:
    """An earlier referral by its owner and key, and its marking; who protects the link besides follows as facts do."""

    owner: str
    key: str
    protections: frozenset[Protection]
    sensitivity: Sensitivity


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What a referral of a dataset states, and the ids of the persons and premises that it names."""

    dataset: str
    values: Mapping[str, Any]
    persons: Sequence[str]
    premises: Sequence[str]


async def resembling(ask: Ask, matter: Matter, since: str) -> list[Resemblance]:
    """Find what was received since a moment and may be of the same matter.

    That is with a heading in common near the pin or of the same premises, or about one of the persons. What is near is
    alike whoever it is about, so that neither the person nor the place in common marks it.
    """
    given = {"dataset": matter.dataset, "since": since, "most": MOST, "headings": matter.values["headings"]}
    rows = []
    if "latitude" in matter.values:
        rows += await ask(SAME_PLACE, {**given, **_around(matter.values)})
    if matter.persons:
        rows += await ask(SAME_PERSON, {**given, "persons": list(matter.persons)})
    if matter.premises:
        rows += await ask(SAME_PREMISES, {**given, "premises": list(matter.premises)})
    found = {(owner, key): _resemblance(owner, key, rest) for owner, key, *rest in reversed(rows)}
    return [found[key] for key in sorted(found)]


def _resemblance(owner: str, key: str, rest: Sequence[Any]) -> Resemblance:
    marked, sensitivity = rest
    return Resemblance(
        owner=owner,
        key=key,
        protections=frozenset(map(Protection, marked)),
        sensitivity=Sensitivity(sensitivity),
    )


def _around(values: Mapping[str, Any]) -> dict[str, float]:
    north, east = values["latitude"], values["longitude"]
    width = NEAR * 1.5
    return {"south": north - NEAR, "north": north + NEAR, "west": east - width, "east": east + width}
