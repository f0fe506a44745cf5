"""An empty graph filled with what another one held; nobody uses it before it is whole."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from graph import chains
from graph.change import Stamp
from graph.dump import LABELS, OURS, Row
from graph.edges import PUT, RUNS
from graph.errors import GraphError
from graph.migrations import APPLIED, RECORD, RESTORING, steps, take
from graph.store import Store, Transaction

PAGE = 5_000
HELD = f"MATCH (n) WHERE NOT n:{' AND NOT n:'.join(OURS)} RETURN count(n)"
WIPE = f"""
MATCH (n) WHERE NOT n:{" AND NOT n:".join(OURS)}
WITH n LIMIT $page DETACH DELETE n RETURN count(*)"""
CREATE = {label: f"UNWIND $rows AS row CREATE (n:{label}) SET n = row" for label in LABELS}
COUNT = {label: f"MATCH (n:{label}) RETURN count(n)" for label in LABELS}
COUNT_LINKS = {run: f"MATCH (:{run[0]})-[e:{run[1]}]->(:{run[2]}) RETURN count(e)" for run in RUNS}
FORGET = "MATCH (m:Migration) WHERE m.name IN $names DELETE m"


async def begin(store: Store, stamp: Stamp) -> None:
    """Claim an empty graph, or one whose restoration was broken off, and make it empty and migrated.

    Raises GraphError for a graph that holds anything.
    """

    async def claim(tx: Transaction) -> int:
        ((applied,),) = await tx.run(APPLIED)
        ((held,),) = await tx.run(HELD)
        if not held:
            await tx.run(chains.numbering())  # before anything else makes keys
            await tx.run(RECORD, {"name": RESTORING, "now": stamp.now})
        return 0 if RESTORING in applied else int(held)

    if count := await store.write(claim):
        raise GraphError(f"the graph is not empty, it holds {count:,} nodes; restore into an empty one")
    while await _run(store, WIPE, {"page": PAGE}):
        pass
    for step in steps():
        await take(store, step, stamp)


async def put_nodes(store: Store, label: str, rows: Sequence[Row]) -> None:
    """Create nodes with these properties."""
    await store.write(lambda tx: tx.run(CREATE[label], {"rows": rows}))


async def put_links(store: Store, run: tuple[str, str, str], rows: Sequence[Row]) -> None:
    """Create relationships as `graph.dump.links` gives them."""
    await store.write(lambda tx: tx.run(PUT[run], {"rows": rows}))


async def count(store: Store) -> dict[str, dict[str, int]]:
    """How many nodes and links there are: by label, and by `PersonRecord-ABOUT-Person`."""
    nodes = {label: int(await store.read(statement)) for label, statement in COUNT.items()}
    links = {"-".join(run): int(await store.read(statement)) for run, statement in COUNT_LINKS.items()}
    return {"nodes": _some(nodes), "links": _some(links)}


async def finish(store: Store, taken: Collection[str]) -> None:
    """Let the graph be used, as one that took these steps: later ones are then taken with what it holds."""
    later = [step.name for step in steps() if step.name not in taken]
    await store.write(lambda tx: tx.run(FORGET, {"names": [*later, RESTORING]}))


def _some(counts: Mapping[str, int]) -> dict[str, int]:
    return {name: number for name, number in counts.items() if number}


async def _run(store: Store, statement: str, parameters: dict[str, Any]) -> int:
    rows = await store.write(lambda tx: tx.run(statement, parameters))
    return int(rows[0][0])
