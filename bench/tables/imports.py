"""Imports against bare UNWIND MERGE of the same rows, and of what they stored; how much memory they take."""

import asyncio
import json
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from bench import files
from bench.engines import engine
from bench.figures import Figure, Table, at_least, at_most
from bench.holding import AGREED
from bench.loading import load, opened
from bench.processes import BenchError
from bench.rounds import Span
from bench.servers import Ground
from bench.setting import Plan
from bench.stored import Source
from graph.migrations import migrate
from graph.store import Store
from hub import stamps
from hub.partnership import read_partnership, state

KINDS = {"places": "one node a row", "venues": "two nodes and a link a row", "people": "people, linked"}
SPEED, MEMORY = at_least(0.7), at_most(50)
TIMES = 10
"""How many times as many rows the larger file of the comparison of memory has."""
MOST_ROUNDS = 3
MOST_ROWS = 20_000
"""Rows of which what was stored is taken out of one graph and merged into another: people are four nodes each."""
WARMING = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """What one import took: seconds, and MiB of its process at the most."""

    seconds: float
    peak: float


async def compare(plan: Plan) -> list[Table]:
    """Measure on an engine that begins empty and keeps what was imported: every round brings rows of its own."""
    async with engine(plan.kind, plan.folder / "imports") as connection:
        async with opened(connection) as store:
            await _prepare(store)
        ground = Ground(connection=connection, folder=plan.folder)
        tables = [await _speed(ground, plan), await _memory(ground, plan)]
    return [*tables, await _again(plan)]


async def _prepare(store: Store) -> None:
    await migrate(store, stamps.stamp())
    await state(store, read_partnership(AGREED), stamps.stamp())


async def _speed(ground: Ground, plan: Plan) -> Table:
    table = Table(
        title="Imports against bare UNWIND MERGE", engine=plan.kind.value, size=f"{plan.rows:,} rows", unit="rows/s"
    )
    for kind, name in KINDS.items():
        rounds = [
            [await _import(ground, way, kind, (plan.rows, number)) for way in ("hub", "bare")]
            for number in range(min(plan.rounds, MOST_ROUNDS))
        ]
        table.figures.append(
            Figure(
                name=name,
                ours=Span.of(plan.rows / hub.seconds for hub, _ in rounds),
                theirs=Span.of(plan.rows / bare.seconds for _, bare in rounds),
                ratio=Span.of(bare.seconds / hub.seconds for hub, bare in rounds),
                target=SPEED,
            )
        )
    return table


async def _again(plan: Plan) -> Table:
    """Import into one graph, and merge what that stored into another with the same constraints and indexes."""
    rows = min(plan.rows, MOST_ROWS)
    title, unit = "Imports against bare UNWIND MERGE of what they stored", "rows/s"
    table = Table(title=title, engine=plan.kind.value, size=f"{rows:,} rows", unit=unit)
    async with (
        engine(plan.kind, plan.folder / "stored") as one,
        engine(plan.kind, plan.folder / "merged") as other,
        opened(one) as store,
        opened(other) as target,
    ):
        await _prepare(store)
        await migrate(target, stamps.stamp())
        both = _Both(ground=Ground(connection=one, folder=plan.folder), source=Source(store), target=target)
        await both.merge()
        for kind, name in KINDS.items():
            for size in ((WARMING, 0), (rows, 1)):
                hub = await _import(both.ground, "hub", kind, size)
                bare = await both.merge()
            table.figures.append(
                Figure(
                    name=name,
                    ours=Span.of([rows / hub.seconds]),
                    theirs=Span.of([rows / bare]),
                    ratio=Span.of([bare / hub.seconds]),
                )
            )
    return table


@dataclass(frozen=True, slots=True, kw_only=True)
class _Both:
    """A graph that is imported into, and one in which what that stored is merged."""

    ground: Ground
    source: Source
    target: Store

    async def merge(self) -> float:
        """Merge what was stored since the last time; returns the seconds that this took, without the taking out."""
        stored = await self.source.more()
        begun = time.perf_counter()
        await load(self.target, stored.steps())
        return time.perf_counter() - begun


async def _memory(ground: Ground, plan: Plan) -> Table:
    table = Table(
        title="Peak memory of an import",
        engine=plan.kind.value,
        size=f"{plan.rows * TIMES:,} rows against {plan.rows:,}",
        unit="MiB",
    )
    small, large = [
        await _import(ground, "hub", "places", (rows, MOST_ROUNDS + at))
        for at, rows in enumerate((plan.rows, plan.rows * TIMES))
    ]
    table.figures += [
        Figure(name="peak", ours=Span.of([large.peak]), theirs=Span.of([small.peak])),
        Figure(name="more for the larger file", ours=Span.of([large.peak - small.peak]), target=MEMORY),
    ]
    return table


async def _import(ground: Ground, way: str, kind: str, size: tuple[int, int]) -> Import:
    """Import a file of that many rows and that number."""
    rows, number = size
    file = Path(ground.folder) / "rows.csv"
    files.write(kind, file, rows, number)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bench.importing", way, kind, str(file)),
        env={**os.environ, **ground.graph(), "HUB_DATA": str(ground.folder / "importing")},
        stdout=asyncio.subprocess.PIPE,
    )
    told, _ = await process.communicate()
    file.unlink()
    if process.returncode:
        raise BenchError(f"importing {rows:,} {kind} by {way} failed")
    return Import(**json.loads(told))
