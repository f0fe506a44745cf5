"""Several workers on one port: started, replaced when they end by themselves, and ended in order."""

import asyncio
import logging
import signal
import socket
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable, Sequence

from hub.bell import heard
from hub.serving import GRACE_SECONDS

CONNECTIONS = 160
"""How many connections to the engine all workers have together; the embedded one takes 200, commands need some."""
SHORTEST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
LONG_LIFE = 60.0
END_SECONDS = GRACE_SECONDS + 20.0
_log = logging.getLogger(__name__)


class Supervisor:
    """Keeps `count` workers, each a process of `program` that accepts from the one listening socket.

    A worker is told the socket's descriptor in its last argument, says that it is ready with a line on its standard
    output, and ends in order when its standard input ends, so that none outlives its supervisor.
    """

    def __init__(self, program: Sequence[str], listener: socket.socket, count: int) -> None:
        self._program = program
        self._listener = listener
        self._count = count
        self._workers: set[Process] = set()
        self._ending = asyncio.Event()
        self._ready = 0
        self.failed = False

    async def run(self, ready: Callable[[], None]) -> None:
        """Keep the workers until SIGINT or SIGTERM; call `ready` when each has been ready once.

        Ends at once, and is `failed`, when a worker cannot begin before all of them could.
        """
        loop, numbers = asyncio.get_running_loop(), (signal.SIGINT, signal.SIGTERM)
        for number in numbers:
            loop.add_signal_handler(number, self.end)
        try:
            async with asyncio.TaskGroup() as tasks:
                for _ in range(self._count):
                    tasks.create_task(self._keep(ready))
        finally:
            for number in numbers:
                loop.remove_signal_handler(number)

    def end(self) -> None:
        """End every worker in order; called again, have them drop what they do."""
        self._ending.set()
        self._listener.close()
        for worker in self._workers:
            worker.terminate()

    async def _keep(self, ready: Callable[[], None]) -> None:
        """Keep one worker; one that ends soon again and again is replaced ever later."""
        pause, was_ready = SHORTEST_PAUSE, False
        while not self._ending.is_set():
            began = time.monotonic()
            worker = await self._start()
            if await self._says_ready(worker) and not was_ready:
                was_ready = True
                self._count_ready(ready)
            status = await self._ended(worker)
            if self._ending.is_set():
                return
            if self._ready < self._count:
                self.failed = True
                self.end()
                return
            pause = SHORTEST_PAUSE if time.monotonic() - began > LONG_LIFE else min(pause * 2, LONGEST_PAUSE)
            _log.error("a worker ended with %d; another begins in %.1f seconds", status, pause)
            await self._rest(pause)

    async def _start(self) -> Process:
        number = self._listener.fileno()
        worker = await asyncio.create_subprocess_exec(
            *self._program, str(number), stdin=PIPE, stdout=PIPE, pass_fds=(number,), start_new_session=True
        )
        self._workers.add(worker)
        return worker

    async def _says_ready(self, worker: Process) -> bool:
        return worker.stdout is not None and bool(await worker.stdout.readline())

    def _count_ready(self, ready: Callable[[], None]) -> None:
        self._ready += 1
        if self._ready == self._count:
            ready()

    async def _ended(self, worker: Process) -> int:
        """Wait for a worker's end, which is forced when it takes too long once all are to end."""
        waiting = asyncio.ensure_future(worker.wait())
        ending = asyncio.ensure_future(self._ending.wait())
        await asyncio.wait((waiting, ending), return_when=asyncio.FIRST_COMPLETED)
        ending.cancel()
        try:
            async with asyncio.timeout(END_SECONDS):  # `wait_for` forgets to end who is cancelled as the worker ends
                return await waiting
        except TimeoutError:
            _log.error("a worker does not end and is killed")
            worker.kill()
            return await worker.wait()
        finally:
            self._workers.discard(worker)

    async def _rest(self, pause: float) -> None:
        await heard(self._ending, pause)
