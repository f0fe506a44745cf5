"""The ledger that the hub records in: entries that wait are written and made durable together."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from queue import Empty, SimpleQueue

from hub.ledger.chain import Chain, Record
from hub.ledger.entries import entry_json
from hub.ledger.lines import Head
from resolvers.ledger import Entry, LedgerUnavailable

BACKLOG = 10_000
GROUP = 1_000

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Waiting:
    record: Record
    durable: asyncio.Future[None] | None


class FileLedger:
    """Implements the port `resolvers.ledger.Ledger` on one chain, whose only writer is a thread; see `writing`.

    Who waits for the disk is told by the thread itself: a task between them would let every answer wait for two more
    rounds of a busy loop.
    """

    def __init__(
        self,
        chain: Chain,
        clock: Callable[[], datetime],
        receipts: Callable[[], str],
        on_head: Callable[[Head], None],
    ) -> None:
        """Tell `on_head` how far the chain came."""
        self._chain = chain
        self._clock = clock
        self._receipts = receipts
        self._on_head = on_head
        self._loop = asyncio.get_running_loop()
        self._waiting: SimpleQueue[_Waiting | None] = SimpleQueue()
        self._kept: list[_Waiting] = []
        self._closing = False
        self.head = chain.head

    @property
    def name(self) -> str:
        """The name of the chain on which this records."""
        return self._chain.name

    @property
    def number(self) -> int:
        """The number of that chain."""
        return self._chain.number

    async def record(self, entry: Entry) -> str:
        """Append an entry and return its receipt; see the port."""
        if self._closing or self._waiting.qsize() + len(self._kept) >= BACKLOG:
            raise LedgerUnavailable("the ledger is closed" if self._closing else "too many entries wait for the disk")
        try:
            text = entry_json(entry)
        except ValueError as error:
            raise LedgerUnavailable(str(error)) from error
        record = Record(time=self._clock(), receipt=self._receipts(), entry=text)
        durable = self._loop.create_future() if entry.personal else None
        self._waiting.put(_Waiting(record=record, durable=durable))
        if durable is not None:
            await durable
        return record.receipt

    def close(self) -> None:
        """Take no more entries; `write` then ends."""
        self._closing = True
        self._waiting.put(None)

    def write(self) -> None:
        """Write what waits until `close` was called and nothing waits any more; blocks, and so has a thread."""
        is_last = False
        while not is_last:
            group, is_last = self._next()
            if not group:
                continue
            try:
                self._chain.append([one.record for one in group])
            except Exception as error:  # noqa: BLE001 - whatever fails here must withhold the answers
                self._kept = [one for one in group if one.durable is None]
                self._loop.call_soon_threadsafe(self._refuse, group, error)
            else:
                self._kept = []
                self._loop.call_soon_threadsafe(self._release, group, self._chain.head)
        if self._kept:
            _log.error("%d ledger entries without personal data could not be written", len(self._kept))

    def _next(self) -> tuple[list[_Waiting], bool]:
        """Wait for an entry, and take what waits with it and what was kept; whether it is the last group."""
        group = list(self._kept)
        one = self._waiting.get()
        while one is not None:
            group.append(one)
            if len(group) >= GROUP:
                return group, False
            try:
                one = self._waiting.get_nowait()
            except Empty:
                return group, False
        return group, True

    def _release(self, group: Sequence[_Waiting], head: Head) -> None:
        self.head = head
        for one in group:
            if one.durable is not None and not one.durable.done():
                one.durable.set_result(None)
        self._on_head(head)

    def _refuse(self, group: Sequence[_Waiting], error: Exception) -> None:
        _log.error("the ledger cannot be written, answers are withheld: %s", error)
        for one in group:
            if one.durable is not None and not one.durable.done():
                one.durable.set_exception(LedgerUnavailable(f"the ledger cannot be written: {error}"))


@asynccontextmanager
async def writing(
    chain: Chain,
    clock: Callable[[], datetime],
    receipts: Callable[[], str],
    on_head: Callable[[Head], None],
) -> AsyncIterator[FileLedger]:
    """Record on a chain for as long as the block lasts; everything taken is written before it ends."""
    ledger = FileLedger(chain, clock, receipts, on_head)
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="ledger") as disk:
        done = asyncio.get_running_loop().run_in_executor(disk, ledger.write)
        try:
            yield ledger
        finally:
            ledger.close()
            await done
