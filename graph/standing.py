"""How things stand, found by an id or by the key of their dataset: their class, and of a record whose it is."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from graph.change import Ask
from graph.consequences import HOMES
from graph.linkage.homes import RESIDENTS
from graph.linkage.persons import component
from graph.vocabulary import Node

_PERSON = {node: "n.personId" if node is Node.PERSON else "null" for node in Node}
STANDINGS = {
    node: f"""
UNWIND $ids AS id MATCH (n:{node.label} {{{node.id_property}: id}})
RETURN collect([n.{node.id_property}, n.sourceKey, n.facts, {_PERSON[node]}])"""
    for node in Node
}
FORMER = "MATCH (p:Person {personId: $person}) RETURN coalesce(head(collect(p.formerRecords)), [])"
KEYED = {node: f"MATCH (n:{node.label} {{sourceKey: $key}}) RETURN collect(n.{node.id_property})" for node in Node}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A thing with its class; `source` is `council/council-asb-people/17`, `person` whom a record is about."""

    id: str
    type: Node
    source: str
    facts: str
    person: str | None


async def named(ask: Ask, name: str, kinds: Iterable[Node]) -> list[Standing]:
    """Find what an id, or `owner/dataset/key`, names; of several types one key may name several things."""
    found: list[Standing] = []
    for kind in sorted(kinds):
        ids = await ask(KEYED[kind], {"key": name}) if "/" in name else [name]
        found += await standings(ask, kind, ids)
    return found


async def around(ask: Ask, kind: Node, ids: Collection[str]) -> dict[str, Standing]:
    """Things with what they may protect or join: all records that judgements connect with them, and their homes."""
    records = set(ids) if kind is Node.PERSON else set()
    if kind is Node.PREMISES:
        records |= set(await ask(RESIDENTS, {"ids": sorted(ids)}))
    if records:
        records, _ = await component(ask, records)
    homes = set(await ask(HOMES, {"ids": sorted(records)})) if records else set()
    found = {kind: set(ids), Node.PERSON: records, Node.PREMISES: homes}
    found[kind] |= set(ids)
    return {one.id: one for kind, of_kind in found.items() for one in await standings(ask, kind, of_kind)}


async def again(ask: Ask, known: Collection[Standing]) -> dict[str, Standing]:
    """How the same things stand now, by id."""
    kinds = {one.type for one in known}
    ids = {kind: [one.id for one in known if one.type is kind] for kind in kinds}
    return {one.id: one for kind in sorted(kinds) for one in await standings(ask, kind, ids[kind])}


async def standings(ask: Ask, kind: Node, ids: Collection[str]) -> list[Standing]:
    """How things of one type stand."""
    if not ids:
        return []
    rows = await ask(STANDINGS[kind], {"ids": sorted(ids)})
    return [
        Standing(id=id_, type=kind, source=source, facts=facts, person=person) for id_, source, facts, person in rows
    ]


async def former(ask: Ask, person: str) -> frozenset[str]:
    """The ids of the records that were about a person who was merged into another, at that time."""
    return frozenset(await ask(FORMER, {"person": person}))
