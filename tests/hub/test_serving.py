"""A port is taken before anything is opened, and a signal ends the serving in order."""

import os
import signal
import socket
import subprocess
import sys

import httpx
import pytest

from hub.serving import address, listening
from hub.settings import SettingsError

PROGRAM = """
import asyncio
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from hub.serving import address, listening, serve

async def main():
    app = Starlette(routes=[Route("/", lambda request: PlainTextResponse("here"))])
    with listening("127.0.0.1", 0) as listener:
        print(address(listener), flush=True)
        await serve(app, listener)
    print("ended in order", flush=True)

asyncio.run(main())
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_serving_in_order(number: signal.Signals) -> None:
    with subprocess.Popen([sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        url = server.stdout.readline().strip()
        assert httpx.get(url).text == "here"
        os.kill(server.pid, number)
        assert server.stdout.read() == "ended in order\n"
        assert server.wait() == 0


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
