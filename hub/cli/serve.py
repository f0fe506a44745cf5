"""`hub serve`: the GraphQL interface, from now on until told to end."""

import asyncio
import logging
import os
import signal

import click

from hub.app import create_app
from hub.assembly import assembled
from hub.services import open_ready
from hub.serving import address, listening
from hub.serving import serve as serve_app
from hub.settings import Mode, Settings


@click.command()
def serve() -> None:
    """Serve the hub's GraphQL interface; ends in order on Ctrl-C or SIGTERM.

    Settings: HUB_HOST, HUB_PORT, HUB_DATA, HUB_POLICIES, HUB_MODE (demo or production), and for a Neo4j server
    HUB_GRAPH_URL, HUB_GRAPH_USER, HUB_GRAPH_PASSWORD; without it an embedded engine is started.
    """
    settings = Settings.read(os.environ)
    log_to_terminal()
    for warning in warnings(settings):
        click.echo(f"warning: {warning}", err=True)
    try:
        asyncio.run(run(settings))
    except asyncio.CancelledError:
        raise click.exceptions.Exit(128 + signal.SIGTERM) from None


def warnings(settings: Settings) -> list[str]:
    """What an operator should know before the hub serves."""
    if settings.mode is Mode.DEMO:
        return []
    found = ["production mode has no issuer of tokens yet, so nobody can sign in; HUB_MODE=demo has one"]
    if settings.graph is None:
        found.append(
            "production mode on the embedded engine, which is made for trials on one machine; "
            "set HUB_GRAPH_URL to a Neo4j server"
        )
    return found


def log_to_terminal() -> None:
    """Log what goes on; the driver's own words are left out, as whatever it reports is raised too."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("neo4j").setLevel(logging.CRITICAL)


async def run(settings: Settings) -> None:
    """Open everything and serve; SIGTERM while opening cancels."""
    task, loop = asyncio.current_task(), asyncio.get_running_loop()
    if task is not None:
        loop.add_signal_handler(signal.SIGTERM, task.cancel)
    with listening(settings.host, settings.port) as listener:
        async with open_ready(settings) as services, assembled(settings, services) as parts:
            click.echo(f"Concord answers at {address(listener)}/graphql ({settings.mode} mode, Ctrl-C ends)")
            loop.remove_signal_handler(signal.SIGTERM)
            await serve_app(create_app(parts), listener)
