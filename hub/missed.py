"""Changes that were made but not recorded, as their hub ended in between: the next to take its place records them."""

import asyncio
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from graph.errors import GraphError
from graph.outbox import Made, made_through
from graph.store import Store
from hub.ledger.reading import latest_changes
from hub.ledger.writer import FileLedger
from resolvers.ledger import Alteration, Entry, LedgerUnavailable

LATE = 30.0
"""Seconds that the engine may take to commit what it had been asked before the hub ended, with room to spare."""
UNKNOWN = "-"
"""Stands for what nobody knows any more of who made a change: by which policies, and in which words they asked."""
_log = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
class Missed:
    """What was made through the chain that a ledger writes on before this process took it, and is not told by it.

    `told` names the changes that it tells of, of those that were made `since` a moment. Nobody else makes anything
    through it meanwhile. Where the disk is full it stays unrecorded until the next start.
    """

    store: Store
    ledger: FileLedger
    since: str
    told: set[str]

    @classmethod
    async def through(cls, ledger: FileLedger, store: Store, directory: Path) -> "Missed":
        """Look what the chain tells of, while nothing is recorded on it yet."""
        since, told = await asyncio.to_thread(latest_changes, directory, ledger.number)
        return cls(store=store, ledger=ledger, since=since, told=set(told))

    async def record(self, before: str | None = None) -> None:
        """Record what is missing, but what was made since a moment (RFC 3339), if one is given."""
        made = await made_through(self.store, self.ledger.name, self.since)
        missed = [(at, one) for at, one in made if one.change not in self.told and (before is None or at < before)]
        try:
            for at, one in missed:
                await self.ledger.record(_entry(at, one))
                self.told.add(one.change)
        except LedgerUnavailable as error:
            _log.error("changes that the hub made before it ended are not recorded: %s", error)
        else:
            if missed:
                _log.warning("changes that the hub made before it ended, and recorded now: %d", len(missed))

    async def record_late(self, before: str) -> None:
        """Record what the engine still committed for the process that ended, when its place was taken already."""
        await asyncio.sleep(LATE)
        try:
            await self.record(before)
        except GraphError as error:
            _log.warning("what was made before the hub ended is looked for again at the next start: %s", error)
        except Exception:  # noqa: BLE001 - nobody waits for this, and the hub goes on answering
            _log.exception("what was made before the hub ended is looked for again at the next start")


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
