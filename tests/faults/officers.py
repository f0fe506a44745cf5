"""Officers who note in cases as fast as they are answered, and send again what was not acknowledged, until it is."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from tests.support.hub import ASB
from tests.support.served import Served

OPEN = """mutation($input: OpenCaseInput!) {
  done: openCase(input: $input) { __typename ... on CaseChanged { case { id } } } }"""
INVOLVE = "mutation($input: InvolvePersonInput!) { done: involvePerson(input: $input) { __typename } }"
NOTE = "mutation($input: AddNoteInput!) { done: addNote(input: $input) { __typename } }"
PATIENCE = 90.0


class Officer:
    """Notes in a case of its own; `acknowledged` counts the notes of which it was told that they are made."""

    who = "asb-officer"

    def __init__(self, number: int) -> None:
        self.number = number
        self.case: str | None = None
        self.acknowledged = 0
        self.receipts: set[str] = set()

    def work(self, served: Served, tell: threading.Semaphore, is_over: threading.Event) -> None:
        """Open a case, unless it is open, and note in it, until it is over or nobody is there any more."""
        with httpx.Client() as client:
            while not is_over.is_set():
                try:
                    query, given = self._next()
                    answer = served.ask(query, ASB, client, {"input": given}).json()
                except httpx.TransportError:
                    if served.process.poll() is not None:
                        return
                    continue
                if self._take(answer):
                    tell.release()

    def note(self, number: int) -> str:
        """What the officer notes at the `number`-th time."""
        return f"officer {self.number} notes {number}"

    def _next(self) -> tuple[str, dict[str, Any]]:
        key = f"officer-{self.number}-{self.acknowledged}-{'open' if self.case is None else 'note'}"
        if self.case is None:
            return OPEN, {"idempotencyKey": key, "caseType": "NOISE"}
        text = self.note(self.acknowledged)
        return NOTE, {"idempotencyKey": key, "id": self.case, "text": text, "assertionType": "FACT"}

    def _take(self, answer: dict[str, Any]) -> bool:
        match answer:
            case {"data": {"done": {"__typename": "CaseChanged", "case": {"id": str(case)}}}}:
                self.case = case
                self.receipts.add(answer["extensions"]["ledger"])
                return False
            case {"data": {"done": {"__typename": "CaseChanged"}}}:
                self.acknowledged += 1
                self.receipts.add(answer["extensions"]["ledger"])
                return True
            case {"errors": [{"extensions": {"code": "GRAPH_UNAVAILABLE" | "LEDGER_UNAVAILABLE"}}, *_]}:
                return False
            case _:
                raise AssertionError(f"neither made nor refused for the engine's sake: {answer}")


class Constable(Officer):
    """Opens case after case of a gang, each with the same man in it, of whom a school must be alerted each time."""

    who = "police-officer"

    def __init__(self, number: int, man: str) -> None:
        super().__init__(number)
        self.man = man

    def _next(self) -> tuple[str, dict[str, Any]]:
        key = f"constable-{self.number}-{self.acknowledged}-{'open' if self.case is None else 'involve'}"
        if self.case is None:
            return OPEN, {"idempotencyKey": key, "caseType": "GANG"}
        return INVOLVE, {"idempotencyKey": key, "id": self.case, "person": self.man, "role": "PERPETRATOR"}

    def _take(self, answer: dict[str, Any]) -> bool:
        is_involved = super()._take(answer)
        if is_involved:
            self.case = None
        return is_involved


class Working:
    """Officers at work."""

    def __init__(self) -> None:
        self.told = threading.Semaphore(0)
        self.is_over = threading.Event()

    def await_notes(self, count: int) -> None:
        """Wait until so many more notes were acknowledged."""
        for _ in range(count):
            assert self.told.acquire(timeout=PATIENCE), "no note is acknowledged any more"

    def forget(self) -> None:
        """Count from now on."""
        while self.told.acquire(blocking=False):
            pass


@contextmanager
def working(served: Served, officers: list[Officer]) -> Iterator[Working]:
    """Have officers work until the block ends."""
    found = Working()
    threads = [
        threading.Thread(
            target=officer.work,
            args=(served.as_seen_by(officer.who), found.told, found.is_over),
            name=f"officer {officer.number}",
        )
        for officer in officers
    ]
    for thread in threads:
        thread.start()
    try:
        yield found
    finally:
        found.is_over.set()
        for thread in threads:
            thread.join()
