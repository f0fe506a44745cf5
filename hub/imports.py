"""Importing a file: look through it, then store it batch by batch."""

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator
from contextlib import aclosing, closing, suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from connectors import areas
from connectors.base import Connector, Context
from connectors.errors import FileRefused, ImportRefused
from connectors.schools.stating import DATASET as SCHOOLS
from graph.agencies import own_nodes
from graph.batch import Batch
from graph.errors import GraphError
from graph.grid import NationalGrid
from graph.records import Reject, Row
from graph.relay import outcomes
from graph.runs import Counts, Run, finish_run, start_run
from graph.store import Store
from graph.vocabulary import Node, RunState
from graph.wards import ward_map
from hub import clock, stamps
from hub.lookahead import ahead
from hub.partnership import Partnership
from hub.survey import Survey
from policies.vocabulary import HUB

BATCH = 5_000
SHOWN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Whose file of which dataset is to be imported."""

    connector: Connector
    path: Path
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How many rows of how many that were seen have been dealt with."""

    done: int
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of a file; `set_aside` counts everything in quarantine, `rejects` are the first of it."""

    run: Run
    counts: Counts
    set_aside: int
    rejects: tuple[Reject, ...]


def owner_of(connector: Connector, agency: str | None, partnership: Partnership) -> str:
    """Whose dataset it is; raises ImportRefused where the agency given is missing, or cannot bring it."""
    if connector.owner is not None:
        if agency not in (None, connector.owner):
            raise ImportRefused(f"{connector.name} is {connector.owner}'s dataset, not {agency}'s")
        if connector.owner not in (HUB, *partnership):
            raise ImportRefused(f"{connector.owner}, whose dataset {connector.name} is, is not in the partnership")
        return connector.owner
    can = sorted(code for code, entry in partnership.items() if entry.type is connector.owner_type)
    if agency is None:
        raise ImportRefused(f"say whose {connector.name} it is with --agency: {' or '.join(can) or 'there is nobody'}")
    if agency not in can:
        raise ImportRefused(f"{agency} cannot bring {connector.name}: {' or '.join(can) or 'nobody'} can")
    return agency


async def import_file(store: Store, task: Task, report: Callable[[Progress], None]) -> Result:
    """Store what a file says. It may be repeated, also after it was broken off, and changes nothing the second time.

    Raises FileRefused with the file's name before anything is stored; GraphUnavailable with the batches so far stored.
    """
    context = await _context(store, task)
    try:
        return await _read(store, task, context, report)
    except FileRefused as error:
        await _note_refusal(store, _run(task))
        raise FileRefused(f"{task.path.name}: {error}") from error


async def _note_refusal(store: Store, run: Run) -> None:
    """Keep that a file was refused, not why: the reason may hold a word of a file that is not what it should be."""
    now = stamps.now()
    with suppress(GraphError):
        await start_run(store, run, now, stamps.is_alive)
        await finish_run(store, run.id, RunState.REFUSED, now)


async def _read(store: Store, task: Task, context: Context, report: Callable[[Progress], None]) -> Result:
    with task.path.open("rb") as source, closing(Survey()) as survey:
        if not source.seekable():
            raise FileRefused("the file is a stream; save it first")
        connector = task.connector
        if not connector.uniform:
            await _look_through(connector.parse(source, context), survey)
        async with aclosing(ahead(_prepared(connector.parse(source, context), survey, connector))) as batches:
            return await _store(store, task, batches, lambda done: report(Progress(done=done, rows=survey.rows)))


async def _context(store: Store, task: Task) -> Context:
    wards = await ward_map(store, areas.CURRENT)
    if task.connector.places_points and not wards.codes:
        raise ImportRefused(f"{task.connector.name} places points in wards: import wards-{areas.CURRENT} first")
    grid = NationalGrid.of_great_britain()
    own = await own_nodes(store, task.owner, SCHOOLS) if task.owner != HUB else {}
    return Context(owner=task.owner, today=clock.today(), ward_at=wards.code_at, degrees_of=grid.degrees, own=own)


async def _look_through(rows: Iterator[Row], survey: Survey) -> None:
    async with aclosing(ahead(map(survey.see, _batches(rows)))) as looking:
        async for _ in looking:
            pass


def _prepared(rows: Iterator[Row], survey: Survey, connector: Connector) -> Iterator[Batch]:
    """The rows as they are to be stored; those of a uniform dataset are looked at on the way."""
    for batch in _batches(rows):
        if connector.uniform:
            survey.see(batch)
        yield Batch.of(survey.settle(batch))


async def _store(store: Store, task: Task, batches: AsyncGenerator[Batch], report: Callable[[int], None]) -> Result:
    first = await anext(batches, None)  # before the run begins, which is not to be seen of a file that is refused
    run = _run(task)
    await start_run(store, run, stamps.now(), stamps.is_alive)
    try:
        result = await _write(store, run, _chained(first, batches), report)
    except BaseException:
        with suppress(GraphError):
            await finish_run(store, run.id, RunState.FAILED, stamps.now())
        raise
    await finish_run(store, run.id, RunState.FINISHED, stamps.now())
    return result


async def _write(store: Store, run: Run, batches: AsyncIterator[Batch], report: Callable[[int], None]) -> Result:
    total, set_aside, shown = Counts(), 0, list[Reject]()
    async with aclosing(outcomes(store, batches, run, stamps.stamp)) as stored:
        async for outcome in stored:
            total = total.plus(outcome.counts)
            set_aside += len(outcome.rejects)
            shown += outcome.rejects[: SHOWN - len(shown)]
            report(total.rows_in)
    if total.rows_in != total.stored + total.unchanged + total.quarantined:
        raise AssertionError(f"rows are unaccounted for: {total}")
    return Result(run=run, counts=total, set_aside=set_aside, rejects=tuple(shown))


async def _chained(first: Batch | None, rest: AsyncIterator[Batch]) -> AsyncIterator[Batch]:
    if first is not None:
        yield first
    async for batch in rest:
        yield batch


def _run(task: Task) -> Run:
    return Run(
        id=stamps.identifier(Node.IMPORT_RUN.prefix),
        connector=task.connector.name,
        file=task.path.name,
        owner=task.owner,
        dataset=task.connector.dataset,
        process=stamps.process(),
    )


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(rows, BATCH)):
        yield batch
