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
SAME_PERSON = """
UNWIND $persons AS id
MATCH (p:Person {personId: id})<-[:ABOUT]-(r:PersonRecord)<-[:REFERS_TO]-(f:Referral)
WHERE f.dataset = $dataset AND f.receivedAt >= $since
WITH f, r ORDER BY f.receivedAt DESC, f.referralId LIMIT $most
RETURN collect([f.owner, f.key, f.marked, r.sensitivity])"""
IS_APART = f"""(a.latitude IS NULL OR b.latitude IS NULL
  OR abs(a.latitude - b.latitude) > {NEAR} OR abs(a.longitude - b.longitude) > {NEAR * 1.5}
  OR none(heading IN a.headings WHERE heading IN b.headings))"""
"""Whether two referrals, `a` and `b`, are not alike by their place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resemblance:
    """An earlier referral by its owner and key, and its marking; who protects the link besides follows as facts do."""

    owner: str
    key: str
    protections: frozenset[Protection]
    sensitivity: Sensitivity


async def resembling(
    ask: Ask, dataset: str, values: Mapping[str, Any], persons: Sequence[str], since: str
) -> list[Resemblance]:
    """Find what was received since a moment with a heading in common near the pin, or is about one of the persons.

    What is near is alike whoever it is about, so that the person in common does not mark it.
    """
    given = {"dataset": dataset, "since": since, "most": MOST}
    rows = []
    if "latitude" in values:
        rows += await ask(SAME_PLACE, {**given, "headings": values["headings"], **_around(values)})
    if persons:
        rows += await ask(SAME_PERSON, {**given, "persons": list(persons)})
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
