"""Stated nodes: created when they are new, replaced when anything that they state or their class changes."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from graph import edges
from graph.change import Ask, Change
from graph.facts import Claim, effective
from graph.records import Marking, NodeFact
from graph.vocabulary import Node

Properties = dict[str, Any]
UNSTATED_RELIABILITY = 3
UNCONCERNED: Mapping[Node, Properties] = {
    Node.CASE: {"wards": []},
    Node.PREMISES: {"caseAgencies": []},
    Node.ESTABLISHMENT: {"caseAgencies": []},
}
"""The facts of a node that no link leads to yet: known to be none, which is not the same as unknown."""
CARRIED = ("firstSeen", "caseAgencies", "wards", "raised", "lifted")
"""What a node keeps when its dataset states it anew."""

FIND = {
    node: f"""
UNWIND $keys AS key
MATCH (n:{node.label} {{sourceKey: key}})
RETURN collect([key, n.{node.id_property}, n.fingerprint])"""
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


def fingerprint(content: object) -> str:
    """A digest of what is stated, which tells whether it is the same as before."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def stated(marking: Marking, values: Mapping[str, Any], *more: str) -> str:
    """The fingerprint of a fact: its values, its marking, and for a link its ends."""
    return fingerprint([dict(values), marking.sensitivity, sorted(marking.protections), *more])


async def found(ask: Ask, kind: Node, keys: Sequence[str]) -> dict[str, tuple[str, str]]:
    """The id and fingerprint of each stored node, by source key."""
    if not keys:
        return {}
    rows = await ask(FIND[kind], {"keys": keys})
    return {key: (id_, print_) for key, id_, print_ in rows}


async def read(ask: Ask, kind: Node, ids: Sequence[str]) -> list[Properties]:
    """Everything that the named nodes hold."""
    rows = await ask(READ[kind], {"ids": ids})
    return list(rows)


async def store(change: Change, kind: Node, facts: Mapping[str, NodeFact]) -> tuple[dict[str, str], set[str]]:
    """Store facts of one type, given by source key; returns the id of each, and the keys of those that changed."""
    known = await found(change.ask, kind, list(facts))
    new = [key for key in facts if key not in known]
    changed = [key for key in facts if key in known and known[key][1] != stated(facts[key].marking, facts[key].values)]
    ids = {key: known[key][0] if key in known else change.stamp.chance(kind.prefix) for key in facts}
    if new:
        await change.tx.run(CREATE[kind], {"rows": [_properties(change, facts[key], ids[key], {}) for key in new]})
    if changed:
        old = {row["sourceKey"]: row for row in await read(change.ask, kind, [ids[key] for key in changed])}
        await replace(change, kind, [_properties(change, facts[key], ids[key], old[key]) for key in changed])
        change.touch(kind, {ids[key] for key in changed})
    change.fresh.update(ids[key] for key in (*new, *changed))
    return ids, {*new, *changed}


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
    await change.tx.run(CREATE[kind], {"rows": rows})
    await edges.put(change.tx, kept)
    change.fresh.update(ids)


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
    facts = Claim(
        type=kind,
        owner=row["owner"],
        dataset=row["dataset"],
        sensitivity=row["sensitivity"],
        marked=tuple(row["marked"]),
    ).under(())
    if kind is not Node.PERSON:
        change.classes.add(facts)
    return {**row, "facts": facts}


def _properties(change: Change, fact: NodeFact, id_: str, old: Properties) -> Properties:
    source, protections = fact.source, sorted(fact.marking.protections)
    carried = {name: old[name] for name in CARRIED if name in old}
    row = {
        "reliability": UNSTATED_RELIABILITY,
        "firstSeen": change.stamp.now,
        **fact.values,
        **UNCONCERNED.get(fact.type, {}),
        **carried,
        fact.type.id_property: id_,
        "sourceKey": str(source),
        "owner": source.owner,
        "dataset": source.dataset,
        "key": source.key,
        "sensitivity": fact.marking.sensitivity.value,
        "stated": protections,
        "marked": list(effective(protections, carried.get("raised", ()), carried.get("lifted", ()))),
        "lastSeen": change.stamp.now,
        "importRun": change.stamp.run,
        "fingerprint": stated(fact.marking, fact.values),
    }
    return classified(change, fact.type, row)
