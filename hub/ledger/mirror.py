"""The graph's copy of how far each chain has come, by which a shortened open segment is told from a crash."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from graph.mirror import MirroredHead, read_heads, write_head
from graph.store import Store
from hub.ledger.lines import Head

EVERY_SECONDS = 1.0
PATIENCE_SECONDS = 5.0

_log = logging.getLogger(__name__)


class Mirror(Protocol):
    """Somewhere else to note where the chains of a ledger stand; a ledger is named by its public key."""

    async def note(self, ledger: str, chain: int, head: Head) -> None:
        """Note that a chain has durably come to `head`."""
        ...

    async def remembered(self, ledger: str) -> Mapping[int, Head]:
        """Where the chains stood when they were noted last."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Which chain of which ledger is mirrored; `hash_at` reads the hash of one of its lines from the disk."""

    ledger: str
    chain: int
    hash_at: Callable[[int], str | None]


class Reflection:
    """Keeps a mirror up to date at most once a second; nobody waits for it, and its failures harm nobody.

    What the mirror remembers from before must still stand in the chain. Where it does not, the chain was cut or
    rewritten while no hub looked, and the mirror is left as it is: it is the evidence.
    """

    def __init__(self, mirror: Mirror, place: Place) -> None:
        self._mirror = mirror
        self._place = place
        self._latest: Head | None = None
        self._noted: Head | None = None
        self._moved = asyncio.Event()
        self._agreed = False

    def tell(self, head: Head) -> None:
        """Say that the chain has come to `head`."""
        self._latest = head
        self._moved.set()

    async def run(self) -> None:
        """Note the latest head whenever there is a new one, until cancelled or contradicted."""
        while True:
            await self._moved.wait()
            self._moved.clear()
            if not await self._try():
                return
            await asyncio.sleep(EVERY_SECONDS)

    async def settle(self) -> None:
        """Note where the chain ends; one try, for a process that records once and is gone."""
        if self._latest != self._noted:
            await self._try()

    async def _try(self) -> bool:
        """Note the latest head, or have it tried again; false where the mirror contradicts."""
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                if not await self._still_agrees():
                    return False
                await self._note()
        except Exception as error:  # noqa: BLE001 - a graph that is away must not stop the ledger; it is tried again
            _log.warning("the ledger's mirror was not written: %s", error or type(error).__name__)
            self._moved.set()
        return True

    async def _note(self) -> None:
        latest = self._latest
        if latest is not None:
            await self._mirror.note(self._place.ledger, self._place.chain, latest)
            self._noted = latest

    async def _still_agrees(self) -> bool:
        if not self._agreed:
            place = self._place
            before = (await self._mirror.remembered(place.ledger)).get(place.chain)
            if before is not None and await asyncio.to_thread(place.hash_at, before.sequence) != before.hash:
                _log.error(
                    "the ledger was tampered with: chain %d had come to line %d, which is not there as it was; "
                    "see `hub ledger verify --mirror`",
                    place.chain,
                    before.sequence,
                )
                return False
            self._agreed = True
        return True


@dataclass(frozen=True, slots=True)
class GraphMirror:
    """Mirrors into the graph; raises GraphUnavailable."""

    store: Store

    async def note(self, ledger: str, chain: int, head: Head) -> None:
        await write_head(self.store, MirroredHead(ledger=ledger, chain=chain, sequence=head.sequence, hash=head.hash))

    async def remembered(self, ledger: str) -> Mapping[int, Head]:
        heads = await read_heads(self.store, ledger)
        return {head.chain: Head(sequence=head.sequence, hash=head.hash) for head in heads}
