"""Ties: how people stand to one another, as agencies state it in the hub, and in cases and referrals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.casework import DATASET
from graph.change import Change
from graph.conditions import Alias, expression
from graph.plan import Viewpoint
from graph.predicates import seen_from
from graph.referring import DESK
from graph.vocabulary import Link, Node
from graph.work_vocabulary import PersonTie


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """A link by its claim and the id at its end, with the conditions that hold of it for whoever asks."""

    claim: str
    end: str
    facts: str
    conditions: Mapping[str, bool | None]
    said: Mapping[str, Any]


async def stated_ties(
    change: Change, kind: PersonTie, ends: tuple[str, str], conditions: Sequence[str], viewpoint: Viewpoint
) -> list[Tie]:
    """Find the ties of one kind that the viewer's agency stated in the hub from one person to another."""
    matched = (
        "MATCH (p:Person {personId: $start})<-[:ABOUT]-(a:PersonRecord)"
        f"-[e:{Link(kind)}]->(b:PersonRecord)-[:ABOUT]->(:Person {{personId: $end}}) "
        f"WHERE e.owner = $agency AND e.dataset = '{DATASET}'"
    )
    hold = [expression(condition, Node.PERSON, Alias(node="a", person="p", link="e")) for condition in conditions]
    told = (Link(kind), matched, "b.recordId")
    return await _ties(change, told, ends, dict(zip(conditions, hold, strict=True)), viewpoint)


async def involvements(
    change: Change, node: Node, ends: tuple[str, str], conditions: Sequence[str], viewpoint: Viewpoint
) -> list[Tie]:
    """Find how a case concerns a person, or premises, whoever states it."""
    far = "(b:PersonRecord)-[:ABOUT]->(:Person {personId: $end})"
    if node is not Node.PERSON:
        far = f"(b:{node.label} {{{node.id_property}: $end}})"
    hold = [expression(condition, Node.CASE, Alias(node="c", link="e")) for condition in conditions]
    told = (Link.CONCERNS, f"MATCH (c:Case {{caseId: $start}})-[e:CONCERNS]->{far}", f"b.{node.id_property}")
    return await _ties(change, told, ends, dict(zip(conditions, hold, strict=True)), viewpoint)


async def likenesses(
    change: Change, ends: tuple[str, str], conditions: Sequence[str], viewpoint: Viewpoint
) -> list[Tie]:
    """Find how a person is likened to somebody whom a referral describes."""
    matched = (
        "MATCH (p:Person {personId: $start})<-[:ABOUT]-(a:PersonRecord)-[e:LIKENED_IN]->(:Referral {referralId: $end})"
    )
    hold = [expression(condition, Node.PERSON, Alias(node="a", person="p", link="e")) for condition in conditions]
    told = (Link.LIKENED_IN, matched, "a.recordId")
    return await _ties(change, told, ends, dict(zip(conditions, hold, strict=True)), viewpoint)


async def participations(
    change: Change, case: str, agency: str, conditions: Sequence[str], viewpoint: Viewpoint
) -> list[Tie]:
    """Find whether an agency takes part in a case."""
    matched = "MATCH (c:Case {caseId: $start})<-[e:PARTICIPATES_IN]-(b:Agency {code: $end})"
    hold = {condition: expression(condition, Node.AGENCY, Alias(node="b", link="e")) for condition in conditions}
    return await _ties(change, (Link.PARTICIPATES_IN, matched, "b.code"), (case, agency), hold, viewpoint)


async def named_by_desk(
    change: Change, ends: tuple[str, str], conditions: Sequence[str], viewpoint: Viewpoint
) -> list[Tie]:
    """Find the links by which the viewer's agency holds a person for somebody whom a referral describes."""
    matched = (
        "MATCH (f:Referral {referralId: $start})-[e:REFERS_TO]->(b:PersonRecord)-[:ABOUT]->(:Person {personId: $end}) "
        f"WHERE e.owner = $agency AND e.dataset = '{DESK}'"
    )
    hold = [expression(condition, Node.REFERRAL, Alias(node="f", link="e")) for condition in conditions]
    told = (Link.REFERS_TO, matched, "b.recordId")
    return await _ties(change, told, ends, dict(zip(conditions, hold, strict=True)), viewpoint)


async def _ties(
    change: Change,
    what: tuple[Link, str, str],
    ends: tuple[str, str],
    hold: Mapping[str, str],
    viewpoint: Viewpoint,
) -> list[Tie]:
    (link, matched, far), (start, end) = what, ends
    rows = await change.ask(
        f"{matched} RETURN collect([e.sourceKey, {far}, e.facts, [{', '.join(hold.values())}], properties(e)])",
        {"start": start, "end": end, **seen_from(viewpoint)},
    )
    return [
        Tie(claim=f"{link}:{key}", end=ident, facts=facts, conditions=dict(zip(hold, held, strict=True)), said=said)
        for key, ident, facts, held, said in rows
    ]
