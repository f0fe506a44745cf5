"""Graphs that were stored while the agencies of cases were lists: those of a person on the person alone."""

from graph.change import Change, Stamp, commit
from graph.consequences import SET_MEMBERS
from graph.memberships import told
from graph.store import Store
from graph.vocabulary import Node

PAGE = 1_000
IDS_AFTER = {
    node: f"""
MATCH (n:{node.label}) WHERE n.{node.id_property} > $after
WITH n.{node.id_property} AS id ORDER BY id LIMIT {PAGE}
RETURN collect(id)"""
    for node in SET_MEMBERS
}
LISTED = {
    node: f"""
UNWIND $ids AS id
MATCH (n:{node.label} {{{node.id_property}: id}}) WHERE n.caseAgencies IS NOT NULL
RETURN collect([id, n.caseAgencies])"""
    for node in SET_MEMBERS
    if node is not Node.PERSON
} | {
    Node.PERSON: """
UNWIND $ids AS id
MATCH (:PersonRecord {recordId: id})-[:ABOUT]->(p:Person) WHERE p.caseAgencies IS NOT NULL
RETURN collect([id, p.caseAgencies])"""
}
FORGET = {
    node: f"UNWIND $ids AS id MATCH (n:{node.label} {{{node.id_property}: id}}) REMOVE n.caseAgencies"
    for node in SET_MEMBERS
    if node is not Node.PERSON
}
"""A person keeps its list."""


async def fill(store: Store, stamp: Stamp) -> None:
    """Write as texts what is known, a page at a time, each in a turn: two hubs may start together.

    What was written before is written again, as an older hub may have gone on where this was broken off.
    """
    for kind in SET_MEMBERS:
        after = ""
        while ids := await store.read(IDS_AFTER[kind], {"after": after}):

            async def work(change: Change, kind: Node = kind, ids: list[str] = ids) -> None:
                await change.take_turn()
                await _fill(change, kind, ids)

            await commit(store, stamp, work)
            after = ids[-1]


async def _fill(change: Change, kind: Node, ids: list[str]) -> None:
    rows = [{"id": id_, "members": told(agencies)} for id_, agencies in await change.ask(LISTED[kind], {"ids": ids})]
    await change.tx.run(SET_MEMBERS[kind], {"rows": rows})
    if kind in FORGET:
        await change.tx.run(FORGET[kind], {"ids": ids})
