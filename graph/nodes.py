"""Stated nodes: created when they are new, replaced when anything that they state or their class changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from graph import edges
from graph.change import Ask, Change
from graph.facts import Claim, Shared, effective
from graph.matching import keys
from graph.memberships import NOBODY, told
from graph.sheets import sheet
from graph.stated import StatedNode
from graph.vocabulary import PERSON_PREFIX, RECORDED, Node

Properties = dict[str, Any]
UNSTATED_RELIABILITY = 3
UNCONCERNED: Mapping[Node, Properties] = {
    Node.CASE: {"wards": []},
    **{node: {"caseMembers": NOBODY} for node in (Node.PERSON, Node.PREMISES, Node.ESTABLISHMENT, *RECORDED)},
}
"""The facts of a node that no link leads to yet: known to be none, which is not the same as unknown."""
CARRIED = ("personId", "firstSeen", "caseMembers", "wards", "raised", "lifted")
"""What a node keeps when its dataset states it anew."""

FIND = {
    node: f"""
UNWIND $keys AS key
MATCH (n:{node.label} {{sourceKey: key}})
RETURN collect([key, n.{node.id_property}, n.fingerprint, n.facts])"""
    for node in Node
}
READ = {
    node: f"""
UNWIND $ids AS id
MATCH (n:{node.label} {{{node.id_property}: id}})
RETURN collect(properties(n))"""
    for node in Node
}
CREATE = {node: f"UNWIND $rows AS row CREATE (n:{node.label}) SET n = row" for node in Node}
DELETE = {node: f"UNWIND $ids AS id MATCH (n:{node.label} {{{node.id_property}: id}}) DETACH DELETE n" for node in Node}
SET_FACTS = {
    node: f"""
UNWIND $rows AS row
MATCH (n:{node.label} {{{node.id_property}: row.id}})
SET n.facts = row.facts"""
    for node in Node
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A node as the graph holds it; of a case that was read, what it `shares`."""

    id: str
    fingerprint: str
    facts: str
    shares: Shared | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Restated:
    """What a node holds now, and what it held before: None where it is new."""

    after: Properties
    before: Properties | None


async def found(ask: Ask, kind: Node, keys: Sequence[str]) -> dict[str, Held]:
    """Each node that is stored, by source key."""
    if not keys:
        return {}
    rows = await ask(FIND[kind], {"keys": keys})
    return {key: Held(id=id_, fingerprint=fingerprint, facts=facts) for key, id_, fingerprint, facts in rows}


async def read(ask: Ask, kind: Node, ids: Sequence[str]) -> list[Properties]:
    """Everything that the named nodes hold."""
    if not ids:
        return []
    rows = await ask(READ[kind], {"ids": ids})
    return list(rows)


async def store(
    change: Change, kind: Node, facts: Sequence[StatedNode], known: Mapping[str, Held], shared: Mapping[str, Shared]
) -> tuple[dict[str, Held], list[Restated]]:
    """Store facts of one type that are new or changed; `known` is what the graph holds, by name.

    What a case that nothing changes has `shared` with a new thing, by its name, settles that one's facts at once.

    What is held under the name of a fact that another agency stated before passes to whom states it now.
    Returns each as the graph holds it now, by name, and what it held before.
    """
    ids = {fact.name: known[fact.name].id for fact in facts if fact.name in known}
    old = {row[kind.id_property]: row for row in await read(change.ask, kind, list(ids.values()))}
    restated = []
    for fact in facts:
        before = old.get(ids.get(fact.name, ""))
        id_ = change.stamp.chance(kind.prefix) if before is None else ids[fact.name]
        after = properties(change, fact, id_, before or {})
        if before is None and fact.name in shared:
            after = _settled(change, kind, after, shared[fact.name])
        restated.append(Restated(after=after, before=before))
    if new := [node.after for node in restated if node.before is None]:
        await _create(change, kind, new)
    await replace(change, kind, [node.after for node in restated if node.before is not None])
    change.touch(kind, ids.values())
    change.outgoing.note(kind)
    now = {fact.name: held(kind, node.after) for fact, node in zip(facts, restated, strict=True)}
    change.fresh.update(node.id for node in now.values())
    return now, restated


def held(kind: Node, row: Properties) -> Held:
    """A node with these properties as the graph holds it."""
    return Held(id=row[kind.id_property], fingerprint=row["fingerprint"], facts=row["facts"])


async def replace(change: Change, kind: Node, rows: Sequence[Properties]) -> None:
    """Take nodes out and put new ones in their place, with the same ids and edges.

    A reader may see a node's properties at different moments, so that a class changed in place could be paired with
    the values of another; a new node has only ever had one class.
    """
    if not rows:
        return
    ids = [row[kind.id_property] for row in rows]
    kept = await edges.around(change.ask, kind.label, ids)
    await change.tx.run(DELETE[kind], {"ids": ids})
    await _create(change, kind, rows)
    await edges.put(change.tx, kept)
    change.fresh.update(ids)


async def _create(change: Change, kind: Node, rows: Sequence[Properties]) -> None:
    """Create nodes, each with its sheet."""
    await change.tx.run(CREATE[kind], {"rows": [{**row, "sheet": sheet(kind, row)} for row in rows]})


async def reclassify(change: Change, kind: Node, classes: Mapping[str, str]) -> None:
    """Give nodes, named by id, another class: those that nobody has seen in place, the others by replacement."""
    change.classes.update(classes.values())
    fresh = [{"id": id_, "facts": facts} for id_, facts in classes.items() if id_ in change.fresh]
    if fresh:
        await change.tx.run(SET_FACTS[kind], {"rows": fresh})
    seen = [id_ for id_ in classes if id_ not in change.fresh]
    if seen:
        old = await read(change.ask, kind, seen)
        await replace(change, kind, [{**row, "facts": classes[row[kind.id_property]]} for row in old])


def classified(change: Change, kind: Node, row: Properties) -> Properties:
    """The row with the class of its own marking; a person record's is settled with the person's facts."""
    facts = change.own_class(_claim(kind, row))
    if kind is not Node.PERSON:
        change.classes.add(facts)
    return {**row, "facts": facts}


def _settled(change: Change, kind: Node, row: Properties, shared: Shared) -> Properties:
    """The row with the facts that follow from the case in which it is recorded."""
    facts = _claim(kind, row).under(shared.marked)
    change.classes.add(facts)
    change.settled.add(row[kind.id_property])
    return {**row, "caseMembers": told(shared.participants), "facts": facts}


def _claim(kind: Node, row: Properties) -> Claim:
    return Claim(
        type=kind,
        owner=row["owner"],
        dataset=row["dataset"],
        sensitivity=row["sensitivity"],
        marked=tuple(row["marked"]),
    )


def properties(
    change: Change, stated: StatedNode, id_: str, old: Mapping[str, Any] = MappingProxyType({})
) -> Properties:
    """What a node holds that is stated so, but for its sheet; `old` is what it held before."""
    fact = stated.fact
    source, protections = fact.source, sorted(fact.marking.protections)
    carried = {name: old[name] for name in CARRIED if name in old}
    if "lifted" in carried:  # what is not stated any more is not lifted any more: stated again it holds
        carried["lifted"] = sorted(set(carried["lifted"]).intersection(protections))
    row = {
        "reliability": UNSTATED_RELIABILITY,
        "firstSeen": change.stamp.now,
        **fact.values,
        **UNCONCERNED.get(fact.type, {}),
        **carried,
        fact.type.id_property: id_,
        "sourceKey": stated.key,
        "owner": source.owner,
        "dataset": source.dataset,
        "key": source.key,
        "sensitivity": fact.marking.sensitivity.value,
        "stated": protections,
        "marked": list(effective(protections, carried.get("raised", ()), carried.get("lifted", ()))),
        "lastSeen": change.stamp.now,
        "importRun": change.stamp.run,
        "fingerprint": stated.fingerprint,
    }
    if fact.type is Node.PERSON:  # a person of its own, until judgements say otherwise
        row = {"personId": change.stamp.chance(PERSON_PREFIX), **row, **keys(row)}
    return classified(change, fact.type, row)
