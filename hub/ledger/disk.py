"""How what was written is made durable while the loop goes on: by the kernel itself, or by a thread where it does not.

A thread has to get the interpreter twice each time, and a busy loop gives it away late: half of what an entry costs.
"""

import asyncio
import logging
import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from typing import Protocol

Then = Callable[[BaseException | None], None]
"""Called on the loop when a file's data is durable, or with what went wrong."""

_log = logging.getLogger(__name__)


class Disk(Protocol):
    """Makes one file after another durable."""

    def sync(self, descriptor: int, then: Then) -> None:
        """Make the data of a file durable, as fdatasync(2) does, and call `then`; not before it called the last one."""
        ...


class KernelDisk:
    """Linux does it, and says on a descriptor when it has (io_submit(2), IOCB_CMD_FDSYNC); raises where it does not."""

    def __init__(self) -> None:
        from caio import linux_aio  # noqa: PLC0415 - says by an ImportError that this kernel has nothing of it

        self._operation = linux_aio.Operation.fdsync
        self._context = linux_aio.Context(max_requests=1)
        self._loop = asyncio.get_running_loop()
        self._loop.add_reader(self._context.fileno, self._look)

    def sync(self, descriptor: int, then: Then) -> None:
        self._under_way, self._then = self._operation(descriptor), then
        try:
            self._context.submit(self._under_way)
        except Exception as error:  # noqa: BLE001 - the library has an error of another kind for each that the kernel has
            then(error)

    def close(self) -> None:
        self._loop.remove_reader(self._context.fileno)

    def _look(self) -> None:
        with suppress(BlockingIOError):
            self._context.poll()
        if not self._context.process_events(1):
            return
        try:
            self._under_way.get_value()
        except SystemError as error:  # what the library makes of an error of the disk
            self._then(OSError(str(error)))
        else:
            self._then(None)


class ThreadDisk:
    """A thread does it."""

    def __init__(self, thread: ThreadPoolExecutor) -> None:
        self._thread = thread
        self._loop = asyncio.get_running_loop()

    def sync(self, descriptor: int, then: Then) -> None:
        self._thread.submit(os.fdatasync, descriptor).add_done_callback(partial(self._tell, then))

    def _tell(self, then: Then, done: Future[None]) -> None:
        self._loop.call_soon_threadsafe(then, done.exception())


@contextmanager
def disk() -> Iterator[Disk]:
    """The quickest that there is here, for as long as the block lasts; needs a running loop."""
    try:
        kernel = KernelDisk()
    except (ImportError, OSError, SystemError) as error:
        _log.info("the kernel makes nothing durable by itself, a thread does: %s", error)
        with ThreadPoolExecutor(max_workers=1, thread_name_prefix="ledger") as thread:
            yield ThreadDisk(thread)
        return
    try:
        yield kernel
    finally:
        kernel.close()
