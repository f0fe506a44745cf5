"""Every fact recomputed, and compared with the one stored."""

from collections.abc import AsyncIterator

from graph.doctor import recompute
from graph.store import Store
from hub.checkup.finding import Finding, ok, wrong

SHOWN = 10
TOLD = frozenset({"class", "link", "node", "record"})
"""Classes of records; what else follows is about one person, and is not shown."""


async def examine_facts(store: Store) -> AsyncIterator[Finding]:
    """Say which facts are not what follows from what is stated; the first few, and how many there are."""
    count = 0
    async for one in recompute(store):
        count += 1
        if count <= SHOWN:
            found = f" is {one.stored}, expected {one.expected}" if one.kind in TOLD else " is not what follows"
            yield wrong("facts", f"{one.kind} of {one.id}{found}")
    if count > SHOWN:
        yield wrong("facts", f"and {count - SHOWN} more")
    if count:
        yield wrong("facts", f"{count} differences decide access wrongly", "restore the graph from a backup")
    else:
        yield ok("facts", "every one is what follows from what is stated")
