"""Two hundred clients that ask or take slowly keep nobody from being answered."""

import socket
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from tests.support.served import AGENCIES, Served, hub_variables, served

SLOW = 200
HEAD = "POST /graphql HTTP/1.1\r\nHost: hub\r\nAuthorization: Bearer {token}\r\n"
BODY = "Content-Type: application/json\r\nContent-Length: 900\r\n\r\n{{"
WAYS = ("", HEAD + "X-Slow: ", HEAD + BODY)
QUESTIONS = 20
pytestmark = [pytest.mark.soak, pytest.mark.timeout(600)]


def slow_client(hub: Served, way: int) -> socket.socket:
    """Connect, say the beginning of something, and leave it there."""
    url = urlsplit(hub.url)
    client = socket.create_connection((str(url.hostname), int(url.port or 0)), timeout=60)
    client.sendall(WAYS[way % len(WAYS)].format(token=hub.token).encode())
    return client


def is_let_go(client: socket.socket) -> bool:
    """Whether the hub has ended that connection by now."""
    client.setblocking(False)  # noqa: FBT003 - the socket's own way to say it
    try:
        return client.recv(1) == b""
    except BlockingIOError:
        return False
    except ConnectionResetError:
        return True


def test_somebody_is_answered_before_any_of_two_hundred_slow_ones_is_let_go(tmp_path: Path) -> None:
    with served(hub_variables(tmp_path / "hub")) as hub, httpx.Client() as client, ExitStack() as crowd:
        before = hub.ask(AGENCIES, client=client).json()["data"]
        slow = [crowd.enter_context(slow_client(hub, way)) for way in range(SLOW)]
        for _ in range(QUESTIONS):
            assert hub.ask(AGENCIES, client=client).json()["data"] == before
        assert hub.ask().json()["data"] == before, "over a connection that comes after all of theirs"
        assert not any(map(is_let_go, slow)), "it took as long as the slow are suffered"
        for one in slow:
            one.settimeout(90)
            assert is_ended(one)
        assert hub.ask().json()["data"] == before


def is_ended(client: socket.socket) -> bool:
    """Wait until the hub ends that connection."""
    try:
        return client.recv(1) == b""
    except ConnectionResetError:
        return True
