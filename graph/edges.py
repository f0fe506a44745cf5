"""Statements for each type of relationship and each pair of labels that it joins."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.change import Ask
from graph.store import Transaction
from graph.vocabulary import ENDS, Former, Link, Node

IDS: Mapping[str, str] = {
    **{node.label: node.id_property for node in Node},
    "Person": "personId",
}
"""The property by which a node of each label is found; that of a person is the last, since records hold it too."""

RUNS: frozenset[tuple[str, str, str]] = frozenset(
    {
        ("PersonRecord", "ABOUT", "Person"),
        ("Person", "SUCCEEDED_BY", "Person"),
        *(
            (start.label, link.value, end.label)
            for link, (starts, ends) in (*ENDS.items(), *((former, ENDS[former.link]) for former in Former))
            for start in starts
            for end in ends
        ),
    }
)
"""Every relationship that there is: from which label, of which type, to which label."""


EVER: Mapping[str, str] = {
    link.value: f"{link}|{Former[link.name]}" if link.name in Former.__members__ else link.value for link in Link
}
"""How a pattern names links of each type, those that somebody ended among them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A relationship by the ids of its ends."""

    run: tuple[str, str, str]
    start: str
    end: str
    properties: Mapping[str, Any]


def _put(run: tuple[str, str, str]) -> str:
    start, type_, end = run
    return f"""
UNWIND $rows AS row
MATCH (a:{start} {{{IDS[start]}: row.start}})
MATCH (b:{end} {{{IDS[end]}: row.end}})
CREATE (a)-[e:{type_}]->(b) SET e = row.properties"""


def _drop(run: tuple[str, str, str]) -> str:
    start, type_, end = run
    return f"""
UNWIND $rows AS row
MATCH (a:{start} {{{IDS[start]}: row.start}})-[e:{type_}]->(b:{end} {{{IDS[end]}: row.end}})
DELETE e"""


def _drop_link(run: tuple[str, str, str]) -> str:
    start, type_, end = run
    return f"""
UNWIND $rows AS row
MATCH (a:{start} {{{IDS[start]}: row.start}})-[e:{type_}]->(b:{end})
WHERE e.linkId = row.link
DELETE e"""


def _taken(label: str) -> str:
    return f"""
UNWIND $ids AS id
MATCH (n:{label} {{{IDS[label]}: id}})-[e]->(x)
RETURN collect([id, type(e), head(labels(x)), {_ID_OF_X}, properties(e)])"""


def _taken_in(label: str) -> str:
    return f"""
UNWIND $ids AS id
MATCH (n:{label} {{{IDS[label]}: id}})<-[e]-(x)
RETURN collect([id, type(e), head(labels(x)), {_ID_OF_X}, properties(e)])"""


_ID_OF_X = f"coalesce({', '.join(f'x.{name}' for name in dict.fromkeys(IDS.values()))})"
PUT = {run: _put(run) for run in RUNS}
DROP = {run: _drop(run) for run in RUNS}
DROP_LINK = {run: _drop_link(run) for run in RUNS}
OUTGOING = {label: _taken(label) for label in IDS}
INCOMING = {label: _taken_in(label) for label in IDS}


async def around(ask: Ask, label: str, ids: Sequence[str]) -> list[Edge]:
    """Every edge of the named nodes, each once."""
    outgoing, incoming = await ask(OUTGOING[label], {"ids": ids}), await ask(INCOMING[label], {"ids": ids})
    named = set(ids)
    leaving = [
        Edge(run=(label, type_, other), start=id_, end=other_id, properties=properties)
        for id_, type_, other, other_id, properties in outgoing
    ]
    arriving = [
        Edge(run=(other, type_, label), start=other_id, end=id_, properties=properties)
        for id_, type_, other, other_id, properties in incoming
        if other_id not in named
    ]
    return leaving + arriving


async def put(tx: Transaction, edges: Iterable[Edge]) -> None:
    """Create the edges."""
    for run, rows in _grouped(edges).items():
        await tx.run(PUT[run], {"rows": rows})


async def drop(tx: Transaction, edges: Iterable[Edge]) -> None:
    """Delete the edges that run between these ends."""
    for run, rows in _grouped(edges).items():
        await tx.run(DROP[run], {"rows": [{"start": row["start"], "end": row["end"]} for row in rows]})


async def drop_links(tx: Transaction, links: Iterable[tuple[tuple[str, str, str], str, str]]) -> None:
    """Delete stated links, each given as (run, id of its start, link id)."""
    grouped = defaultdict(list)
    for run, start, link in links:
        grouped[run].append({"start": start, "link": link})
    for run, rows in grouped.items():
        await tx.run(DROP_LINK[run], {"rows": rows})


def _grouped(edges: Iterable[Edge]) -> dict[tuple[str, str, str], list[dict[str, Any]]]:
    grouped = defaultdict(list)
    for edge in edges:
        grouped[edge.run].append({"start": edge.start, "end": edge.end, "properties": dict(edge.properties)})
    return dict(grouped)
