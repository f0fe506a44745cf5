"""The fast way gives to the byte what the library makes of the same trees."""

import asyncio
import logging
from time import process_time

import pytest

from tests.resolvers.fast.canned import plans_behind_statements
from tests.resolvers.fast.operations import roots_of
from tests.resolvers.fast.ways import canned_ways, fuzz, reached, told

KINDS = frozenset(
    {
        "alias", "field twice", "typename", "introspection", "several operations", "broken", "cursor",
        "inline fragment", "named fragment", "fragment on a type of an interface or union",
        "fragment on an interface of the type", "condition", "condition by a variable", "nested arguments",
        "variable", "variable left out", "default of a variable", "variable in an argument",
        "variable of an input", "variable in a free value",
        "refused: GRAPHQL_PARSE_FAILED", "refused: GRAPHQL_VALIDATION_FAILED", "refused: BAD_USER_INPUT",
        "refused: BAD_REQUEST", "refused: PURPOSE_REQUIRED", "refused: PURPOSE_UNKNOWN",
        "refused: PURPOSE_NOT_PERMITTED", "refused: FILTER_TOO_WIDE", "refused: CURSOR_INVALID",
        "value that does not fit", "value that takes all away", "withheld", "walked", "handed over",
        "known document", "new document", "event", "told from copies",
    }
)  # fmt: skip
"""What must have occurred, or nothing is shown of it."""


@pytest.fixture(autouse=True)
def _silent(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)  # made-up rows are full of what the hub complains of


@pytest.mark.parametrize(
    "count",
    [
        pytest.param(5_000, marks=[pytest.mark.timeout(600)]),
        pytest.param(100_000, marks=[pytest.mark.soak, pytest.mark.timeout(7_200)]),
    ],
)
def test_whatever_is_asked_both_ways_answer_alike(count: int) -> None:
    ways, store = canned_ways()
    before = process_time()
    with plans_behind_statements():
        asyncio.run(fuzz(ways, count, 1, store))
    print(told(ways.kinds, count, process_time() - before))  # noqa: T201 - shown by `-s`
    assert not ways.differences, ways.differences[0]
    assert not KINDS.union(map(reached, roots_of(store.schema))) - set(ways.kinds)
    assert "refused: INTERNAL" not in ways.kinds, "one value took the whole answer away"
    assert ways.kinds["handed over"] > count / 4
