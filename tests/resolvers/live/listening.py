"""Somebody who listens: a subscription inside the test, over the real graph and the real feed."""

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Mapping
from contextlib import aclosing, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Any, cast

from graph.change import Stamp
from hub import stamps
from hub.answers import Answer, GraphQLRequest, refusal
from hub.live.feed import Feed, Stirred
from hub.live.streams import Streams
from hub.rounds import Rounds
from policies.viewer import Principal
from resolvers.alerting import Relay
from tests.support.hub import ASB, PEOPLE, TestHub

SECONDS = 30
CASE = """subscription($id: ID!, $after: String) { told: caseUpdates(id: $id, after: $after) { cursor kind
  case { id status summary entries(first: 20, orderBy: MADE_AT) { edges { node { kind text } } } } } }"""
TASKS = """subscription($after: String) { told: taskUpdates(after: $after) { cursor kind
  task { title status person } } }"""
ALERTS = """subscription($after: String) { told: alerts(after: $after) { cursor kind
  alert { id tie status people(first: 5) { edges { node { givenName } } } } } }"""


@dataclass(slots=True, kw_only=True)
class Ear:
    """Hears the events of one subscription, one after the other."""

    answers: AsyncGenerator[Answer, None]

    async def hear(self) -> dict[str, Any]:
        """Wait for the next event."""
        answer = json.loads((await asyncio.wait_for(anext(self.answers), SECONDS)).body)
        assert "errors" not in answer, answer
        told: dict[str, Any] = answer["data"]["told"]
        return told

    async def refusal(self) -> dict[str, Any]:
        """Wait for an answer that tells nothing but why."""
        try:
            answer = await asyncio.wait_for(anext(self.answers), SECONDS)
        except Exception as error:  # noqa: BLE001 - whatever it is, it leaves as a refusal
            answer = refusal(error, "correlation")
        assert not answer.is_answered
        refused: dict[str, Any] = json.loads(answer.body)["errors"][0]
        return refused

    async def ends(self) -> bool:
        """Whether there is nothing more, ever."""
        return await asyncio.wait_for(anext(self.answers, None), SECONDS) is None


@dataclass(slots=True, kw_only=True)
class Attentive:
    """Says each time that somebody waits for something to look at."""

    stirred: Stirred
    waits: asyncio.Semaphore

    async def again(self) -> None:
        self.waits.release()
        await self.stirred.again()


@dataclass(frozen=True, slots=True, kw_only=True)
class AttentiveFeed(Feed):
    """A feed that shows when those who follow it have begun to wait."""

    waits: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(0))

    @contextmanager
    def follow(self, key: str) -> Iterator[Any]:
        with Feed.follow(self, key) as stirred:
            yield Attentive(stirred=stirred, waits=self.waits)


async def begun(streams: Streams, count: int) -> None:
    """Wait until so many have begun to wait."""
    feed = cast("AttentiveFeed", streams.feed)
    for _ in range(count):
        await feed.waits.acquire()


@asynccontextmanager
async def feeding(hub: TestHub) -> AsyncIterator[Streams]:
    """Read what changes, for whoever listens, once it was looked at for the first time.

    The driver leaves the socket open that it opens while it is cancelled, so nobody is before there are connections.
    """
    feed = AttentiveFeed(store=hub.store, bell=hub.bell)
    running = asyncio.create_task(feed.run())
    try:
        with Feed.follow(feed, "the first look") as looked:
            await looked.again()
        yield Streams(answerer=hub.answerer, feed=feed)
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


@asynccontextmanager
async def relaying(hub: TestHub, now: str) -> AsyncIterator[None]:
    """Raise alerts whenever something changes, at that moment."""
    relay = Relay(store=hub.store, engine=hub.watch.current.engine)
    rounds = Rounds(
        chore=relay,
        failure="alerts could not be raised",
        stamp=lambda: Stamp(now=now, chance=stamps.identifier),
        today=lambda: now[:10],
        bell=hub.bell,
    )
    running = asyncio.create_task(rounds.run())
    try:
        yield
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


@asynccontextmanager
async def listening(
    streams: Streams,
    who: str | Principal,
    query: str,
    purpose: str | None = ASB,
    **variables: Any,  # noqa: ANN401 - any variables
) -> AsyncIterator[Ear]:
    """Listen as somebody."""
    principal = PEOPLE[who] if isinstance(who, str) else who
    given: Mapping[str, Any] = variables
    answers = streams.answers(GraphQLRequest(query=query, variables=given), lambda: principal, purpose)
    async with aclosing(answers):
        yield Ear(answers=answers)
