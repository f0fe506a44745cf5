"""A client that takes too long is let go, and nobody else notices."""

import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from hub.connections import Connection
from tests.support.http_server import serving

MEGABYTE = 1024 * 1024
LARGE = 64 * MEGABYTE
"""More than the kernel takes for a client that reads nothing."""
SMALL_BUFFER = 4096
PATIENCE = 60.0
"""Until a test gives up; the server gives up long before."""


class Impatient(Connection):
    asking_seconds = 0.4
    taking_seconds = 0.4


async def small(request: Request) -> Response:
    return Response(await request.body() or b"here")


async def large(request: Request) -> Response:
    del request
    return Response(bytes(LARGE))


async def parts(request: Request) -> Response:
    del request
    return StreamingResponse(iter([bytes(MEGABYTE)] * 64))


def application() -> Starlette:
    return Starlette(
        routes=[
            Route("/small", small, methods=["GET", "POST"]),
            Route("/large", large),
            Route("/parts", parts),
        ]
    )


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving(application(), Impatient) as url:
        yield url


def connected(address: str) -> socket.socket:
    """Connect as somebody who is not given much room for what is not read."""
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL_BUFFER)
    client.settimeout(PATIENCE)
    url = urlsplit(address)
    client.connect((url.hostname, url.port))
    return client


def taken(client: socket.socket) -> int:
    """Read to the end, and say how many bytes came; the end may be a broken one."""
    size = 0
    try:
        while part := client.recv(MEGABYTE):
            size += len(part)
    except ConnectionResetError:
        pass
    return size


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"GET /small HTTP/1.1\r\nHost: hub\r\nX-Slow: ", id="half a head"),
        pytest.param(b"POST /small HTTP/1.1\r\nHost: hub\r\nContent-Length: 9\r\n\r\nhalf", id="half a body"),
        pytest.param(b"\r\n", id="no request at all"),
    ],
)
def test_who_does_not_say_what_they_ask_is_let_go(address: str, words: bytes) -> None:
    with connected(address) as client:
        client.sendall(words)
        assert httpx.get(f"{address}/small").text == "here"
        assert taken(client) == 0


def test_who_says_it_a_byte_at_a_time_is_let_go_too(address: str) -> None:
    with connected(address) as client, pytest.raises(ConnectionError):  # noqa: PT012 - any of the bytes may be the last
        client.sendall(b"GET /small HTTP/1.1\r\nX-Slow: ")
        for _ in range(int(PATIENCE * 50)):
            client.sendall(b"x")
            client.settimeout(0.02)
            try:
                if not client.recv(1):
                    raise ConnectionResetError
            except TimeoutError:
                continue


@pytest.mark.parametrize("path", ["/large", "/parts"])
def test_who_does_not_take_an_answer_is_let_go(address: str, path: str) -> None:
    with connected(address) as client:
        client.sendall(f"GET {path} HTTP/1.1\r\nHost: hub\r\n\r\n".encode())
        with connected(address) as other:
            other.sendall(b"GET /small HTTP/1.1\r\nHost: hub\r\n")
            assert taken(other) == 0, "the other was let go, so the first was too"
        assert httpx.get(f"{address}/small").text == "here"
        assert taken(client) < LARGE


def test_who_takes_it_is_given_it_whole_and_may_ask_again() -> None:
    with serving(application()) as address, httpx.Client(timeout=PATIENCE) as client:
        for path in ("/large", "/parts", "/large"):
            assert len(client.get(f"{address}{path}").content) == LARGE
        assert client.post(f"{address}/small", content=b"again").content == b"again"
