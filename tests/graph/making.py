"""A small partnership made by hand: facts in one line each, and the whole graph as values to compare."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from itertools import count
from typing import Any

from graph import doctor
from graph.change import Stamp
from graph.doctor import Difference
from graph.participation import agency as agency_ref
from graph.records import LinkFact, Marking, NodeFact, Ref, Row, Source, Value
from graph.runs import Run
from graph.store import Connection, Store
from graph.vocabulary import Link, Node
from graph.writer import BatchOutcome
from policies.vocabulary import Protection, Sensitivity
from tests.support.batches import write_batch
from tests.support.engine import fresh_store

NOW = "2026-11-24T09:00:00Z"
LATER = "2026-11-24T10:00:00Z"
RUN = Run(id="run_test", connector="test", file="test.csv", owner="council", dataset="test", process="here")
VOLATILE = frozenset({"lastSeen", "importRun", "firstSeen", "taken"})
ALL_NODES = "MATCH (n) RETURN collect([head(labels(n)), properties(n)])"
ALL_EDGES = """
MATCH (a)-[e]->(b)
RETURN collect([type(e), head(labels(a)), properties(a), head(labels(b)), properties(b), properties(e)])"""


def counting() -> Callable[[str], str]:
    """Ids that tell the order in which they were given."""
    numbers = count(1)
    return lambda prefix: f"{prefix}{next(numbers):06}"


def stamp(now: str = NOW, chance: Callable[[str], str] | None = None) -> Stamp:
    return Stamp(now=now, chance=chance or _RANDOM)


def _random_ids() -> Callable[[str], str]:
    numbers = count(1)
    return lambda prefix: f"{prefix}x{next(numbers) * 7919 % 1_000_003:07}"


_RANDOM = _random_ids()


def marking(*protections: Protection) -> Marking:
    return Marking(sensitivity=Sensitivity.OFFICIAL, protections=frozenset(protections))


def source(name: str) -> Source:
    """`council/1` is key 1 in the council's dataset."""
    owner, _, key = name.partition("/")
    return Source(owner=owner, dataset=f"{owner}-test", key=key)


def ref(kind: Node, name: str) -> Ref:
    return Ref(type=kind, source=source(name))


def node(kind: Node, name: str, /, *protections: Protection, **values: Value) -> NodeFact:
    return NodeFact(type=kind, source=source(name), marking=marking(*protections), values=values)


def person(name: str, /, *protections: Protection, **values: Value) -> NodeFact:
    return node(Node.PERSON, name, *protections, **values)


def premises(name: str, /, *protections: Protection, **values: Value) -> NodeFact:
    return node(Node.PREMISES, name, *protections, **values)


def case(name: str, /, *participants: str, status: str = "OPEN", **values: Value) -> NodeFact:
    return node(Node.CASE, name, status=status, participants=list(participants), **values)


def agency(code: str) -> NodeFact:
    """A partner agency, as the hub states it."""
    return NodeFact(
        type=Node.AGENCY, source=agency_ref(code).source, marking=marking(), values={"code": code, "name": code}
    )


def link(kind: Link, start: NodeFact | Ref, end: NodeFact | Ref, *protections: Protection, **values: Value) -> LinkFact:
    """A link stated by the owner of its start, named after its ends."""
    first, last = (it.ref if isinstance(it, NodeFact) else it for it in (start, end))
    key = f"{first.source.key}-{last.source.owner}-{last.source.key}"
    return LinkFact(
        type=kind,
        source=Source(owner=first.source.owner, dataset=first.source.dataset, key=key),
        marking=marking(*protections),
        start=first,
        end=last,
        values=values,
    )


def resides(who: NodeFact, where: NodeFact | Ref, *protections: Protection) -> LinkFact:
    return link(Link.RESIDES_AT, who, where, *protections)


def concerns(matter: NodeFact, what: NodeFact | Ref, *protections: Protection) -> LinkFact:
    return link(Link.CONCERNS, matter, what, *protections, role="VICTIM")


def rows(*facts: NodeFact | LinkFact) -> list[Row]:
    """One row for each fact."""
    return [Row(line=line, key=str(line), facts=(fact,)) for line, fact in enumerate(facts, 1)]


async def write(store: Store, *facts: NodeFact | LinkFact, at: Stamp | None = None) -> BatchOutcome:
    return await write_batch(store, rows(*facts), RUN, at or stamp())


def tell(connection: Connection, story: Callable[[Store], Awaitable[None]]) -> None:
    """Run a story on an empty, migrated store; whatever happened, every fact must follow from what is stated."""

    async def whole() -> None:
        async with fresh_store(connection) as store:
            await story(store)
            assert await differences(store) == []

    asyncio.run(whole())


async def differences(store: Store) -> list[Difference]:
    return [difference async for difference in doctor.recompute(store)]


async def dump(store: Store) -> tuple[list[str], list[str]]:
    """Everything that the graph holds, ids and times included."""
    nodes, edges = await store.read(ALL_NODES), await store.read(ALL_EDGES)
    return sorted(map(repr, map(_ordered, nodes))), sorted(map(repr, map(_ordered, edges)))


async def facts_of(store: Store, label: str) -> dict[str, str]:
    """The fact class of every node of a label, by owner and key (`council/1`)."""
    found = await store.read(f"MATCH (n:{label}) RETURN collect([n.owner + '/' + n.key, n.facts])")
    return dict(found)


async def members_of(store: Store, label: str = "PersonRecord") -> dict[str, str | None]:
    """What every node of a label tells of who takes part in cases, by owner and key."""
    found = await store.read(f"MATCH (n:{label}) RETURN collect([n.owner + '/' + n.key, n.caseMembers])")
    return dict(found)


async def links_of(store: Store, kind: Link) -> dict[str, str]:
    """The fact class of every link of a type, by owner and key."""
    found = await store.read(f"MATCH ()-[e:{kind}]->() RETURN collect([e.owner + '/' + e.key, e.facts])")
    return dict(found)


async def people(store: Store) -> set[frozenset[str]]:
    """The records of each person, as owner and key."""
    found = await store.read(
        """
MATCH (p:Person) CALL (p) { MATCH (r:PersonRecord)-[:ABOUT]->(p) RETURN collect(r.owner + '/' + r.key) AS records }
RETURN collect(records)"""
    )
    return {frozenset(group) for group in found if group}


async def person_of(store: Store, name: str) -> dict[str, Any]:
    """The properties of the person that a record is about."""
    found = await store.read(
        "MATCH (r:PersonRecord {sourceKey: $key})-[:ABOUT]->(p:Person) RETURN properties(p)",
        {"key": str(source(name))},
    )
    return dict(found)


async def record_id(store: Store, name: str) -> str:
    return str(
        await store.read("MATCH (r:PersonRecord {sourceKey: $key}) RETURN r.recordId", {"key": str(source(name))})
    )


async def meaning(store: Store) -> Counter[object]:
    """What the graph says, whatever ids were given and whenever it was written; to be subtracted from another."""
    nodes, edges = await store.read(ALL_NODES), await store.read(ALL_EDGES)
    names = {
        properties[key]: properties["sourceKey"]
        for label, properties in nodes
        if "sourceKey" in properties
        for key in (Node.PERSON.id_property if label == "PersonRecord" else f"{label[0].lower()}{label[1:]}Id",)
    }
    return Counter(
        [
            *await people(store),
            *(
                repr(("Person", properties["protections"], properties["caseAgencies"], properties.get("adultOn")))
                for label, properties in nodes
                if label == "Person"
            ),
            *(_meant(label, properties, names) for label, properties in nodes if label not in UNCOMPARED),
            *(
                repr((_name(a), _name(b), _meant(kind, properties, names)))
                for kind, first, a, last, b, properties in edges
                if first not in UNCOMPARED and last not in UNCOMPARED
            ),
        ]
    )


UNCOMPARED = frozenset(
    {"Person", "ImportRun", "Quarantine", "Turn", "Migration", "FactClass", "OutboxRecord", "Reading"}
)
"""Compared otherwise, or not at all: a class that some record had on the way is kept."""


def _meant(label: str, properties: dict[str, Any], names: dict[str, str]) -> str:
    kept = {
        name: names.get(value, value) if isinstance(value, str) else value
        for name, value in properties.items()
        if name not in VOLATILE and not name.endswith("Id") and name not in {"madeAt", "withdrawnAt", "sheet"}
    }
    if label == "Judgement":
        kept["left"], kept["right"] = sorted((kept["left"], kept["right"]))
    return repr((label, sorted(kept.items())))


def _name(properties: dict[str, Any]) -> str:
    return str(properties.get("sourceKey"))


def _ordered(item: Iterable[Any]) -> list[Any]:
    return [sorted(part.items()) if isinstance(part, dict) else part for part in item]
