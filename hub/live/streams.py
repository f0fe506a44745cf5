"""The answers to an operation, one after the other: to a subscription one each time there is something to tell."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any, TypeVar

from hub.answers import Answer, GraphQLRequest
from hub.graphql import GraphQLAnswerer
from hub.live.feed import Feed
from policies.viewer import Principal
from resolvers.live.following import follow

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Streams:
    """Answers operations over whatever can carry several answers."""

    answerer: GraphQLAnswerer
    feed: Feed

    async def answers(
        self, request: GraphQLRequest, admit: Callable[[], Principal], purpose: str | None
    ) -> AsyncGenerator[Answer, None]:
        """Answer a question or a change once, a subscription event by event, each time for whom `admit` lets in then.

        Raises what `admit` raises, and what refuses or fails an answer.
        """
        begun = await _to_its_end(self.answerer.begin(request, admit(), purpose))
        if isinstance(begun, Answer):
            yield begun
            return
        with self.feed.follow(begun.ident or begun.node.prefix) as stirred:
            occasions = follow(begun, admit().agency, self.answerer.means.store.read, stirred)
            async with aclosing(occasions):
                async for occasion in occasions:
                    answer = await self.answerer.tell(request, admit(), purpose, occasion)
                    if answer is not None:
                        yield answer


async def _to_its_end(work: Coroutine[Any, Any, T]) -> T:
    """Go on with what was begun though its client leaves: a change that is made stands in the ledger, too."""
    going_on = asyncio.create_task(work)
    try:
        return await asyncio.shield(going_on)
    except asyncio.CancelledError:
        await asyncio.wait([going_on])
        raise
