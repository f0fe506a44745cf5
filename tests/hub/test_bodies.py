"""A large answer is written piece by piece, to the same bytes."""

import asyncio
from typing import Any

import orjson
import pytest

from hub.bodies import PIECE, encoded, extended

EDGES = [{"node": {"id": str(at), "tags": list(range(at % 7))}} for at in range(2 * PIECE + 1)]


@pytest.mark.parametrize("count", [0, 1, PIECE, PIECE + 1, 2 * PIECE, 2 * PIECE + 1])
def test_pieces_make_the_same_bytes(count: int) -> None:
    told: dict[str, Any] = {
        "data": {"people": {"totalCount": count, "edges": EDGES[:count]}, "nodes": [None, *EDGES[:count]]},
    }
    extensions = {"ledger": "é"}
    assert extended(asyncio.run(encoded(told, is_large=True)), extensions) == orjson.dumps(
        told | {"extensions": extensions}
    )
