"""The ledger that the hub records in: entries that wait are written and made durable together."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

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
    """Implements the port `resolvers.ledger.Ledger` on one chain; make one with `writing`."""

    def __init__(self, chain: Chain, clock: Callable[[], datetime], receipts: Callable[[], str]) -> None:
        self._chain = chain
        self._clock = clock
        self._receipts = receipts
        self._waiting: list[_Waiting] = []
        self._something = asyncio.Event()
        self._closing = False
        self.head = chain.head

    async def record(self, entry: Entry) -> str:
        """Append an entry and return its receipt; see the port."""
        self._something.set()
        if self._closing or len(self._waiting) >= BACKLOG:
            raise LedgerUnavailable("the ledger is closed" if self._closing else "too many entries wait for the disk")
        try:
            text = entry_json(entry)
        except ValueError as error:
            raise LedgerUnavailable(str(error)) from error
        record = Record(time=self._clock(), receipt=self._receipts(), entry=text)
        durable = asyncio.get_running_loop().create_future() if entry.personal else None
        self._waiting.append(_Waiting(record=record, durable=durable))
        if durable is not None:
            await durable
        return record.receipt

    async def run(self, on_head: Callable[[Head], None]) -> None:
        """Write what waits until `close` was called and nothing waits any more; tell `on_head` how far it came."""
        with ThreadPoolExecutor(max_workers=1, thread_name_prefix="ledger") as disk:
            closing = False
            while not closing:
                await self._something.wait()
                self._something.clear()
                closing = self._closing
                await self._drain(disk, on_head)
        if self._waiting:
            _log.error("%d ledger entries without personal data could not be written", len(self._waiting))

    async def _drain(self, disk: Executor, on_head: Callable[[Head], None]) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            group, self._waiting = self._waiting[:GROUP], self._waiting[GROUP:]
            try:
                await loop.run_in_executor(disk, self._chain.append, [one.record for one in group])
            except Exception as error:  # noqa: BLE001 - whatever fails here must withhold the answers
                self._refuse([*group, *self._waiting], error)
                return
            self._release(group)
            on_head(self.head)

    def close(self) -> None:
        """Take no more entries; `run` then ends."""
        self._closing = True
        self._something.set()

    def _release(self, group: Sequence[_Waiting]) -> None:
        self.head = self._chain.head
        for one in group:
            if one.durable is not None and not one.durable.done():
                one.durable.set_result(None)

    def _refuse(self, group: Sequence[_Waiting], error: Exception) -> None:
        _log.error("the ledger cannot be written, answers are withheld: %s", error)
        for one in group:
            if one.durable is not None and not one.durable.done():
                one.durable.set_exception(LedgerUnavailable(f"the ledger cannot be written: {error}"))
        self._waiting = [one for one in group if one.durable is None]


@asynccontextmanager
async def writing(
    chain: Chain,
    clock: Callable[[], datetime],
    receipts: Callable[[], str],
    on_head: Callable[[Head], None],
) -> AsyncIterator[FileLedger]:
    """Record on a chain for as long as the block lasts; everything taken is written before it ends."""
    ledger = FileLedger(chain, clock, receipts)
    async with asyncio.TaskGroup() as tasks:
        run = tasks.create_task(ledger.run(on_head), name="ledger")
        try:
            yield ledger
        finally:
            ledger.close()
            await run
