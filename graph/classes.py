"""The fact classes that the graph holds."""

from graph.change import Ask
from graph.store import Transaction

KNOWN = "MATCH (c:FactClass) RETURN collect(c.name)"
REMEMBER = "UNWIND $rows AS name MERGE (:FactClass {name: name})"


async def known_classes(ask: Ask) -> frozenset[str]:
    """Every class that some record or link has, or had."""
    return frozenset(await ask(KNOWN, {}))


async def remember(tx: Transaction, names: set[str]) -> None:
    """Make nodes of classes in the transaction that gives them to records, so that no record has an unknown one."""
    if names:
        await tx.run(REMEMBER, {"rows": sorted(names)})
