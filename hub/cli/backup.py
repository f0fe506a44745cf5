"""`hub backup` and `hub restore`: everything that a hub holds, in one file and back."""

import asyncio
import os
from pathlib import Path

import click

from hub import clock, stamps
from hub.backup.archive import Summary
from hub.backup.making import Occasion, make
from hub.backup.restoring import fill, laid_out, look_through
from hub.folder import Folder
from hub.policies import read_policies
from hub.services import open_services
from hub.settings import Settings
from policies.engine import compile_engine
from policies.errors import PolicyError

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("place", type=click.Path(path_type=Path))
def backup(place: Path) -> None:
    """Write everything that the hub holds to PLACE, a new file, or a folder in which one is made.

    The hub may go on serving; imports wait meanwhile. The file holds everything unprotected, keys too: keep it as you
    keep the data folder. What is not in it are the settings, the policies and the demo's extracts.
    """
    settings = Settings.read(os.environ)
    path = place / f"concord-{clock.moment():%Y%m%dT%H%M%SZ}.backup" if place.is_dir() else place
    occasion = Occasion(now=stamps.now(), process=stamps.process(), policies=_policies(settings))
    summary = asyncio.run(_backup(settings, path, occasion))
    click.echo(f"{path}: {_said(summary)}")
    click.echo(f"sha256 of its content: {summary.digest}")


@click.command()
@click.argument("file", type=_FILE)
def restore(file: Path) -> None:
    """Put back what FILE holds, into an empty HUB_DATA and an empty graph, of this kind of engine or the other.

    FILE is read to its end first. A restoration that is broken off leaves nothing that a hub would serve; repeat it.
    """
    settings = Settings.read(os.environ)
    summary = asyncio.run(_restore(settings, file))
    click.echo(f"restored {_said(summary)}")
    if summary.header["policies"] != _policies(settings):
        click.echo("note: the hub served by other policies when the backup was made; see HUB_POLICIES")
    click.echo("check it with `hub doctor --facts` and `hub ledger verify --mirror`")


async def _backup(settings: Settings, path: Path, occasion: Occasion) -> Summary:
    async with open_services(settings) as services:
        return await make(path, services, occasion)


async def _restore(settings: Settings, path: Path) -> Summary:
    summary = look_through(path)
    async with laid_out(path, Folder.open(settings.data)) as files, open_services(settings) as services:
        await fill(path, summary, services, files)
    return summary


def _policies(settings: Settings) -> str | None:
    """The hash of the policies that hold; None where they cannot be used, which must not keep anybody from a backup."""
    from schema.catalogue import catalogue  # noqa: PLC0415 - the schema takes its time, and `--help` must not wait

    try:
        return compile_engine(read_policies(settings.policies), catalogue()).policy_hash
    except PolicyError:
        return None


def _said(summary: Summary) -> str:
    nodes, links = (sum(summary.counts[kind].values()) for kind in ("nodes", "links"))
    segments = sum(name.endswith(".jsonl") for name in summary.counts["file"])
    return f"{nodes:,} nodes, {links:,} links, {segments} segments of the ledger, as of {summary.header['made']}"
