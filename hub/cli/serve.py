"""`hub serve`: the GraphQL interface, from now on until told to end."""

import asyncio
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager

import click
import uvloop

from hub import journal
from hub.app import create_app
from hub.assembly import assembled
from hub.services import open_ready
from hub.serving import address, listening
from hub.serving import serve as serve_app
from hub.settings import Mode, Settings
from hub.supervisor import CONNECTIONS, Supervisor

_log = logging.getLogger(__name__)
MOST_WORKERS = 32
MOST_CONNECTIONS = 100


@click.command()
@click.option(
    "--workers", type=click.IntRange(1, MOST_WORKERS), default=1, show_default=True, help="How many processes."
)
@click.option("--listener", type=int, hidden=True, help="The socket that a supervisor hands to its worker.")
def serve(workers: int, listener: int | None) -> None:
    """Serve the hub's GraphQL interface; ends in order on Ctrl-C or SIGTERM, a second one drops what is asked.

    Settings: HUB_HOST, HUB_PORT, HUB_DATA, HUB_POLICIES, HUB_MODE (demo or production), HUB_LOG (text or json), and for
    a Neo4j server HUB_GRAPH_URL, HUB_GRAPH_USER, HUB_GRAPH_PASSWORD; without it an embedded engine is started. In
    production HUB_ISSUERS names the folder of whose tokens are believed, and HUB_URL where browsers find the hub.
    """
    settings = Settings.read(os.environ)
    journal.begin(settings.log)
    pool = min(MOST_CONNECTIONS, CONNECTIONS // workers)
    if listener is not None:
        _run(_work(settings, socket.socket(fileno=listener), pool))
        return
    for warning in warnings(settings):
        _log.warning("%s", warning)
    with listening(settings.host, settings.port) as opened:
        _run(_serve(settings, opened, pool) if workers == 1 else _supervise(settings, opened, workers))


def warnings(settings: Settings) -> list[str]:
    """What an operator should know before the hub serves."""
    if settings.mode is Mode.DEMO:
        return []
    found = []
    if settings.issuers is None:
        found.append("HUB_ISSUERS is not set, so nobody can sign in; HUB_MODE=demo has made-up people")
    if settings.graph is None:
        found.append(
            "production mode on the embedded engine, which is made for trials on one machine; "
            "set HUB_GRAPH_URL to a Neo4j server"
        )
    return found


async def _serve(settings: Settings, listener: socket.socket, pool: int) -> None:
    await _answer(settings, listener, pool, lambda: _announce(settings, address(listener)))


async def _work(settings: Settings, listener: socket.socket, pool: int) -> None:
    """Serve as a worker: the end of the standard input is the supervisor's."""
    asyncio.get_running_loop().add_reader(sys.stdin, _end)
    await _answer(settings, listener, pool, lambda: click.echo("ready"))


async def _answer(settings: Settings, listener: socket.socket, pool: int, ready: Callable[[], None]) -> None:
    """Open everything and serve; SIGTERM while opening cancels."""
    with _cancelling() as opened:
        async with open_ready(settings, pool=pool) as services, assembled(settings, services) as parts:
            ready()
            opened()
            await serve_app(create_app(parts), listener)


async def _supervise(settings: Settings, listener: socket.socket, workers: int) -> None:
    """Hold the engine for the workers, and keep them."""
    program = (sys.executable, "-P", "-m", "hub.cli.main", "serve", "--workers", str(workers), "--listener")
    supervisor, where = Supervisor(program, listener, workers), address(listener)
    with _cancelling() as opened:
        async with open_ready(settings):
            opened()
            await supervisor.run(lambda: _announce(settings, where))
    if supervisor.failed:
        raise click.ClickException("a worker could not begin; it says above why")


@contextmanager
def _cancelling() -> Iterator[Callable[[], None]]:
    """Let SIGTERM cancel the task, until what is given is called."""
    task, loop = asyncio.current_task(), asyncio.get_running_loop()

    def opened() -> None:
        loop.remove_signal_handler(signal.SIGTERM)

    if task is not None:
        loop.add_signal_handler(signal.SIGTERM, task.cancel)
    yield opened


def _run(serving: Coroutine[None, None, None]) -> None:
    """Run on a loop that costs less for each request than Python's own."""
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(serving)
    except asyncio.CancelledError:
        raise click.exceptions.Exit(128 + signal.SIGTERM) from None


def _announce(settings: Settings, where: str) -> None:
    click.echo(f"Concord answers at {where}/graphql ({settings.mode} mode, Ctrl-C ends)")


def _end() -> None:
    asyncio.get_running_loop().remove_reader(sys.stdin)
    os.kill(os.getpid(), signal.SIGTERM)
