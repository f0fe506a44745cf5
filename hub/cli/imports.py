"""`hub import` and `hub imports`: bringing datasets in, and what was brought in."""

import asyncio
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar
from rich.table import Table

from connectors.registry import named
from graph.runs import RunReport, runs
from graph.vocabulary import RunState
from hub import collector, partnership, stamps
from hub.imports import Progress, Result, Task, import_file, owner_of
from hub.services import open_graph
from hub.settings import Settings

SET_ASIDE = 3
LINE_EVERY = 5_000
CODES = """\b
Exit codes:
  0  everything is stored, or was already
  1  the file was refused and nothing is stored, or the import broke off: repeat it
  2  the command was not understood
  3  rows or values were set aside
"""
WIDTH = 200
"""Columns of a table that goes to a file or a pipe."""


@click.command("import", epilog=CODES)
@click.argument("name")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--agency", metavar="CODE", help="Whose file it is, where several agencies bring such a dataset.")
def import_(name: str, file: Path, agency: str | None) -> None:
    """Import FILE as the dataset NAME.

    What cannot be stored is set aside with its line, column and reason; the rest is stored. Importing a file again
    changes nothing. HUB_MAPPINGS names a folder of mappings of your own.
    """
    settings = Settings.read(os.environ)
    connector, partners = named(name, settings.mappings), partnership.read_partnership(settings.policies)
    task = Task(connector=connector, path=file, owner=owner_of(connector, agency, partners))
    for line in _notes(task, partners):
        click.echo(line, err=True)
    result = asyncio.run(_import(settings, partners, task))
    for line in _summary(result):
        click.echo(line)
    if not result.counts.rows_in:
        click.echo(f"note: {file.name} has no rows: is the extract whole?", err=True)
    if result.set_aside:
        raise click.exceptions.Exit(SET_ASIDE)


@click.command()
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="How many, newest first.")
def imports(limit: int) -> None:
    """List what was imported, newest first."""
    settings = Settings.read(os.environ)
    console = Console()
    if not console.is_terminal:
        console = Console(width=WIDTH)
    table = Table(box=None, pad_edge=False)
    for heading in ("began", "dataset", "owner", "file", "state"):
        table.add_column(heading, overflow="fold")
    for heading in ("rows", "stored", "unchanged", "set aside"):
        table.add_column(heading, justify="right", no_wrap=True)
    for report in asyncio.run(_runs(settings, limit)):
        table.add_row(*_cells(report))
    console.print(table if table.row_count else "nothing was imported yet")


def _notes(task: Task, partners: partnership.Partnership) -> Iterator[str]:
    owner, dataset = partners.get(task.owner), task.connector.name
    if owner is not None and dataset not in owner.datasets:
        yield (
            f"note: {owner.code} does not name {dataset} among its datasets, so that `hub policy check` and"
            " `hub policy matrix` know nothing of it; see agencies.yaml"
        )


async def _import(settings: Settings, partners: partnership.Partnership, task: Task) -> Result:
    collector.spare(collector.OF_IMPORT)
    async with open_graph(settings) as store:
        await partnership.state(store, partners, stamps.stamp())
        with _reporting(task) as report:
            return await import_file(store, task, report)


async def _runs(settings: Settings, limit: int) -> list[RunReport]:
    async with open_graph(settings) as store:
        return await runs(store, limit)


@contextmanager
def _reporting(task: Task) -> Iterator[Callable[[Progress], None]]:
    """Show progress as a bar on a terminal, else as a line now and then."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda progress: _say(task, progress)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=console, transient=True) as bar:
        shown = bar.add_task(task.connector.name, total=None)
        yield lambda progress: bar.update(shown, completed=progress.done, total=progress.rows)


def _say(task: Task, progress: Progress) -> None:
    if progress.done % LINE_EVERY == 0 or progress.done == progress.rows:
        click.echo(f"{task.connector.name}: {progress.done:,} of {progress.rows:,} rows", err=True)


def _summary(result: Result) -> Iterator[str]:
    counts = result.counts
    yield (
        f"{result.run.file}: {counts.rows_in:,} rows = {counts.stored:,} stored + {counts.unchanged:,} unchanged"
        f" + {counts.quarantined:,} set aside ({result.run.id})"
    )
    for reject in result.rejects:
        column = f", {reject.column}" if reject.column else ""
        yield f"  line {reject.line}{column}: {reject.reason}"
    if result.set_aside > len(result.rejects):
        yield f"  and {result.set_aside - len(result.rejects):,} more, kept with the run"


def _cells(report: RunReport) -> tuple[str, ...]:
    counts, state = report.counts, report.state.lower()
    if report.state is RunState.RUNNING and not stamps.is_alive(report.run.process):
        state = "broken off"
    numbers = (f"{number:,}" for number in (counts.rows_in, counts.stored, counts.unchanged, counts.quarantined))
    return (report.started_at, report.run.dataset, report.run.owner, report.run.file, state, *numbers)
