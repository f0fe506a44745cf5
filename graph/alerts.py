"""Who is to be alerted of a child near somebody of concern, looked up around what changed and around nothing else."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from graph.change import Ask
from graph.consequences import PERSONS_OF_CASES, PERSONS_OF_RECORDS
from graph.facts import protections
from graph.households import EVER, households
from graph.outbox import Reached
from policies.vocabulary import Tie

TIED = {
    tie: f"""
UNWIND $ids AS id
MATCH (p:Person {{personId: id}})<-[:ABOUT]-(:PersonRecord)-[e:{tie}]-(:PersonRecord)-[:ABOUT]->(q:Person)
RETURN collect(DISTINCT [id, q.personId, e.facts])"""
    for tie in (Tie.SIBLING_OF, Tie.PARENT_OF, Tie.ASSOCIATES_WITH)
}
OF_CONCERN = """
UNWIND $ids AS id
MATCH (p:Person {personId: id})<-[:ABOUT]-(r:PersonRecord)<-[e:CONCERNS]-(c:Case)
WHERE c.status IN $statuses AND c.caseType IN $types AND e.role IN $roles
RETURN collect([id, r.sourceKey, c.sourceKey, c.caseId, c.owner, e.facts, c.facts])"""
PUPILS = """
UNWIND $ids AS id
MATCH (p:Person {personId: id})<-[:ABOUT]-(r:PersonRecord)-[e:PUPIL_AT]->(s:School)
WHERE (p.adultOn IS NULL OR p.adultOn > $day) AND (e.until IS NULL OR e.until >= $day)
RETURN collect([id, r.sourceKey, s.urn, e.facts])"""
RELATED = """
UNWIND $ids AS id
MATCH (p:Person {personId: id})<-[:ABOUT]-(:PersonRecord)-[:PARENT_OF|SIBLING_OF|ASSOCIATES_WITH]-(:PersonRecord)
  -[:ABOUT]->(q:Person)
MATCH (q)<-[:ABOUT]-(s:PersonRecord) WHERE s.email IS NOT NULL
RETURN collect(DISTINCT [id, s.email])"""
EMAILS = """
UNWIND $ids AS id
MATCH (q:Person {personId: id})<-[:ABOUT]-(s:PersonRecord) WHERE s.email IS NOT NULL
RETURN collect(DISTINCT [id, s.email])"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A child, by one of the ties near somebody whom a case of one of the types concerns in one of the roles."""

    ties: frozenset[Tie]
    case_types: tuple[str, ...]
    case_status: tuple[str, ...]
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A child at a school, near somebody in a case: records and the case by source key, and all that protects them.

    `relatives` are the e-mail addresses, case-folded, of all to whom the child is tied and of those with whom it lives.
    """

    child: str
    school: str
    tie: Tie
    concern: str
    case: str
    case_id: str
    lead: str
    protections: tuple[str, ...]
    relatives: frozenset[str]


async def matches(ask: Ask, pattern: Pattern, reached: Reached, day: str) -> list[Match]:
    """Find the pattern around those whose ties changed; `day` is ISO."""
    near = set(await _ids(ask, PERSONS_OF_RECORDS, reached.records)) | reached.persons
    near |= set(await _ids(ask, PERSONS_OF_CASES, reached.cases))
    ties = await _ties(ask, pattern, near, day)
    concerns = await _of_concern(ask, pattern, near | {other for _, other, _, _ in ties})
    pairs = {(child, other, tie, facts) for one, two, tie, facts in ties for child, other in ((one, two), (two, one))}
    pupils = await _pupils(ask, {child for child, other, _, _ in pairs if other in concerns}, day)
    relatives = await _relatives(ask, set(pupils))
    return [
        Match(
            child=record,
            school=urn,
            tie=tie,
            concern=concern,
            case=case,
            case_id=case_id,
            lead=lead,
            protections=_united(*facts, *involved, schooled),
            relatives=relatives.get(child, frozenset()),
        )
        for child, other, tie, facts in sorted(pairs)
        for record, urn, schooled in pupils.get(child, ())
        for concern, case, case_id, lead, *involved in concerns.get(other, ())
    ]


async def _ids(ask: Ask, statement: str, ids: Collection[str]) -> list[str]:
    return list(await ask(statement, {"ids": sorted(ids)})) if ids else []


async def _ties(
    ask: Ask, pattern: Pattern, ids: Collection[str], day: str
) -> list[tuple[str, str, Tie, tuple[str, ...]]]:
    if not ids:
        return []
    found = [
        (one, other, tie, tuple(facts))
        for tie, statement in TIED.items()
        if tie in pattern.ties
        for one, other, *facts in await ask(statement, {"ids": sorted(ids)})
    ]
    if Tie.SAME_HOUSEHOLD in pattern.ties:
        together = await households(ask, ids, day)
        found += [(one, other, Tie.SAME_HOUSEHOLD, tuple(facts)) for one, other, *facts in together]
    return [tie for tie in found if tie[0] != tie[1]]


async def _of_concern(ask: Ask, pattern: Pattern, ids: Collection[str]) -> dict[str, list[list[str]]]:
    words = {"types": pattern.case_types, "statuses": pattern.case_status, "roles": pattern.roles}
    given = {"ids": sorted(ids), **{name: list(allowed) for name, allowed in words.items()}}
    found: dict[str, list[list[str]]] = {}
    for person, *concern in await ask(OF_CONCERN, given) if ids else ():
        found.setdefault(person, []).append(concern)
    return found


async def _pupils(ask: Ask, ids: Collection[str], day: str) -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {}
    for person, *pupil in await ask(PUPILS, {"ids": sorted(ids), "day": day}) if ids else ():
        found.setdefault(person, []).append(pupil)
    return found


async def _relatives(ask: Ask, ids: Collection[str]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for person, email in await ask(RELATED, {"ids": sorted(ids)}) if ids else ():
        found.setdefault(person, set()).add(email.casefold())
    together = await households(ask, ids, EVER)
    emails: dict[str, set[str]] = {}
    for person, email in await ask(EMAILS, {"ids": sorted({other for _, other, _, _ in together})}) if together else ():
        emails.setdefault(person, set()).add(email.casefold())
    for person, other, *_ in together:
        found.setdefault(person, set()).update(emails.get(other, ()))
    return {person: frozenset(emails) for person, emails in found.items()}


def _united(*facts: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted({word for one in facts for word in protections(str(one))}))
