"""Changes that were made but not recorded, as their hub ended in between: the next to take its place records them."""

import asyncio
import logging
from collections.abc import Iterator
from pathlib import Path

from graph.outbox import Made, made_through
from graph.store import Store
from hub.ledger.reading import latest_changes
from hub.ledger.writer import FileLedger
from resolvers.ledger import Alteration, Entry, LedgerUnavailable

UNKNOWN = "-"
"""Stands for what nobody knows any more of who made a change: by which policies, and in which words they asked."""
_log = logging.getLogger(__name__)


async def record_missed(store: Store, ledger: FileLedger, directory: Path) -> None:
    """Record what was made through the chain that a ledger writes on, and is not told by it.

    Nobody else makes anything through it meanwhile. Where the disk is full it stays unrecorded until the next start.
    """
    since, told = await asyncio.to_thread(latest_changes, directory, ledger.number)
    missed = [(at, made) for at, made in await made_through(store, ledger.name, since) if made.change not in told]
    if not missed:
        return
    try:
        for at, made in missed:
            await ledger.record(_entry(at, made))
    except LedgerUnavailable as error:
        _log.error("changes that the hub made before it ended are not recorded: %s", error)
    else:
        _log.warning("changes that the hub made before it ended, and recorded now: %d", len(missed))


def _entry(at: str, made: Made) -> Entry:
    why = "" if made.reason is None else f" {made.reason}"
    return Entry(
        subject=made.author,
        agency=made.agency,
        roles=(),
        purpose=made.purpose,
        policy=UNKNOWN,
        operation=f"{UNKNOWN} made {at}{why}",
        changes=tuple(alterations(made)),
    )


def alterations(made: Made) -> Iterator[Alteration]:
    """What the ledger tells of it: each thing by itself."""
    for subject in made.subject.split(","):
        yield Alteration(
            change=made.change,
            act=made.act,
            type=made.type,
            subject=subject,
            agreements=tuple(made.agreements),
        )
