"""Serving an application on a port, until told to end."""

import signal
import socket
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from types import FrameType

from starlette.types import ASGIApp
from uvicorn import Config, Server

from hub import collector
from hub.connections import Connection, Conversation
from hub.reading import LONGEST
from hub.settings import SettingsError

BACKLOG = 2048
ACCEPTED_AT_ONCE = 1
"""Connections taken in one go: a worker that takes all that wait leaves none to the others."""
GRACE_SECONDS = 10


class Serving(Server):
    """A server that ends in order when it is told to, and lets its caller end in order too.

    Told once it takes no new request and finishes those that it has, at most for `GRACE_SECONDS`; told twice it drops
    them.
    """

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        del sig, frame
        self.force_exit = self.should_exit
        self.should_exit = True

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to accept; connections that come while this process is busy wait in the kernel."""
        await super().startup(sockets)
        for listener in sockets or ():
            listener.listen(BACKLOG)

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Take the signals that end a process."""
        signals = (signal.SIGINT, signal.SIGTERM)
        before = {number: signal.signal(number, self.handle_exit) for number in signals}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


@contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """Take the port before anything dear is opened; raises SettingsError where that is not possible."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except socket.gaierror as error:
        raise SettingsError(
            f"HUB_HOST is {host!r}; allowed is an address of this machine ({error.strerror})"
        ) from error
    with socket.socket(family, kind, protocol) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(address)
            listener.listen(BACKLOG)
        except PermissionError as error:
            raise SettingsError(f"HUB_PORT is {port}, which needs rights that you do not have; set another") from error
        except OSError as error:
            raise SettingsError(
                f"HUB_PORT is {port}, on which the hub cannot listen at {host}: {error.strerror}; set another"
            ) from error
        yield listener


def address(listener: socket.socket) -> str:
    """Give the address for a browser."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if listener.family is socket.AF_INET6 else f"http://{host}:{port}"


async def serve(app: ASGIApp, listener: socket.socket) -> None:
    """Serve until SIGINT or SIGTERM."""
    collector.spare()
    config = Config(
        app,
        http=Connection,
        ws=Conversation,
        ws_max_size=LONGEST,
        ws_per_message_deflate=False,
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
        backlog=ACCEPTED_AT_ONCE,
    )
    await Serving(config).serve(sockets=[listener])
