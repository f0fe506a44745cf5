"""The bytes of an answer; a large one is written piece by piece beside the loop, so that other requests go on."""

import asyncio
from typing import Any

import orjson

PIECE = 100
"""Objects that are written in one go: while it writes, no other thread of the process runs."""


async def encoded(body: dict[str, Any], *, is_large: bool) -> bytes:
    """Write an answer as JSON."""
    return await asyncio.to_thread(_encoded, body) if is_large else orjson.dumps(body)


def extended(body: bytes, extensions: dict[str, Any]) -> bytes:
    """Put the extensions behind whatever else an answer has."""
    return b"".join((memoryview(body)[:-1], b',"extensions":', orjson.dumps(extensions), b"}"))


def _encoded(body: dict[str, Any]) -> bytes:
    return orjson.dumps(_in_pieces(body))


def _in_pieces(value: Any) -> Any:  # noqa: ANN401 - any part of an answer
    """Write the long lists of a tree, and leave what stands around them."""
    if isinstance(value, dict):
        return {key: _in_pieces(part) for key, part in value.items()}
    if not isinstance(value, list) or len(value) <= PIECE:
        return value
    pieces = (orjson.dumps(value[at : at + PIECE])[1:-1] for at in range(0, len(value), PIECE))
    return orjson.Fragment(b"[" + b",".join(pieces) + b"]")
