"""Officers who work as fast as they are answered, and send again what was not acknowledged, until it is."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from tests.resolvers.acting.taskwork import DUE
from tests.resolvers.acting.triagework import judged
from tests.support.hub import ASB
from tests.support.served import Served

OPEN = """mutation($input: OpenCaseInput!) {
  done: openCase(input: $input) { __typename ... on CaseChanged { made: case { id } } } }"""
INVOLVE = "mutation($input: InvolvePersonInput!) { done: involvePerson(input: $input) { __typename } }"
NOTE = "mutation($input: AddNoteInput!) { done: addNote(input: $input) { __typename } }"
SUBMIT = """mutation($input: SubmitReferralInput!) {
  done: submitReferral(input: $input) { __typename ... on ReferralSubmitted { made: referral { id } } } }"""
TRIAGE = "mutation($input: TriageReferralInput!) { done: triageReferral(input: $input) { __typename } }"
SEND = """mutation($input: SendTaskInput!) {
  done: sendTask(input: $input) { __typename ... on TaskChanged { made: task { id } } } }"""
ANSWER = "mutation($input: AnswerTaskInput!) { done: answerTask(input: $input) { __typename } }"
PATIENCE = 90.0
Query = tuple[str, dict[str, Any]]


class Officer:
    """Notes in a case of its own; `acknowledged` counts the notes of which it was told that they are made.

    `begun` is the id of what it works at, once that is made.
    """

    who = "asb-officer"

    def __init__(self, number: int) -> None:
        self.number = number
        self.begun: str | None = None
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

    def _next(self) -> Query:
        query, given = self._begin() if self.begun is None else self._go_on(self.begun)
        step = "begin" if self.begun is None else "go-on"
        return query, {"idempotencyKey": f"officer-{self.number}-{self.acknowledged}-{step}", **given}

    def _begin(self) -> Query:
        return OPEN, {"caseType": "NOISE"}

    def _go_on(self, begun: str) -> Query:
        return NOTE, {"id": begun, "text": self.note(self.acknowledged), "assertionType": "FACT"}

    def _take(self, answer: dict[str, Any]) -> bool:
        """Keep the receipt of what was made, and say whether that was more than a beginning."""
        match answer:
            case {"data": {"done": {"__typename": "CaseChanged" | "ReferralSubmitted" | "TaskChanged"} as done}} if (
                self.begun is None
            ):
                self.begun = str(done["made"]["id"])
                self.receipts.add(answer["extensions"]["ledger"])
                return False
            case {"data": {"done": {"__typename": "CaseChanged" | "ReferralChanged" | "TaskChanged"}}}:
                self.acknowledged += 1
                self.receipts.add(answer["extensions"]["ledger"])
                return True
            case {"errors": [{"extensions": {"code": "GRAPH_UNAVAILABLE" | "LEDGER_UNAVAILABLE"}}, *_]}:
                return False
            case _:
                raise AssertionError(f"neither made nor refused for the engine's sake: {answer}")


class Finisher(Officer):
    """Begins one thing after another, and ends each; `finished` are the ids of those whose end was acknowledged."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.finished: list[str] = []

    def _take(self, answer: dict[str, Any]) -> bool:
        is_finished = super()._take(answer)
        if is_finished:
            assert self.begun is not None
            self.finished.append(self.begun)
            self.begun = None
        return is_finished


class Constable(Finisher):
    """Opens case after case of a gang, each with the same man in it, of whom a school must be alerted each time."""

    who = "police-officer"

    def __init__(self, number: int, man: str) -> None:
        super().__init__(number)
        self.man = man

    def _begin(self) -> Query:
        return OPEN, {"caseType": "GANG"}

    def _go_on(self, begun: str) -> Query:
        return INVOLVE, {"id": begun, "person": self.man, "role": "PERPETRATOR"}


class Triager(Finisher):
    """Refers one matter after another, all of one place, and triages each."""

    def __init__(self, number: int, place: str) -> None:
        super().__init__(number)
        self.place = place

    def _begin(self) -> Query:
        told = {"narrative": self.note(self.acknowledged), "toldPeople": ["Joe, 020 7946 0000"], "hasConsent": True}
        where = {"premises": [self.place]}
        return SUBMIT, {"concerns": [{"heading": "NOISE", "qualifier": "NUISANCE"}], **told, **where}

    def _go_on(self, begun: str) -> Query:
        return TRIAGE, {"id": begun, "version": 1, **judged()}


class Correspondent(Finisher):
    """Asks its own agency one thing after another, and answers each."""

    who = "housing-officer"

    def _begin(self) -> Query:
        text = self.note(self.acknowledged)
        return SEND, {"agency": "housing", "title": "Whose flat?", "text": text, "targetOn": DUE}

    def _go_on(self, begun: str) -> Query:
        return ANSWER, {"id": begun, "version": 1, "text": self.note(self.acknowledged)}


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
