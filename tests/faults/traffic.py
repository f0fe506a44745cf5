"""Clients that ask as fast as they are answered, and keep every receipt."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from tests.faults.tenants import WARD
from tests.support.hub import ASB
from tests.support.served import Served

QUESTION = f'{{ people(filter: {{ward: {{eq: "{WARD}"}}}}, first: 5) {{ edges {{ node {{ familyName }} }} }} }}'
WHO = "housing-officer"
"""Whose own tenants these are."""
PATIENCE = 90.0


class Traffic:
    """What clients were told; `told` are the receipts of answers that told of somebody."""

    def __init__(self, served: Served) -> None:
        self._served = served
        self._answered = threading.Semaphore(0)
        self._is_over = threading.Event()
        self.told: set[str] = set()
        self.refusals: set[str] = set()

    def ask(self) -> None:
        """Ask until it is over, or nobody is there any more."""
        with httpx.Client() as client:
            while not self._is_over.is_set():
                try:
                    answer = self._served.ask(QUESTION, ASB, client).json()
                except httpx.TransportError:
                    if self._served.process.poll() is not None:
                        return
                    continue
                self._take(answer)

    def await_answers(self, count: int) -> None:
        """Wait until so many more were told of somebody."""
        for _ in range(count):
            assert self._answered.acquire(timeout=PATIENCE), f"nobody is answered any more: {self.refusals}"

    def forget(self) -> None:
        """Count from now on what `await_answers` waits for."""
        while self._answered.acquire(blocking=False):
            pass

    def end(self) -> None:
        self._is_over.set()

    def _take(self, answer: dict[str, object]) -> None:
        match answer:
            case {"data": {"people": {"edges": [_, *_]}}, "extensions": {"ledger": str(receipt)}}:
                self.told.add(receipt)
                self._answered.release()
            case {"errors": [{"extensions": {"code": str(code)}}, *_]}:
                self.refusals.add(code)
            case _:
                raise AssertionError(f"an answer without anybody, and without a reason: {answer}")


@contextmanager
def traffic(served: Served, clients: int = 3) -> Iterator[Traffic]:
    """Have clients ask until the block ends."""
    found = Traffic(served)
    threads = [threading.Thread(target=found.ask, name=f"client {number}") for number in range(clients)]
    for thread in threads:
        thread.start()
    try:
        yield found
    finally:
        found.end()
        for thread in threads:
            thread.join()
