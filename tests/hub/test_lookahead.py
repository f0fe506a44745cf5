"""Work done ahead in a thread."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import aclosing

import pytest

from hub.lookahead import ahead


def test_items_come_in_order_and_to_the_end() -> None:
    async def story() -> list[int]:
        async with aclosing(ahead(iter(range(5)))) as items:
            return [item async for item in items]

    assert asyncio.run(story()) == [0, 1, 2, 3, 4]


def test_no_more_than_one_item_is_made_ahead() -> None:
    made: list[int] = []

    def making() -> Iterator[int]:
        for number in range(10):
            made.append(number)
            yield number

    async def story() -> None:
        async with aclosing(ahead(making())) as items:
            async for item in items:
                assert len(made) <= item + 2

    asyncio.run(story())
    assert made == list(range(10))


def test_an_error_comes_where_its_item_would() -> None:
    def breaking() -> Iterator[int]:
        yield 1
        raise ValueError("torn")

    seen: list[int] = []

    async def story() -> None:
        async with aclosing(ahead(breaking())) as items:
            async for item in items:
                seen.append(item)  # noqa: PERF401 - what came before the error counts

    with pytest.raises(ValueError, match="torn"):
        asyncio.run(story())
    assert seen == [1]


def test_closing_waits_for_what_is_being_made() -> None:
    begun, go, done = threading.Event(), threading.Event(), threading.Event()

    def slow() -> Iterator[int]:
        yield 1
        begun.set()
        go.wait(30)
        done.set()
        yield 2

    async def story() -> None:
        async with aclosing(ahead(slow())) as items:
            assert await anext(items) == 1
            await asyncio.to_thread(begun.wait, 30)
            asyncio.get_running_loop().call_soon(go.set)
        assert done.is_set()

    asyncio.run(story())
