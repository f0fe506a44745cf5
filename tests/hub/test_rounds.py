"""What a hub does in rounds goes on whatever fails in one of them, and begins anew whenever the bell rings."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

import pytest

from graph.errors import GraphUnavailable
from hub import stamps
from hub.bell import Bell, heard
from hub.live.feed import Feed
from hub.policies import read_policies
from hub.rounds import Rounds, keep_looking
from hub.watch import PolicyWatch
from policies.engine import compile_engine
from schema.catalogue import catalogue

if TYPE_CHECKING:
    from graph.store import Store

SECONDS = 30


@dataclass(slots=True)
class Failing:
    """A graph that fails as often as it is told to, and then answers the same to everything."""

    failures: list[Exception]
    answer: Any
    answered: asyncio.Event = field(default_factory=asyncio.Event)

    async def read(self, *_asked: object) -> Any:  # noqa: ANN401 - as a statement has it
        if self.failures:
            raise self.failures.pop()
        self.answered.set()
        return self.answer


async def until(event: asyncio.Event, running: Coroutine[None, None, None]) -> None:
    """Let something run until an event, and end it."""
    task = asyncio.create_task(running)
    try:
        async with asyncio.timeout(SECONDS):
            await event.wait()
        assert not task.done()
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _feed(graph: Failing) -> None:
    await Feed(store=cast("Store", graph), bell=Bell()).run()


async def _classes(graph: Failing) -> None:
    await PolicyWatch(compile_engine(read_policies(None), catalogue())).run(cast("Store", graph))


@pytest.mark.parametrize("failure", [GraphUnavailable("away"), TypeError("a mistake")])
@pytest.mark.parametrize(
    ("run", "answer", "said"),
    [(_feed, 0, "what was changed could not be read"), (_classes, [], "the classes could not be read")],
)
def test_a_round_that_fails_is_said_and_followed_by_the_next(
    failure: Exception,
    run: Callable[[Failing], Coroutine[None, None, None]],
    answer: Any,  # noqa: ANN401 - a column of the table
    said: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def whole() -> None:
        graph = Failing([failure], answer)
        await until(graph.answered, run(graph))

    with caplog.at_level(logging.WARNING, "hub.rounds"):
        asyncio.run(whole())
    (record,) = caplog.records
    assert record.message.partition(":")[0] == said
    assert (record.exc_info is None) == isinstance(failure, GraphUnavailable)


def test_the_next_round_begins_as_the_bell_rings_also_while_it_rings_in_a_round() -> None:
    async def whole() -> None:
        bell, rounds, enough = Bell(), 0, asyncio.Event()

        async def look() -> None:
            nonlocal rounds
            rounds += 1
            bell.ring()
            await asyncio.sleep(0)
            if rounds == 20:  # as many seconds, if it were heard only in the pauses
                enough.set()

        await until(enough, _kept(look, bell))

    asyncio.run(whole())


@dataclass(slots=True)
class Due:
    """A chore of several parts."""

    parts: int
    finished: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self, _stamp: object, _day: str) -> int:
        if self.parts:
            self.parts -= 1
            return 1
        self.finished.set()
        return 0


def test_a_chore_is_done_until_nothing_is_due_and_the_bell_rings_for_what_was() -> None:
    async def whole() -> None:
        bell, chore = Bell(), Due(3)
        ring = bell.listen()
        rounds = Rounds(chore=chore, failure="it fails", stamp=stamps.stamp, today=lambda: "2026-11-24", bell=bell)
        await until(chore.finished, rounds.run())
        assert chore.parts == 0
        assert await heard(ring, 0.0)

    asyncio.run(whole())


def _kept(look: Callable[[], Awaitable[None]], bell: Bell) -> Coroutine[None, None, None]:
    return keep_looking(look, "it fails", bell)
