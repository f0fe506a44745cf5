"""Rows into the graph, one transaction for each batch."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from graph import consequences, links, nodes, participation
from graph.change import Ask, Change, Stamp, commit
from graph.linkage.persons import repartition
from graph.linkage.rules import judge
from graph.records import LinkFact, NodeFact, Ref, Reject, Row
from graph.runs import Counts, Run, count
from graph.store import Store
from graph.vocabulary import Node


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchOutcome:
    """What became of a batch's rows, and everything that was set aside, the rows' own rejects first."""

    counts: Counts
    rejects: tuple[Reject, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The facts of a batch, each once: nodes by type and source key, links by claim."""

    nodes: Mapping[Node, Mapping[str, NodeFact]]
    links: Mapping[str, LinkFact]

    @classmethod
    def of(cls, facts: Iterable[NodeFact | LinkFact]) -> "Facts":
        """Where two rows state the same thing the later one holds, as if they had come one after the other."""
        by_type: dict[Node, dict[str, NodeFact]] = {}
        by_claim: dict[str, LinkFact] = {}
        for fact in facts:
            if isinstance(fact, NodeFact):
                by_type.setdefault(fact.type, {})[str(fact.source)] = fact
            else:
                by_claim[links.claim(fact)] = fact
        cases = by_type.get(Node.CASE, {}).values()
        by_claim |= {links.claim(link): link for case in cases for link in participation.participations(case)}
        return cls(nodes=by_type, links=by_claim)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """Which facts of a batch changed the graph, and which links miss an end."""

    changed: frozenset[str]
    missing: Mapping[str, Ref]


NOTHING = Stored(changed=frozenset(), missing={})


async def write_batch(store: Store, rows: Sequence[Row], run: Run, stamp: Stamp) -> BatchOutcome:
    """Store a batch's facts, what follows from them, its rejects and its counts, in one transaction.

    A link whose end is neither in the batch nor stored becomes a reject; the rest of its row is stored.
    """
    facts = Facts.of(fact for row in rows for fact in row.facts)

    async def work(change: Change) -> BatchOutcome:
        stored = NOTHING if await _is_stored(change.ask, facts) else await _write(change, facts)
        outcome = _outcome(rows, stored)
        await count(change.tx, run.id, outcome.counts, outcome.rejects)
        return outcome

    return await commit(store, replace(stamp, run=run.id), work)


async def write_facts(store: Store, facts: Iterable[NodeFact | LinkFact], stamp: Stamp) -> Stored:
    """Store facts that no import run brings."""
    whole = Facts.of(facts)

    async def work(change: Change) -> Stored:
        return NOTHING if await _is_stored(change.ask, whole) else await _write(change, whole)

    return await commit(store, stamp, work)


async def _is_stored(ask: Ask, facts: Facts) -> bool:
    """Whether the graph holds all of this already, so that nothing needs to be written."""
    for kind, by_key in facts.nodes.items():
        known = await nodes.found(ask, kind, list(by_key))
        if any(
            key not in known or known[key][1] != nodes.stated(fact.marking, fact.values) for key, fact in by_key.items()
        ):
            return False
    asserted = await links.found(ask, list(facts.links))
    return all(
        claim in asserted and asserted[claim].fingerprint == links.stated(fact) for claim, fact in facts.links.items()
    )


async def _write(change: Change, facts: Facts) -> Stored:
    await change.take_turn()
    ids: dict[Ref, str] = {}
    changed: set[str] = set()
    for kind, by_key in facts.nodes.items():
        found, new = await nodes.store(change, kind, by_key)
        ids |= {by_key[key].ref: id_ for key, id_ in found.items()}
        changed |= {f"{kind}:{key}" for key in new}
    ids = await links.resolved(
        change.ask, (ref for fact in facts.links.values() for ref in (fact.start, fact.end)), ids
    )
    missing = {
        claim: next(ref for ref in (fact.start, fact.end) if ref not in ids)
        for claim, fact in facts.links.items()
        if fact.start not in ids or fact.end not in ids
    }
    changed |= await links.store(
        change, {claim: fact for claim, fact in facts.links.items() if claim not in missing}, ids
    )
    await participation.end(change, [id_ for ref, id_ in ids.items() if _is_case_of(ref, facts)], facts.links)
    stated = {id_ for ref, id_ in ids.items() if ref.type is Node.PERSON and f"{ref.type}:{ref.source}" in changed}
    await repartition(change, stated | await judge(change, stated))
    await consequences.draw(change)
    return Stored(changed=frozenset(changed), missing=missing)


def _is_case_of(ref: Ref, facts: Facts) -> bool:
    return ref.type is Node.CASE and str(ref.source) in facts.nodes.get(Node.CASE, {})


def _outcome(rows: Sequence[Row], stored: Stored) -> BatchOutcome:
    rejects: list[Reject] = []
    became = {"stored": 0, "unchanged": 0, "quarantined": 0}
    for row in rows:
        became[_became(row, stored)] += 1
        rejects += [*row.rejects, *_missing_ends(row, stored)]
    return BatchOutcome(counts=Counts(rows_in=len(rows), **became), rejects=tuple(rejects))


def _became(row: Row, stored: Stored) -> str:
    names = {_name(fact) for fact in row.facts}
    if not names.difference(stored.missing):
        return "quarantined"
    return "stored" if names & stored.changed else "unchanged"


def _missing_ends(row: Row, stored: Stored) -> list[Reject]:
    stated = [link for fact in row.facts for link in _links(fact)]
    return [
        Reject(line=row.line, column=None, reason=f"its {ref.type} is not here", raw=str(ref.source))
        for link in stated
        if (ref := stored.missing.get(links.claim(link))) is not None
    ]


def _links(fact: NodeFact | LinkFact) -> Iterable[LinkFact]:
    if isinstance(fact, LinkFact):
        return (fact,)
    return participation.participations(fact) if fact.type is Node.CASE else ()


def _name(fact: NodeFact | LinkFact) -> str:
    return links.claim(fact) if isinstance(fact, LinkFact) else f"{fact.type}:{fact.source}"
