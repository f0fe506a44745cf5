"""`hub ledger`: whether the record of disclosures is whole, and what it says."""

import asyncio
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import click
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from graph.mirror import read_records
from graph.standing import former
from graph.vocabulary import PERSON_PREFIX
from hub.ledger.errors import LedgerError
from hub.ledger.following import Follower, latest
from hub.ledger.mirror import GraphMirror
from hub.ledger.reading import Recorded, recorded, sightings
from hub.ledger.seals import public_key, public_text
from hub.ledger.segments import PUBLIC_KEY
from hub.ledger.verification import Heads, Report
from hub.ledger.verification import verify as verified
from hub.services import open_services
from hub.settings import Settings
from resolvers.ledger import Alteration, Disclosure

FOLLOW_SECONDS = 0.5

_DIRECTORY = click.Path(exists=True, file_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def ledger() -> None:
    """Verify the ledger, and ask who saw what."""


@ledger.command()
@click.argument("directory", required=False, type=_DIRECTORY)
@click.option("--key", type=_FILE, help="The public key to check the seals with; by default the one in the folder.")
@click.option("--mirror", is_flag=True, help="Compare the open ends with what the graph was told, to find a cut.")
def verify(directory: Path | None, key: Path | None, mirror: bool) -> None:  # noqa: FBT001 - click passes flags so
    """Check every line, seal and segment of a ledger, or of a copy in DIRECTORY; exit with 1 if anything is wrong."""
    folder = directory or _ledger_folder()
    public = _public_key(key or folder / PUBLIC_KEY)
    report = verified(folder, public, asyncio.run(_heads(public)) if mirror else None)
    for line in _said(report):
        click.echo(line)
    if key is None:
        click.echo("the key came from the folder itself: compare it with the one you know, or give --key")
    if not mirror:
        click.echo("a cut at the end of an open segment shows only with --mirror")
    if report.findings:
        raise click.exceptions.Exit(1)


@ledger.command("who-saw")
@click.argument("id_", metavar="ID")
def who_saw(id_: str) -> None:
    """List who was told what of a person, or of a single record: per_..., rec_..., case_..., pre_... ."""
    records = asyncio.run(_records(id_)) if id_.startswith(PERSON_PREFIX) else frozenset({id_})
    if not records:
        raise click.UsageError(
            f"the graph has no record of {id_!r}; of what it had before, ask by the records' own ids"
        )
    count = 0
    for one, disclosure in sightings(recorded(_ledger_folder()), records):
        click.echo(_sighting(one, disclosure, records))
        count += 1
    click.echo(f"{count} disclosures of {len(records)} {'record' if len(records) == 1 else 'records'}")


@ledger.command("who-changed")
@click.argument("id_", metavar="ID")
def who_changed(id_: str) -> None:
    """List who changed what of a person, a record, a case or anything else, by hand of those who run the hub too."""
    ids = {id_} | (asyncio.run(_records(id_)) if id_.startswith(PERSON_PREFIX) else frozenset())
    count = 0
    for one in recorded(_ledger_folder()):
        if changes := [changed for changed in one.entry.changes if changed.subject in ids]:
            click.echo(_changed(one, changes))
            count += 1
    click.echo(f"{count} {'change' if count == 1 else 'changes'}")


@ledger.command()
@click.option("-n", "--lines", default=10, show_default=True, type=click.IntRange(min=0), help="How many entries.")
@click.option("-f", "--follow", is_flag=True, help="Go on with new entries until interrupted.")
def tail(lines: int, follow: bool) -> None:  # noqa: FBT001 - click passes flags so
    """Print the last entries."""
    folder = _ledger_folder()
    follower = Follower(folder) if follow else None
    for one in latest(folder, lines):
        click.echo(_entry(one))
    while follower is not None:
        time.sleep(FOLLOW_SECONDS)
        for one in follower.more():
            click.echo(_entry(one))


def _ledger_folder() -> Path:
    folder = Settings.read(os.environ).data / "ledger"
    if not folder.is_dir():
        raise LedgerError(f"there is no ledger in {folder} yet; see HUB_DATA")
    return folder


def _public_key(path: Path) -> Ed25519PublicKey:
    try:
        return public_key(path.read_text(encoding="ascii"))
    except (OSError, ValueError) as error:
        raise LedgerError(f"{path} holds no public key of a ledger; give one with --key") from error


async def _heads(public: Ed25519PublicKey) -> Heads:
    async with open_services(Settings.read(os.environ)) as services:
        return await GraphMirror(services.store).remembered(public_text(public))


async def _records(person: str) -> frozenset[str]:
    """The records of a person; of one who was merged also those that were theirs and went another way since."""
    async with open_services(Settings.read(os.environ)) as services:
        ask = services.store.read
        return await read_records(ask, person) | await former(ask, person)


def _said(report: Report) -> Iterable[str]:
    yield from (f"WRONG  {finding}" for finding in report.findings)
    yield from (f"open   {finding}; cut at the next start" for finding in report.torn)
    verdict = f"{len(report.findings)} findings" if report.findings else "whole"
    yield f"{report.segments} segments, {report.lines} lines: {verdict}"
    yield f"key {report.key}"


def _sighting(one: Recorded, disclosure: Disclosure, records: frozenset[str]) -> str:
    fields = ", ".join(f"{name} ({rung})" for name, rung in sorted(disclosure.fields.items())) or "that it exists"
    seen = ", ".join(sorted(records.intersection(disclosure.records)))
    return "\n    ".join(
        (
            _who(one),
            f"{disclosure.type} {seen}: {fields}",
            f"under {', '.join(disclosure.agreements) or 'no agreement'}; receipt {one.receipt}",
        )
    )


def _changed(one: Recorded, changes: Sequence[Alteration]) -> str:
    made = (f"{changed.act}: {changed.type} {changed.subject}" for changed in changes)
    under = ", ".join(sorted({name for changed in changes for name in changed.agreements})) or "no agreement"
    return "\n    ".join((_who(one), *made, one.entry.operation or "-", f"under {under}; receipt {one.receipt}"))


def _who(one: Recorded) -> str:
    entry = one.entry
    return f"{one.time}  {entry.agency or '-'}  {entry.subject or '-'}  {entry.purpose or '-'}"


def _entry(one: Recorded) -> str:
    entry = one.entry
    told = ", ".join(_counts(entry.disclosures)) or "nothing"
    outcome = f"refused {entry.refusal}" if entry.refusal else told
    return f"{_who(one)}  {entry.operation or '-'}  {outcome}  {one.receipt}"


def _counts(disclosures: Iterable[Disclosure], most: int = 6) -> Iterator[str]:
    totals: dict[str, int] = {}
    for disclosure in disclosures:
        totals[disclosure.type] = totals.get(disclosure.type, 0) + len(disclosure.records)
    yield from (f"{count} {type_}" for type_, count in islice(sorted(totals.items()), most))
