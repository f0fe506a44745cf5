"""Rows into the graph, one transaction for each batch."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from graph import arrivals, links, nodes, participation
from graph.arrivals import Arrived
from graph.batch import Batch
from graph.change import Ask, Change, Stamp, commit
from graph.errors import GraphError
from graph.facts import Shared
from graph.linkage.persons import draw, settle
from graph.links import Asserted
from graph.nodes import Held, Restated
from graph.records import LinkFact, NodeFact, Ref, Reject, Row
from graph.runs import Counts, Run, count
from graph.stated import StatedLink, StatedNode, name_of
from graph.store import Store
from graph.vocabulary import Link, Node


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchOutcome:
    """What became of a batch's rows, and everything that was set aside, the rows' own rejects first.

    A link whose end is neither in the batch nor stored is a reject; the rest of its row is stored.
    """

    counts: Counts
    rejects: tuple[Reject, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the graph holds of a batch: its nodes and the ends of its links, and its links, by name."""

    nodes: Mapping[str, Held]
    links: Mapping[str, Asserted]

    @classmethod
    async def of(
        cls, ask: Ask, batch: Batch, new: Container[str] = (), found: Mapping[str, Held] = MappingProxyType({})
    ) -> "Known":
        """Look up all but what was `found` before, by name, and what is `new`: nobody can have stated that yet."""
        held = dict(found)
        for kind, names in _named(batch).items():
            keys = [key for key, name in names.items() if name not in new and name not in found]
            held |= {names[key]: node for key, node in (await nodes.found(ask, kind, keys)).items()}
        return cls(nodes=held, links=await links.found(ask, [name for name in batch.links if name not in new]))

    def beside(self, other: "Known") -> "Known":
        """What either of two look-ups found."""
        return Known(nodes={**self.nodes, **other.nodes}, links={**self.links, **other.links})

    def lacks(self, fact: StatedNode | StatedLink) -> bool:
        """Whether the graph does not hold what is stated."""
        known = (self.nodes if isinstance(fact, StatedNode) else self.links).get(fact.name)
        return known is None or known.fingerprint != fact.fingerprint


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """The names of the facts that changed the graph, and of the links that miss an end; `ids` are those of nodes."""

    changed: frozenset[str]
    missing: Mapping[str, Ref]
    ids: Mapping[str, str] = field(default_factory=dict)


UNCHANGED = Stored(changed=frozenset(), missing={})


async def write_facts(store: Store, facts: Iterable[NodeFact | LinkFact], stamp: Stamp) -> Stored:
    """Store facts that no import run brings."""
    batch = Batch.of([Row(line=0, key=None, facts=tuple(facts))])
    return await commit(store, stamp, lambda change: write(change, batch))


async def state(
    change: Change,
    facts: Iterable[NodeFact | LinkFact],
    new: Sequence[NodeFact | LinkFact] = (),
    found: Mapping[Ref, Held] = MappingProxyType({}),
) -> Stored:
    """Store facts within a change that has its turn; `new` are those whose random keys nobody has had.

    What this change has `found` it need not look up again. Raises GraphError where a link misses an end.
    """
    batch = Batch.of([Row(line=0, key=None, facts=(*facts, *new))])
    held = {name_of(ref): node for ref, node in found.items()}
    stored = await store(change, batch, await Known.of(change.ask, batch, set(map(name_of, new)), held))
    if stored.missing:
        raise GraphError(f"{len(stored.missing)} links miss an end")
    return stored


async def end(change: Change, claims: Sequence[str], author: str, reason: str | None, said: str | None = None) -> None:
    """End stated links within a change that has its turn, with what follows; who ended them and why stays with each.

    So does what was `said` by one that does not stay between its ends.
    """
    how = {"endedAt": change.stamp.now, "endedBy": author, "reason": reason}
    await links.end(change, claims, how if said is None else {**how, "said": said})
    await draw(change)


async def write(change: Change, batch: Batch) -> Stored:
    """Store a batch in the transaction of a change, in a turn of its own where there is anything to store."""
    turns = await change.turns()
    known = await Known.of(change.ask, batch)
    if not any(map(known.lacks, batch.facts())):
        return UNCHANGED
    if await change.take_turn() != turns + 1:  # somebody wrote after this looked
        known = await Known.of(change.ask, batch)
    return await store(change, batch, known, await arrive(change, batch, known))


async def arrive(change: Change, batch: Batch, known: Known, but: Container[str] = ()) -> Arrived:
    """Store what the graph does not hold at all, `but` what is not known yet, by name."""
    new = {
        kind: [fact for fact in facts.values() if fact.name not in known.nodes and fact.name not in but]
        for kind, facts in batch.nodes.items()
    }
    return await arrivals.store(
        change,
        new,
        {name: link for name, link in batch.links.items() if name not in known.links and name not in but},
    )


async def record(change: Change, run: Run, batch: Batch, stored: Stored) -> BatchOutcome:
    """Count what became of a batch, and keep what was set aside, in the transaction that stores it."""
    outcome = _outcome(batch, stored)
    await count(change.tx, run.id, outcome.counts, outcome.rejects)
    return outcome


async def store(change: Change, batch: Batch, known: Known, arrived: Arrived = arrivals.NOTHING) -> Stored:
    """Store what is not there as it is stated, but for what has arrived, and what follows from both."""
    ends, shared = {**known.nodes, **arrived.nodes}, _shared(batch, known)
    restated: dict[Node, list[Restated]] = {}
    changed = set(arrived.names)
    for kind, facts in batch.nodes.items():
        due = [fact for fact in facts.values() if fact.name not in changed and known.lacks(fact)]
        now, restated[kind] = await nodes.store(change, kind, due, known.nodes, shared)
        ends |= now
        changed |= now.keys()
    missing = {
        name: link.fact.start if link.start not in ends else link.fact.end
        for name, link in batch.links.items()
        if link.start not in ends or link.end not in ends
    }
    linked = {
        name: link
        for name, link in batch.links.items()
        if name not in missing and name not in changed and known.lacks(link)
    }
    await links.store(change, linked, known.links, ends)
    await participation.end(change, _replaced(restated, Node.CASE), batch.links)
    if arrived.records or Node.PERSON in restated:
        await settle(change, [*arrived.records, *restated.get(Node.PERSON, ())], arrived.handles)
    await draw(change)
    ids = {name: held.id for name, held in ends.items()}
    return Stored(changed=frozenset(changed | linked.keys()), missing=missing, ids=ids)


def _shared(batch: Batch, known: Known) -> dict[str, Shared]:
    """What cases share with what is recorded in them, by its name; one that the batch states anew may share else."""
    links = (link for link in batch.links.values() if link.fact.type is Link.RECORDED_IN)
    restated = batch.nodes.get(Node.CASE, {})
    return {
        link.start: case.shares
        for link in links
        if str(link.fact.end.source) not in restated
        and link.fact.start.type is not Node.RISK_ASSESSMENT
        and (case := known.nodes.get(link.end)) is not None
        and case.shares is not None
    }


def _named(batch: Batch) -> dict[Node, dict[str, str]]:
    """The names of the batch's nodes and of the ends of its links, by type and source key."""
    named = {kind: {key: fact.name for key, fact in facts.items()} for kind, facts in batch.nodes.items()}
    for link in batch.links.values():
        for name, ref in ((link.start, link.fact.start), (link.end, link.fact.end)):
            named.setdefault(ref.type, {}).setdefault(name.partition(":")[2], name)
    return named


def _replaced(restated: Mapping[Node, Sequence[Restated]], kind: Node) -> list[str]:
    return [node.after[kind.id_property] for node in restated.get(kind, ()) if node.before is not None]


def _outcome(batch: Batch, stored: Stored) -> BatchOutcome:
    rejects: list[Reject] = []
    became = {"stored": 0, "unchanged": 0, "quarantined": 0}
    for row, names in zip(batch.rows, batch.names, strict=True):
        became[_became(names, stored)] += 1
        rejects += row.rejects
        if stored.missing:
            rejects += _missing_ends(row, stored)
    return BatchOutcome(counts=Counts(rows_in=len(batch.rows), **became), rejects=tuple(rejects))


def _became(names: Sequence[str], stored: Stored) -> str:
    if all(name in stored.missing for name in names):
        return "quarantined"
    return "stored" if any(name in stored.changed for name in names) else "unchanged"


def _missing_ends(row: Row, stored: Stored) -> list[Reject]:
    stated = [link for fact in row.facts for link in _links(fact)]
    return [
        Reject(line=row.line, column=None, reason=f"its {ref.type} is not here", raw=str(ref.source))
        for link in stated
        if (ref := stored.missing.get(name_of(link))) is not None
    ]


def _links(fact: NodeFact | LinkFact) -> Iterable[LinkFact]:
    if isinstance(fact, LinkFact):
        return (fact,)
    return participation.participations(fact) if fact.type is Node.CASE else ()
