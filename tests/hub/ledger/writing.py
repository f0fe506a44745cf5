"""Ledgers for the tests: fixed key, a clock that ticks, receipts that count."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hub.ledger.chain import SEGMENT_BYTES, Record, Writing, take_chain
from hub.ledger.entries import entry_json
from hub.ledger.lines import Head
from hub.ledger.opening import open_ledger
from hub.ledger.verification import Heads, Report, verify
from hub.ledger.writer import FileLedger
from resolvers.ledger import Disclosure, Entry

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def told(*records: str, personal: bool = True) -> Entry:
    """An answer about these records."""
    disclosure = Disclosure(
        type="Person",
        facts="Person/council/asb-people/OFFICIAL/-/-",
        records=records,
        fields={"familyName": "full", "dateOfBirth": "year"},
        agreements=("asb-panel@7",),
        personal=personal,
    )
    return Entry(
        subject="housing-officer",
        agency="housing",
        roles=("housing_officer",),
        purpose="ASB_PREVENTION",
        policy="p1",
        operation="Family",
        compared=("Person.familyName",),
        disclosures=(disclosure,),
    )


REFUSED = Entry(subject=None, agency=None, roles=(), purpose=None, policy="p1", operation="", refusal="UNAUTHENTICATED")


def ticking() -> Callable[[], datetime]:
    """A clock that is a second later each time it is read."""
    seconds = itertools.count()
    return lambda: NOON + timedelta(seconds=next(seconds))


def counting() -> Callable[[], str]:
    """Receipts r0, r1, ..."""
    numbers = itertools.count()
    return lambda: f"r{next(numbers)}"


def means(segment_bytes: int = SEGMENT_BYTES) -> Writing:
    return Writing(key=KEY, clock=ticking(), segment_bytes=segment_bytes)


def write(directory: Path, entries: Iterable[Entry], segment_bytes: int = SEGMENT_BYTES) -> Head:
    """Write entries one by one on the first free chain, and say where it then stands."""
    with_means = means(segment_bytes)
    chain = take_chain(directory, with_means)
    for number, entry in enumerate(entries):
        if chain.is_full:
            chain.open_segment()
        group = chain.write([Record(time=with_means.clock(), receipt=f"r{number}", entry=entry_json(entry))])
        chain.keep(group)
    chain.close()
    return chain.head


def checked(directory: Path, mirrored: Heads | None = None) -> Report:
    return verify(directory, KEY.public_key(), mirrored)


class Notes:
    """A mirror that remembers what it was told, and fails the first times."""

    def __init__(self, failing: int = 0, before: Head | None = None) -> None:
        self.heads: list[Head] = [before] if before else []
        self.noted = asyncio.Event()
        self._failing = failing

    async def note(self, ledger: str, chain: int, head: Head) -> None:
        del ledger, chain
        self.heads.append(head)
        self.noted.set()

    async def remembered(self, ledger: str) -> Heads:
        del ledger
        if self._failing:
            self._failing -= 1
            raise OSError("the graph is away")
        return {0: self.heads[-1]} if self.heads else {}


@asynccontextmanager
async def opened(
    directory: Path, mirror: Notes | None = None, segment_bytes: int = SEGMENT_BYTES
) -> AsyncIterator[FileLedger]:
    """A ledger as a running hub holds it."""
    async with open_ledger(directory, means(segment_bytes), counting(), mirror or Notes()) as ledger:
        yield ledger
