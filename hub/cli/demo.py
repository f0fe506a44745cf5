"""`hub demo`: a partnership to try, from nothing to four answers."""

import asyncio
import os
import signal
from dataclasses import replace
from datetime import date
from functools import partial

import click
from rich.console import Console

from hub import clock, journal, partnership, stamps
from hub.app import Parts, create_app
from hub.assembly import assembled
from hub.demo.datasets import PEOPLE, bring_in
from hub.demo.invitation import invitation
from hub.demo.questions import Told, ask_all, explorer_query
from hub.demo.scene import referral
from hub.demo.scene.lines import printed
from hub.demo.scene.stage import Stage
from hub.demo.table import table_of
from hub.errors import SceneError
from hub.identity.issuing import KEY_NAME, KEY_SIZE, development_issuer
from hub.live.endpoint import LiveEndpoint
from hub.services import Services, open_ready
from hub.serving import address, listening, serve
from hub.settings import Mode, Settings, SettingsError

TABLE_WIDTH = 150
SCENES = {"referral": referral.play}


@click.command()
@click.option(
    "--people", type=click.IntRange(min=1), default=PEOPLE, show_default=True, help="How many to make up at first."
)
@click.option("--once", is_flag=True, help="End after the answers instead of serving.")
@click.option(
    "--scene", type=click.Choice(sorted(SCENES)), help="Play a scene: people of several agencies work on one matter."
)
def demo(people: int, once: bool, scene: str | None) -> None:  # noqa: FBT001 - click passes flags so
    """Import real public data and a made-up partnership, ask as four people, and serve.

    Everybody in it is fictitious. What was imported stays in HUB_DATA: the next start is quick. Settings: HUB_HOST,
    HUB_PORT, HUB_DATA, HUB_POLICIES.
    """
    settings = Settings.read(os.environ, mode=Mode.DEMO)
    if settings.mode is not Mode.DEMO:
        raise SettingsError("HUB_MODE is 'production'; the demo serves made-up people in demo mode only")
    journal.begin(settings.log)
    try:
        is_whole = asyncio.run(_demo(settings, people, scene, serves=not once))
    except asyncio.CancelledError:
        raise click.exceptions.Exit(128 + signal.SIGTERM) from None
    if not is_whole:
        raise click.exceptions.Exit(1)


async def _demo(settings: Settings, people: int, scene: str | None, *, serves: bool) -> bool:
    task = asyncio.current_task()
    if task is not None:
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    with listening(settings.host, settings.port) as listener:
        async with open_ready(settings) as services:
            await _import(settings, services, people)
            async with assembled(settings, services) as parts:
                told = await ask_all(parts.answerer)
                _show(told)
                is_whole = scene is None or parts.live is None or await _play(scene, parts.live)
                if serves:
                    issuer = development_issuer(services.folder.secret(KEY_NAME, KEY_SIZE), settings.mode)
                    click.echo(invitation(address(listener), issuer, clock.moment()))
                    await serve(create_app(_beginning_with(parts, explorer_query(told))), listener)
    return is_whole


def _show(told: list[Told]) -> None:
    _console().print(table_of(told))


async def _play(scene: str, live: LiveEndpoint) -> bool:
    """Play a scene; whether it came to its end."""
    console = _console()
    stage = Stage(streams=live.means.streams, today=date.fromisoformat(clock.today()), tell=partial(printed, console))
    try:
        await SCENES[scene](stage)
    except SceneError as error:
        click.echo(f"The scene ends here: {error}", err=True)
        return False
    return True


def _console() -> Console:
    console = Console()
    return console if console.is_terminal else Console(width=TABLE_WIDTH)


def _beginning_with(parts: Parts, query: str) -> Parts:
    """Let the explorer begin with the question that was just asked."""
    return replace(parts, explorer=replace(parts.explorer, query=query)) if parts.explorer is not None else parts


async def _import(settings: Settings, services: Services, people: int) -> None:
    partners = partnership.read_partnership(settings.policies)
    await partnership.state(services.store, partners, stamps.stamp())
    async for extract, result in bring_in(services.store, partners, services.folder.demo, people):
        counts = result.counts
        click.echo(
            f"{extract.file:38} {counts.rows_in:>6,} rows: {counts.stored:,} stored, {counts.unchanged:,} unchanged, "
            f"{counts.quarantined:,} rows and {result.set_aside:,} entries set aside"
        )
