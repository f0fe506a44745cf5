"""The graph's copy of how far each chain has come, by which a shortened open segment is told from a crash."""

import asyncio
import logging
from collections.abc import Mapping
from typing import Protocol

from graph.mirror import MirroredHead, read_heads, write_head
from graph.store import Store
from hub.ledger.lines import Head

EVERY_SECONDS = 1.0
PATIENCE_SECONDS = 5.0

_log = logging.getLogger(__name__)


class Mirror(Protocol):
    """Somewhere else to note where a chain stands."""

    async def __call__(self, ledger: str, chain: int, head: Head) -> None:
        """Note that chain `chain` of the ledger with this public key has durably come to `head`."""
        ...


class Reflection:
    """Keeps a mirror up to date at most once a second; nobody waits for it, and its failures harm nobody."""

    def __init__(self, mirror: Mirror, ledger: str, chain: int) -> None:
        self._mirror = mirror
        self._ledger = ledger
        self._chain = chain
        self._latest: Head | None = None
        self._moved = asyncio.Event()

    def tell(self, head: Head) -> None:
        """Say that the chain has come to `head`."""
        self._latest = head
        self._moved.set()

    async def run(self) -> None:
        """Note the latest head whenever there is a new one, until cancelled."""
        while True:
            await self._moved.wait()
            self._moved.clear()
            if self._latest is not None:
                await self._note(self._latest)
            await asyncio.sleep(EVERY_SECONDS)

    async def _note(self, head: Head) -> None:
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await self._mirror(self._ledger, self._chain, head)
        except Exception as error:  # noqa: BLE001 - a graph that is away must not stop the ledger; the next head tries again
            _log.warning("the ledger's mirror was not written: %s", error)
            self._moved.set()


def graph_mirror(store: Store) -> Mirror:
    """Mirror into the graph."""

    async def note(ledger: str, chain: int, head: Head) -> None:
        await write_head(store, MirroredHead(ledger=ledger, chain=chain, sequence=head.sequence, hash=head.hash))

    return note


async def mirrored(store: Store, ledger: str) -> Mapping[int, Head]:
    """Where the chains of a ledger stood when the graph last heard of them; raises GraphUnavailable."""
    return {head.chain: Head(sequence=head.sequence, hash=head.hash) for head in await read_heads(store, ledger)}
