"""Referrals as they are stored, and which earlier ones may be of the same matter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.change import Ask
from policies.vocabulary import Protection, Sensitivity

ORDINARY, INTELLIGENCE = "referrals", "intelligence"
"""The datasets of referrals: what is intelligence is kept apart from the others."""
NEAR = 0.0025
"""Degrees of latitude, and half as many again of longitude: some 280 metres in Britain."""
SAME_PLACE = """
MATCH (f:Referral)
WHERE f.dataset = $dataset AND f.receivedAt >= $since
  AND f.latitude >= $south AND f.latitude <= $north AND f.longitude >= $west AND f.longitude <= $east
  AND any(heading IN f.headings WHERE heading IN $headings)
RETURN collect([f.owner, f.key, f.marked, [], 'OFFICIAL'])"""
SAME_PERSON = """
UNWIND $persons AS id
MATCH (p:Person {personId: id})<-[:ABOUT]-(r:PersonRecord)<-[:REFERS_TO]-(f:Referral)
WHERE f.dataset = $dataset AND f.receivedAt >= $since
RETURN collect([f.owner, f.key, f.marked, p.protections, r.sensitivity])"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resemblance:
    """An earlier referral by its owner and key, and the marking of what it has in common with another."""

    owner: str
    key: str
    protections: frozenset[Protection]
    sensitivity: Sensitivity


async def resembling(
    ask: Ask, dataset: str, values: Mapping[str, Any], persons: Sequence[str], since: str
) -> list[Resemblance]:
    """Find what was received since a moment with a heading in common near the pin, or is about one of the persons."""
    given = {"dataset": dataset, "since": since}
    rows = await ask(SAME_PERSON, {**given, "persons": list(persons)}) if persons else []
    if "latitude" in values:
        rows = [*rows, *await ask(SAME_PLACE, {**given, "headings": values["headings"], **_around(values)})]
    found = {(owner, key): _resemblance(owner, key, rest) for owner, key, *rest in reversed(rows)}
    return [found[key] for key in sorted(found)]


def _resemblance(owner: str, key: str, rest: Sequence[Any]) -> Resemblance:
    marked, protections, sensitivity = rest
    return Resemblance(
        owner=owner,
        key=key,
        protections=frozenset(map(Protection, (*marked, *protections))),
        sensitivity=Sensitivity(sensitivity),
    )


def _around(values: Mapping[str, Any]) -> dict[str, float]:
    north, east = values["latitude"], values["longitude"]
    width = NEAR * 1.5
    return {"south": north - NEAR, "north": north + NEAR, "west": east - width, "east": east + width}
