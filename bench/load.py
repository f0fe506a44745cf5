"""Clients that ask the same again and again: a process of its own, which prints what it saw as JSON.

    python -m bench.load < request.json

The request has `host`, `port`, `clients`, `seconds`, `warm` (seconds that do not count) and `request`, the bytes to
send as text. Each client keeps one connection and waits for an answer before it asks again. Where the request has
`UNIQUE` in it, each that is sent has another text of the same length there.
"""

import asyncio
import json
import secrets
import sys
import time
from dataclasses import dataclass, field
from typing import Any

from httptools import HttpResponseParser

UNIQUE = "@" * 32
_UNIQUE = UNIQUE.encode()


@dataclass(slots=True, kw_only=True)
class Seen:
    """Milliseconds of each answer, and how many bytes of bodies came; raises on anything but 200."""

    milliseconds: list[float] = field(default_factory=list)
    body_bytes: int = 0


class Client(asyncio.Protocol):
    """One connection; `finished` is done once the deadline has passed, or with what went wrong."""

    def __init__(self, request: bytes, begin: float, end: float, seen: Seen) -> None:
        self.finished: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._request = request
        self._begin = begin
        self._end = end
        self._seen = seen
        self._parser = HttpResponseParser(self)
        self._size = 0
        self._asked = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the first time."""
        if isinstance(transport, asyncio.Transport):
            self._transport = transport
            self._ask()

    def data_received(self, data: bytes) -> None:
        """Read a part of an answer."""
        self._parser.feed_data(data)

    def connection_lost(self, error: Exception | None) -> None:
        """Note that the server closed before the end."""
        if not self.finished.done():
            self.finished.set_exception(error or ConnectionError("the server closed the connection"))

    def on_body(self, body: bytes) -> None:
        self._size += len(body)

    def on_message_complete(self) -> None:
        """Note the answer, and ask again or end."""
        now = time.perf_counter()
        status = self._parser.get_status_code()
        if status != 200:  # noqa: PLR2004 - HTTP's OK
            self.finished.set_exception(RuntimeError(f"the server answered {status}"))
        elif self._begin <= now <= self._end:
            self._seen.milliseconds.append((now - self._asked) * 1000)
            self._seen.body_bytes += self._size
        if now < self._end and not self.finished.done():
            self._parser = HttpResponseParser(self)
            self._ask()
            return
        if not self.finished.done():
            self.finished.set_result(None)
        self._transport.close()

    def _ask(self) -> None:
        self._size, self._asked = 0, time.perf_counter()
        self._transport.write(self._request.replace(_UNIQUE, secrets.token_hex(len(UNIQUE) // 2).encode()))


async def run(asked: dict[str, Any]) -> Seen:
    """Ask with that many clients for that long."""
    loop, seen = asyncio.get_running_loop(), Seen()
    begin = time.perf_counter() + asked["warm"]
    end = begin + asked["seconds"]
    request = asked["request"].encode()
    clients = [
        (await loop.create_connection(lambda: Client(request, begin, end, seen), asked["host"], asked["port"]))[1]
        for _ in range(asked["clients"])
    ]
    await asyncio.gather(*(client.finished for client in clients))
    return seen


def main() -> None:
    """Read the request, ask, and print what was seen."""
    seen = asyncio.run(run(json.load(sys.stdin)))
    sys.stdout.write(json.dumps({"milliseconds": seen.milliseconds, "body_bytes": seen.body_bytes}))


if __name__ == "__main__":
    main()
