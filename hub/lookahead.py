"""Work that is done ahead in a thread while what came of it before is dealt with."""

import asyncio
from collections.abc import AsyncGenerator, Iterator
from typing import TypeVar

T = TypeVar("T")


async def ahead(items: Iterator[T]) -> AsyncGenerator[T]:
    """Give the items of a blocking iterator; each is made while the caller deals with the one before, and no more.

    Close it (`contextlib.aclosing`): whatever the iterator uses may be closed once nothing is being made.
    """
    coming = asyncio.ensure_future(asyncio.to_thread(next, items, None))
    try:
        while (item := await asyncio.shield(coming)) is not None:
            coming = asyncio.ensure_future(asyncio.to_thread(next, items, None))
            yield item
    finally:
        await asyncio.gather(coming, return_exceptions=True)  # nobody asks any more what came of it
