"""Long lists are read one in a round of the loop, and what is short does not wait for them."""

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest

from resolvers.turns import LONG, InTurn

PAGE = [None, [["row"]] * (LONG + 1)]
LIST = [["row"]] * (LONG + 1)
SHORT: list[Any] = [None, [["row"]] * LONG]


class Ready:
    """A store that has every answer, and says which by the statement."""

    async def read(self, statement: str, parameters: Mapping[str, Any] | None = None) -> Any:  # noqa: ANN401 - the shape is the statement's
        del parameters
        return {"page": PAGE, "list": LIST, "short": SHORT, "count": 7}[statement]


def told(*statements: str, drop: int | None = None) -> list[str]:
    """Ask for all at the same time, and say what was read, with `-` where a round of the loop went by."""
    said: list[str] = []

    async def scenario() -> None:
        store = InTurn(Ready())

        async def ask(statement: str) -> None:
            await store.read(statement)
            said.append(statement)

        async def rounds() -> None:
            while True:
                said.append("-")
                await asyncio.sleep(0)

        clock = asyncio.create_task(rounds())
        asked = [asyncio.create_task(ask(statement)) for statement in statements]
        if drop is not None:
            await asyncio.sleep(0)
            asked[drop].cancel()
        await asyncio.gather(*asked, return_exceptions=True)
        clock.cancel()

    asyncio.run(scenario())
    return said


@pytest.mark.parametrize("kind", ["page", "list"])
def test_of_long_answers_one_is_read_in_each_round(kind: str) -> None:
    rounds = "".join(told(*[kind] * 4)).split("-")
    assert [one for one in rounds if one] == [kind] * 4


@pytest.mark.parametrize("kind", ["short", "count"])
def test_what_is_short_waits_for_nobody(kind: str) -> None:
    rounds = "".join(told("page", "page", "page", *[kind] * 3)).split("-")
    assert rounds[1] == "page" + kind * 3


def test_whoever_goes_away_while_waiting_keeps_nobody_waiting() -> None:
    assert [one for one in told("page", "page", "list", drop=1) if one != "-"] == ["page", "list"]


def test_a_turn_that_is_over_is_free() -> None:
    async def scenario() -> None:
        store = InTurn(Ready())
        for _ in range(3):
            read = asyncio.create_task(store.read("page"))
            for _ in range(3):
                await asyncio.sleep(0)
            assert read.done()

    asyncio.run(scenario())
