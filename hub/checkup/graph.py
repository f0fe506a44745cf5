"""The graph: reachable, of a version that fits, migrated, and keeping what it must."""

import re
from collections.abc import AsyncIterator

from graph import undelivered
from graph.classes import known_classes
from graph.errors import GraphError, GraphOutdated
from graph.migrations import missing_constraints, pending
from graph.store import Store
from hub.checkup.finding import Finding, note, ok, wrong
from hub.services import Services

PING = "RETURN 1"
MANY_CLASSES = 300
"""From here on the sets of classes in each query's parameters begin to cost."""
OLDEST_NEO4J = (5, 26)


async def examine_graph(services: Services) -> AsyncIterator[Finding]:
    """Say how the graph is; changes nothing."""
    yield _version(await services.store.engine(), services)
    yield await examine_engine(services.store)
    yield await examine_migrations(services.store)
    count = len(await known_classes(services.store.read))
    if count > MANY_CLASSES:
        yield note("graph", f"{count} fact classes, more than {MANY_CLASSES}", "merge datasets that are marked alike")
    else:
        yield ok("graph", f"{count} fact classes")
    async for finding in examine_alerts(services.store):
        yield finding


async def examine_alerts(store: Store) -> AsyncIterator[Finding]:
    """Say how many alerts wait for somebody who can be told: only how many, as of each more would tell of a child."""
    waiting = await undelivered.count(store.read)
    if waiting.without_anybody:
        remedy = (
            "name another agency in the rule's chain, or another contact: they are looked at again with the next start"
        )
        yield wrong("alerts", f"{waiting.without_anybody} could be told to nobody", remedy)
    if waiting.kept_back:
        yield note("alerts", f"{waiting.kept_back} are kept back by protections from all who would be told")
    if waiting == undelivered.Count(without_anybody=0, kept_back=0):
        yield ok("alerts", "none that nobody could be told")


async def examine_engine(store: Store) -> Finding:
    """Say whether the engine answers."""
    try:
        await store.read(PING)
    except GraphError as error:
        return wrong("graph", str(error))
    return ok("graph", "answers")


async def examine_migrations(store: Store) -> Finding:
    """Say whether the graph is as this program expects; raises GraphUnavailable."""
    try:
        outstanding = await pending(store)
    except GraphOutdated as error:
        return wrong("graph", str(error), "use the newer hub")
    if outstanding:
        return note("graph", f"not migrated yet: {', '.join(outstanding)}", "`hub serve` does it")
    if missing := await missing_constraints(store):
        return wrong("graph", f"does not keep unique: {', '.join(sorted(missing))}", "restore it from a backup")
    return ok("graph", "migrated, and keeps unique what must be")


def _version(agent: str, services: Services) -> Finding:
    if services.engine is not None:
        embedded = re.search(r"\((ArcadeDB [^)]+)\)", agent)
        name = embedded.group(1) if embedded else agent
        return ok("graph", f"{name}, embedded, at {services.engine.connection().url}")
    found = re.match(r"Neo4j/(\d+)\.(\d+)", agent)
    if found and tuple(map(int, found.groups())) < OLDEST_NEO4J:
        return wrong("graph", f"{agent} is too old", "use Neo4j 5.26 or later")
    return ok("graph", f"{agent} answers")
