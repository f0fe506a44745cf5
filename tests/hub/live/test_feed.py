"""Who follows something looks when it was touched, and once more: not all of it may have been there to see at once."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from graph.change import TURNS
from hub.bell import Bell
from hub.live.feed import REVIEW, Feed

if TYPE_CHECKING:
    from graph.store import Store


@dataclass(slots=True, kw_only=True)
class Outbox:
    """A graph in which some things were touched, one in each turn."""

    touched: list[str]

    async def read(self, statement: str, parameters: Mapping[str, Any]) -> Any:  # noqa: ANN401 - the shape is the statement's
        if statement == TURNS:
            return len(self.touched)
        position = parameters["position"]
        return [[at + 1, at, [ident]] for at, ident in enumerate(self.touched) if at >= position]


def test_what_was_touched_is_looked_at_once_more_by_the_next_look() -> None:
    async def whole() -> None:
        graph, bell = Outbox(touched=[]), Bell()
        feed = Feed(store=cast("Store", graph), bell=bell)
        with feed.follow("case_1") as stirred, feed.follow("case_2") as other:
            running = asyncio.create_task(feed.run())
            async with asyncio.timeout(REVIEW / 2):
                for one in (stirred, other):
                    await one.again()
                graph.touched.append("case_1")
                for _ in ("at once", "once more"):
                    bell.ring()
                    await stirred.again()
                graph.touched.append("case_2")
                bell.ring()
                await other.again()
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)

    asyncio.run(whole())
