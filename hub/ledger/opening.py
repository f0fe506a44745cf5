"""The ledger as a running hub holds it: chain, writer and mirror together."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from hub.ledger.chain import Writing, take_chain
from hub.ledger.errors import LedgerError
from hub.ledger.mirror import Mirror, Place, Reflection
from hub.ledger.reading import hash_at
from hub.ledger.segments import write_public_key
from hub.ledger.writer import FileLedger, writing


@asynccontextmanager
async def open_ledger(
    directory: Path, means: Writing, receipts: Callable[[], str], mirror: Mirror
) -> AsyncIterator[FileLedger]:
    """Take a free chain in `directory`, continue it and record on it for as long as the block lasts.

    Raises LedgerBusy when no chain is free, and LedgerError when the folder cannot be written.
    """
    try:
        chain = take_chain(directory, means)
    except OSError as error:
        raise LedgerError(f"the ledger {directory} cannot be written: {error.strerror}") from error
    try:
        write_public_key(directory, chain.ledger)
        place = Place(ledger=chain.ledger, chain=chain.number, hash_at=partial(hash_at, directory, chain.number))
        reflection = Reflection(mirror, place)
        async with asyncio.TaskGroup() as tasks:
            reflecting = tasks.create_task(reflection.run(), name="ledger mirror")
            try:
                async with writing(chain, means.clock, receipts, reflection.tell) as ledger:
                    yield ledger
            finally:
                reflecting.cancel()
                await asyncio.wait([reflecting])
                await reflection.settle()
    finally:
        chain.close()
