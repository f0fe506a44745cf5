"""Who lives together: a home is one home in whichever dataset it was written down."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from graph.change import Ask

EVER = ""
"""The day since when everybody lives where they ever did."""
HOMES = """
UNWIND $ids AS id
MATCH (p:Person {personId: id})<-[:ABOUT]-(:PersonRecord)-[e:RESIDES_AT]->(m:Premises)
WHERE e.until IS NULL OR e.until >= $day
RETURN collect(DISTINCT [id, e.facts, m.premisesId, m.uprn, m.postcode, toLower(m.address)])"""
PLACES = """
UNWIND $ids AS id MATCH (m:Premises {premisesId: id})
RETURN collect([id, null, id, m.uprn, m.postcode, toLower(m.address)])"""
BY_UPRN = "UNWIND $keys AS key MATCH (m:Premises {uprn: key}) RETURN collect([key, m.premisesId])"
BY_POSTCODE = """
UNWIND $keys AS key MATCH (m:Premises {postcode: key})
RETURN collect([key, toLower(m.address), m.premisesId])"""
RESIDENTS = """
UNWIND $keys AS key
MATCH (m:Premises {premisesId: key})<-[e:RESIDES_AT]-(:PersonRecord)-[:ABOUT]->(q:Person)
WHERE e.until IS NULL OR e.until >= $day
RETURN collect(DISTINCT [key, q.personId, e.facts])"""
Together = tuple[str, str, str, str]
"""Two persons, and the classes of the links to the home of each."""


async def households(ask: Ask, ids: Collection[str], day: str) -> list[Together]:
    """Find with whom persons live on a day (ISO), or lived since.

    Places are looked up by one key at a time, each by its index: the engine has none for a join of two places.
    """
    homes = await ask(HOMES, {"ids": sorted(ids), "day": day}) if ids else []
    same = await _same(ask, homes)
    residents = defaultdict[str, list[Sequence[str]]](list)
    found = {place for places in same.values() for place in places}
    for place, *resident in await _asked(ask, RESIDENTS, found, day=day):
        residents[place].append(resident)
    return [
        (one, other, facts, others)
        for one, facts, home, *_ in homes
        for place in sorted(same[home])
        for other, others in residents[place]
        if other != one
    ]


async def written_down(ask: Ask, ids: Collection[str]) -> set[str]:
    """The places that are the same as these, these included, in whichever dataset they were written down."""
    same = await _same(ask, await ask(PLACES, {"ids": sorted(ids)}))
    return {place for places in same.values() for place in places}


async def _same(ask: Ask, homes: Iterable[Sequence[str]]) -> dict[str, set[str]]:
    """Find the places that each home is: itself, those with its UPRN, and those with its postcode and address."""
    uprns, addresses = defaultdict[str, set[str]](set), defaultdict[tuple[str, str], set[str]](set)
    for uprn, place in await _asked(ask, BY_UPRN, {uprn for *_, uprn, _, _ in homes}):
        uprns[uprn].add(place)
    for postcode, address, place in await _asked(ask, BY_POSTCODE, {postcode for *_, postcode, _ in homes}):
        if address is not None:
            addresses[postcode, address].add(place)
    return {
        home: {home} | uprns.get(uprn, set()) | addresses.get((postcode, address), set())
        for _, _, home, uprn, postcode, address in homes
    }


async def _asked(ask: Ask, statement: str, keys: Iterable[str | None], **given: str) -> list[Sequence[str]]:
    known = sorted(key for key in keys if key is not None)
    return list(await ask(statement, {"keys": known, **given})) if known else []
