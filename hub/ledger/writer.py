"""The ledger that the hub records in: entries that wait are written and made durable together."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from hub.ledger.chain import Chain, Group, Record
from hub.ledger.disk import Disk, disk
from hub.ledger.entries import entry_json
from hub.ledger.lines import Head
from resolvers.ledger import Entry, LedgerUnavailable

BACKLOG = 10_000
GROUP = 1_000
PATIENCE = 0.005
"""Seconds between the beginnings of two groups after which the second does not wait for more to come."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Waiting:
    record: Record
    durable: asyncio.Future[None] | None


class _Expecting(AbstractContextManager[None]):
    """How many entries may follow: as many as have entered and not left; says when one leaves."""

    def __init__(self, on_exit: Callable[[], None]) -> None:
        self.count = 0
        self._on_exit = on_exit

    def __enter__(self) -> None:
        self.count += 1

    def __exit__(self, *_: object) -> None:
        self.count -= 1
        self._on_exit()


class FileLedger:
    """Implements the port `resolvers.ledger.Ledger` on one chain; see `writing`.

    One group after another is written and made durable; what comes in the meantime is the next. It begins when as many
    wait as may follow, or after `PATIENCE`: an answer that is alone leaves at once, and of many few go by themselves.
    The loop calls all of it, one thing from the other: a task between them would let every answer wait for two more
    rounds of a busy loop.
    """

    def __init__(
        self,
        chain: Chain,
        disk: Disk,
        clock: Callable[[], datetime],
        receipts: Callable[[], str],
        on_head: Callable[[Head], None],
    ) -> None:
        """Tell `on_head` how far the chain came."""
        self._chain = chain
        self._disk = disk
        self._clock = clock
        self._receipts = receipts
        self._on_head = on_head
        self._loop = asyncio.get_running_loop()
        self._waiting: list[_Waiting] = []
        self._kept: list[_Waiting] = []
        self._rests = asyncio.Event()
        self._rests.set()
        self._expecting = _Expecting(self._begin)
        self._began = 0.0
        self._patience: asyncio.TimerHandle | None = None
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

    def expecting(self) -> AbstractContextManager[None]:
        """Count one more entry that may follow; see the port."""
        return self._expecting

    async def record(self, entry: Entry) -> str:
        """Append an entry and return its receipt; see the port."""
        if self._closing or len(self._waiting) + len(self._kept) >= BACKLOG:
            raise LedgerUnavailable("the ledger is closed" if self._closing else "too many entries wait for the disk")
        try:
            text = entry_json(entry)
        except ValueError as error:
            raise LedgerUnavailable(str(error)) from error
        record = Record(time=self._clock(), receipt=self._receipts(), entry=text)
        durable = self._loop.create_future() if entry.personal else None
        self._waiting.append(_Waiting(record=record, durable=durable))
        self._begin()
        if durable is not None:
            await durable
        return record.receipt

    async def finish(self) -> None:
        """Take no more entries, and return when all that were taken are written, or cannot be."""
        self._closing = True
        await self._rests.wait()
        self._begin()  # what was kept gets a last chance
        await self._rests.wait()
        if self._kept:
            _log.error("%d ledger entries without personal data could not be written", len(self._kept))

    def _begin(self) -> None:
        """See to it that what waits is written; while something is being written that follows by itself."""
        if self._rests.is_set() and (self._waiting or self._kept):
            self._rests.clear()
            self._gather()
        elif self._patience is not None:
            self._gather()

    def _gather(self) -> None:
        """Begin the next group when enough wait, and when all is done that is ready now, so that it comes along."""
        if len(self._waiting) < self._expecting.count:
            self._patience = self._patience or self._loop.call_at(self._began + PATIENCE, self._next)
            return
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None
        self._loop.call_soon(self._next)

    def _next(self) -> None:
        self._patience = None
        self._began = self._loop.time()
        group = [*self._kept, *self._waiting[:GROUP]]
        del self._waiting[:GROUP]
        self._kept = []
        if self._chain.is_full:
            opening = self._loop.run_in_executor(None, self._chain.open_segment)
            opening.add_done_callback(partial(self._opened, group))
        else:
            self._write(group)

    def _opened(self, group: Sequence[_Waiting], opening: asyncio.Future[None]) -> None:
        error = opening.exception()
        if error:
            self._refuse(group, error)
        else:
            self._write(group)

    def _write(self, group: Sequence[_Waiting]) -> None:
        try:
            written = self._chain.write([one.record for one in group])
        except Exception as error:  # noqa: BLE001 - whatever fails here must withhold the answers
            self._refuse(group, error)
        else:
            self._disk.sync(written.file.descriptor, partial(self._synced, group, written))

    def _synced(self, group: Sequence[_Waiting], written: Group, error: BaseException | None) -> None:
        if error:
            self._chain.drop(written)
            self._refuse(group, error)
        else:
            self._chain.keep(written)
            self._release(group, self._chain.head)

    def _release(self, group: Sequence[_Waiting], head: Head) -> None:
        self.head = head
        for one in group:
            if one.durable is not None and not one.durable.done():
                one.durable.set_result(None)
        self._on_head(head)
        self._go_on()

    def _refuse(self, group: Sequence[_Waiting], error: BaseException) -> None:
        """Withhold the answers that wait; what none waits for is kept, and tried again with what comes next."""
        _log.error("the ledger cannot be written, answers are withheld: %s", error)
        self._kept = [one for one in group if one.durable is None]
        for one in group:
            if one.durable is not None and not one.durable.done():
                one.durable.set_exception(LedgerUnavailable(f"the ledger cannot be written: {error}"))
        self._go_on()

    def _go_on(self) -> None:
        if self._waiting:
            self._gather()
        else:
            self._rests.set()


@asynccontextmanager
async def writing(
    chain: Chain,
    clock: Callable[[], datetime],
    receipts: Callable[[], str],
    on_head: Callable[[Head], None],
) -> AsyncIterator[FileLedger]:
    """Record on a chain for as long as the block lasts; everything taken is written before it ends."""
    with disk() as quickest:
        ledger = FileLedger(chain, quickest, clock, receipts, on_head)
        try:
            yield ledger
        finally:
            await ledger.finish()
