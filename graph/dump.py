"""The whole graph, node by node and link by link, in words that any engine takes back."""

from collections.abc import AsyncIterator, Mapping
from typing import Any

from graph.edges import IDS, RUNS
from graph.errors import GraphError
from graph.model import NODES
from graph.store import Store

HEAD = "LedgerHead"
OURS = ("Migration", "Turn")
"""What every migrated graph has: how far it is migrated and whose turn it is, not what it holds."""
LABELS = (*sorted({node.__label__ for node in NODES}.difference(OURS, {"FactClass"})), "FactClass", HEAD)
"""Classes after whatever has one: who begins an import takes no turn."""
RUNS_IN_ORDER = tuple(sorted(RUNS))
NODES_OF = {label: f"MATCH (n:{label}) RETURN properties(n)" for label in LABELS}
LINKS_OF = {
    run: f"MATCH (a:{run[0]})-[e:{run[1]}]->(b:{run[2]}) RETURN a.{IDS[run[0]]}, b.{IDS[run[2]]}, properties(e)"
    for run in RUNS_IN_ORDER
}
LABELS_HELD = "MATCH (n) RETURN collect(DISTINCT labels(n))"
RUNS_HELD = """
MATCH (a)-[e]->(b) WITH DISTINCT head(labels(a)) AS start, type(e) AS type, head(labels(b)) AS end
RETURN collect([start, type, end])"""
Row = Mapping[str, Any]


async def refuse_strangers(store: Store) -> None:
    """Raise GraphError for a graph that holds what no version of this program wrote: it would be left out."""
    known = {(label,) for label in (*LABELS, *OURS)}
    if strange := sorted({tuple(labels) for labels in await store.read(LABELS_HELD)} - known):
        raise GraphError(f"the graph holds nodes that this program does not know: {', '.join(map(':'.join, strange))}")
    if strange := sorted({tuple(run) for run in await store.read(RUNS_HELD)} - RUNS):
        raise GraphError(f"the graph holds links that this program does not know: {', '.join(map('-'.join, strange))}")


async def nodes(store: Store, label: str) -> AsyncIterator[Row]:
    """The properties of each node of a label."""
    async for (properties,) in store.stream(NODES_OF[label]):
        yield properties


async def links(store: Store, run: tuple[str, str, str]) -> AsyncIterator[Row]:
    """Each relationship of a run, by the ids of its ends."""
    async for start, end, properties in store.stream(LINKS_OF[run]):
        yield {"start": start, "end": end, "properties": properties}
