"""A port is taken before anything is opened, and a signal ends the serving in order."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from hub.serving import address, listening
from hub.settings import SettingsError
from tests.support.holding import eventually

PROGRAM = """
import asyncio, sys
from pathlib import Path
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from hub import serving
from hub.serving import address, listening, serve

serving.GRACE_SECONDS = int(sys.argv[2])

async def slow(request):
    print("asked", flush=True)
    while not Path(sys.argv[1]).exists():
        await asyncio.sleep(0.01)
    return PlainTextResponse("late")

async def main():
    app = Starlette(routes=[Route("/", lambda request: PlainTextResponse("here")), Route("/slow", slow)])
    with listening("127.0.0.1", 0) as listener:
        print(address(listener), flush=True)
        await serve(app, listener)
    print("ended in order", flush=True)

asyncio.run(main())
"""


@contextmanager
def serving(release: Path, grace: int = 60) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Serve in a process; `/slow` is answered once the file `release` is there."""
    program = [sys.executable, "-c", PROGRAM, str(release), str(grace)]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout is not None
        try:
            yield server, server.stdout.readline().strip()
        finally:
            server.kill()


@contextmanager
def asking(server: subprocess.Popen[str], url: str) -> Iterator[Future[httpx.Response]]:
    """Have a slow answer in the making."""
    assert server.stdout is not None
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(httpx.get, f"{url}/slow", timeout=60, trust_env=False)
        assert server.stdout.readline() == "asked\n"
        yield answer


def is_refused(url: str) -> bool:
    try:
        httpx.get(url, trust_env=False)
    except httpx.ConnectError:
        return True
    except httpx.TransportError:  # taken, and closed without an answer
        return False
    return False


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_serving_in_order(number: signal.Signals) -> None:
    with serving(Path("/nowhere")) as (server, url):
        assert server.stdout is not None
        assert httpx.get(url).text == "here"
        os.kill(server.pid, number)
        assert server.stdout.read() == "ended in order\n"
        assert server.wait() == 0


def test_a_running_answer_is_finished_and_no_new_one_begun(tmp_path: Path) -> None:
    with serving(tmp_path / "release") as (server, url), asking(server, url) as answer:
        server.send_signal(signal.SIGTERM)
        eventually(lambda: is_refused(url))
        assert not answer.done()
        (tmp_path / "release").touch()
        assert answer.result().text == "late"
        assert server.wait(60) == 0


def test_a_second_signal_does_not_wait_for_running_answers() -> None:
    with serving(Path("/nowhere")) as (server, url), asking(server, url) as answer:
        server.send_signal(signal.SIGTERM)
        eventually(lambda: is_refused(url))
        server.send_signal(signal.SIGTERM)
        assert server.wait(60) == 0
        with pytest.raises(httpx.HTTPError):
            answer.result().raise_for_status()


def test_an_answer_that_takes_longer_than_the_grace_is_dropped() -> None:
    with serving(Path("/nowhere"), grace=1) as (server, url), asking(server, url) as answer:
        server.send_signal(signal.SIGTERM)
        assert server.wait(60) == 0
        with pytest.raises(httpx.HTTPError):
            answer.result().raise_for_status()


def test_a_port_that_is_taken_is_refused_by_its_setting() -> None:
    with listening("127.0.0.1", 0) as first:
        port = first.getsockname()[1]
        with pytest.raises(SettingsError, match=f"HUB_PORT is {port}, on which the hub cannot listen"):
            listening("127.0.0.1", port).__enter__()


@pytest.mark.parametrize("host", ["no-such-host.invalid", "192.0.2.1"])
def test_a_host_that_is_not_this_machine_is_refused(host: str) -> None:
    with pytest.raises(SettingsError, match=r"HUB_HOST|cannot listen at 192\.0\.2\.1"):
        listening(host, 8000).__enter__()


@pytest.mark.skipif(not socket.has_ipv6, reason="a machine without IPv6")
def test_an_address_can_be_of_either_family() -> None:
    with listening("127.0.0.1", 0) as listener:
        assert address(listener) == f"http://127.0.0.1:{listener.getsockname()[1]}"
    with listening("::1", 0) as listener:
        assert address(listener) == f"http://[::1]:{listener.getsockname()[1]}"
