"""The ledger of a data folder, opened for whatever tells somebody something, and how operators stand in it."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hub import clock, stamps
from hub.ledger.chain import Writing
from hub.ledger.mirror import GraphMirror
from hub.ledger.opening import open_ledger
from hub.ledger.writer import FileLedger
from hub.missed import UNKNOWN, Missed
from hub.services import Services
from resolvers.ledger import Alteration, Disclosure, Entry

SEAL_NAME, SEAL_SIZE = "ledger-seals", 32


@asynccontextmanager
async def recording(services: Services) -> AsyncIterator[FileLedger]:
    """Record on a chain of its own for as long as the block lasts, also beside others.

    What was made through that chain and is missing there is recorded first, and looked for again a little later. Raises
    LedgerError and GraphUnavailable.
    """
    began = stamps.now()
    sealing = Ed25519PrivateKey.from_private_bytes(services.folder.secret(SEAL_NAME, SEAL_SIZE))
    means = Writing(key=sealing, clock=clock.moment)
    async with open_ledger(services.folder.ledger, means, stamps.nonce, GraphMirror(services.store)) as ledger:
        missed = await Missed.through(ledger, services.store, services.folder.ledger)
        await missed.record()
        late = asyncio.create_task(missed.record_late(began), name="changes committed late")
        try:
            yield ledger
        finally:
            late.cancel()
            await asyncio.wait([late])


def by_operator(
    operator: str, operation: str, disclosures: Iterable[Disclosure], changes: Iterable[Alteration] = ()
) -> Entry:
    """Say what somebody who runs the hub is told and changes: for no agency and purpose, and by no agreement."""
    return Entry(
        subject=operator,
        agency=None,
        roles=(),
        purpose=None,
        policy=UNKNOWN,
        operation=operation,
        disclosures=tuple(disclosures),
        changes=tuple(changes),
    )
