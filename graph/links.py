"""Stated links: owned and marked like nodes, found again by what states them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph import edges
from graph.change import Ask, Change
from graph.facts import Claim, is_plain
from graph.nodes import Held
from graph.records import Ref
from graph.stated import StatedLink
from graph.vocabulary import Former, Link, Node

PREFIX = "lnk_"
SELF_CONTAINED = frozenset(
    {
        *(Link.PARTICIPATES_IN, Link.RECORDED_IN, Link.RAISED_IN, Link.STEP_OF),
        *(Link.RESEMBLES, Link.DONE_WITH, Link.DUPLICATE_OF, Link.OPENED_FROM),
        *(Link.HAS_TEAM, Link.SUCCEEDS),
    }
)
"""Links that tell of no person and no place: their class follows from their own marking alone."""
BINDING = frozenset({Link.CONCERNS, Link.RECORDED_IN, Link.STEP_OF, Link.HAPPENS_AT})
"""Links by which facts reach what nothing protects: who takes part in a case follows it to what it concerns,
and to what is recorded in it, whom a task was with to what was done with it, and what protects those whom a
referral names to where it happens."""
TYING = frozenset(
    {Link.SIBLING_OF, Link.PARENT_OF, Link.ASSOCIATES_WITH, Link.RESIDES_AT, Link.PUPIL_AT, Link.CONCERNS}
)
"""Links that tie people to one another, to a home, a school or a case: whoever watches for that is told of each."""
FIND = """
UNWIND $claims AS claim
MATCH (a:Assertion {claim: claim})
RETURN collect([claim, a.linkId, a.start, a.startType, a.end, a.endType, a.fingerprint])"""
STATE = "UNWIND $rows AS row CREATE (a:Assertion) SET a = row"
RESTATE = """
UNWIND $rows AS row
MATCH (a:Assertion {claim: row.claim})
SET a = row"""
END = """
UNWIND $rows AS row
MATCH (a:Assertion {claim: row.claim})
SET a += row"""
FORGET = "UNWIND $claims AS claim MATCH (a:Assertion {claim: claim}) DELETE a"
RECLASSIFIED = {
    run: f"""
UNWIND $rows AS row
MATCH (a:{run[0]} {{{edges.IDS[run[0]]}: row.anchor}})-[e:{run[1]}]->(b:{run[2]})
WHERE e.linkId = row.id
CREATE (a)-[f:{run[1]}]->(b)
SET f = properties(e), f.facts = row.facts
DELETE e"""
    for run in edges.RUNS
}
KEPT = {
    run: f"""
UNWIND $rows AS row
MATCH (a:{run[0]} {{{edges.IDS[run[0]]}: row.start}})-[e:{run[1]}]->(b:{run[2]})
WHERE e.linkId = row.link
CREATE (a)-[f:{Former[run[1]]}]->(b)
SET f = properties(e), f.linkId = row.id, f.endedAt = row.endedAt, f.endedBy = row.endedBy, f.reason = row.reason"""
    for run in edges.RUNS
    if run[1] in Former.__members__
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asserted:
    """A stored link as its claim finds it."""

    id: str
    run: tuple[str, str, str]
    start: str
    end: str
    fingerprint: str


async def found(ask: Ask, claims: Sequence[str]) -> dict[str, Asserted]:
    """The stored links of these claims."""
    if not claims:
        return {}
    rows = await ask(FIND, {"claims": claims})
    return {
        name: Asserted(
            id=id_, run=_run(name, Node(start_type), Node(end_type)), start=start, end=end, fingerprint=fingerprint
        )
        for name, id_, start, start_type, end, end_type, fingerprint in rows
    }


async def store(
    change: Change, facts: Mapping[str, StatedLink], known: Mapping[str, Asserted], ends: Mapping[str, Held]
) -> None:
    """Store links that are new or changed, given by name; `known` are those stored, and their `ends` all are."""
    await withdraw(change, [known[name] for name in facts if name in known])
    made = {name: edge_of(change, link, known.get(name), ends) for name, link in facts.items()}
    await edges.put(change.tx, made.values())
    rows = [assertion(facts[name], edge) for name, edge in made.items()]
    for statement, stating in (
        (STATE, [row for row in rows if row["claim"] not in known]),
        (RESTATE, [row for row in rows if row["claim"] in known]),
    ):
        if stating:
            await change.tx.run(statement, {"rows": stating})


def edge_of(change: Change, link: StatedLink, old: Asserted | None, ends: Mapping[str, Held]) -> edges.Edge:
    """The edge of a new or changed link, noted with what follows from it."""
    fact, start, end = link.fact, ends[link.start], ends[link.end]
    id_ = old.id if old is not None else change.stamp.chance(PREFIX)
    edge = edges.Edge(
        run=(fact.start.type.label, fact.type.value, fact.end.type.label),
        start=start.id,
        end=end.id,
        properties=_properties(change, link, id_),
    )
    facts = edge.properties["facts"]
    is_quiet = fact.type not in BINDING and all(map(is_plain, (facts, start.facts, end.facts)))
    is_settled = is_quiet or (fact.type is Link.RECORDED_IN and start.id in change.settled)
    if old is not None or not is_settled:
        _touch(change, edge.run, edge.start, edge.end)
    if fact.type in TYING:
        change.outgoing.note(fact.type)
        change.outgoing.records.update(end.id for end, ref in ((start, fact.start), (end, fact.end)) if _is_person(ref))
        change.outgoing.cases.update((start.id,) if fact.start.type is Node.CASE else ())
    if fact.end.type is Node.CASE:
        change.outgoing.things.add(end.id)
    change.fresh.add(id_)
    if is_quiet or fact.type in SELF_CONTAINED:
        change.classes.add(facts)
    return edge


async def withdraw(change: Change, links: Sequence[Asserted]) -> None:
    """Delete stored links; their claims stay."""
    await edges.drop_links(change.tx, [(link.run, link.start, link.id) for link in links])
    for link in links:
        _touch(change, link.run, link.start, link.end)


async def end(change: Change, claims: Sequence[str], how: Mapping[str, str | None]) -> None:
    """End stored links: a tie, or a part in a case, stays between its ends as one that was, with `how` it ended.

    The same may be claimed anew, as nothing is found by what was. Of other links how they ended stays with the claim.
    """
    stored = await found(change.ask, claims)
    kept = {name: link for name, link in stored.items() if link.run in KEPT}
    for link in kept.values():
        row = {"start": link.start, "link": link.id, "id": change.stamp.chance(PREFIX), **how}
        await change.tx.run(KEPT[link.run], {"rows": [row]})
    await forget(change, list(kept))
    if gone := stored.keys() - kept.keys():
        await withdraw(change, [stored[name] for name in gone])
        await change.tx.run(END, {"rows": [{**how, "claim": name} for name in gone]})


async def forget(change: Change, claims: Sequence[str]) -> None:
    """Delete stored links that nobody states any more."""
    await withdraw(change, list((await found(change.ask, claims)).values()))
    await change.tx.run(FORGET, {"claims": claims})


async def reclassify(change: Change, run: tuple[str, str, str], rows: Sequence[dict[str, str]]) -> None:
    """Give links another class by replacement; each row names the start (`anchor`), the link (`id`) and `facts`."""
    if rows:
        change.classes.update(row["facts"] for row in rows)
        await change.tx.run(RECLASSIFIED[run], {"rows": rows})


_KINDS = {node.label: node for node in Node}


def _touch(change: Change, run: tuple[str, str, str], start: str, end: str) -> None:
    first, type_, last = run
    change.outgoing.note(Link(type_))
    change.touch(_KINDS[first], {start})
    if last == Node.PERSON.label:
        change.touch(Node.PERSON, {end})
    elif type_ in {Link.CONCERNS, Link.RESIDES_AT, Link.OCCUPIES}:
        change.touched.concerned.add(end)
    elif type_ == Link.STEP_OF:
        change.touched.tasks.add(end)


def _is_person(ref: Ref) -> bool:
    return ref.type is Node.PERSON


def _run(name: str, start: Node, end: Node) -> tuple[str, str, str]:
    return start.label, Link(name.partition(":")[0]).value, end.label


def assertion(link: StatedLink, edge: edges.Edge) -> dict[str, str]:
    """Where a link runs, by what states it."""
    return {
        "claim": link.name,
        "linkId": edge.properties["linkId"],
        "start": edge.start,
        "startType": link.fact.start.type.value,
        "end": edge.end,
        "endType": link.fact.end.type.value,
        "fingerprint": link.fingerprint,
    }


def _properties(change: Change, link: StatedLink, id_: str) -> dict[str, Any]:
    fact, source = link.fact, link.fact.source
    own = Claim(
        type=fact.type,
        owner=source.owner,
        dataset=source.dataset,
        sensitivity=fact.marking.sensitivity,
        marked=tuple(sorted(fact.marking.protections)),
    )
    return {
        **fact.values,
        "linkId": id_,
        "sourceKey": link.key,
        "owner": source.owner,
        "dataset": source.dataset,
        "key": source.key,
        "sensitivity": own.sensitivity,
        "marked": list(own.marked),
        "facts": change.own_class(own),
        "lastSeen": change.stamp.now,
        "importRun": change.stamp.run,
        "fingerprint": link.fingerprint,
    }
