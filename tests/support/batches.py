"""One batch stored by itself, where the hub stores one after another (graph.relay)."""

from collections.abc import Sequence
from dataclasses import replace

from graph.batch import Batch
from graph.change import Change, Stamp, commit
from graph.records import Row
from graph.runs import Run
from graph.store import Store
from graph.writer import BatchOutcome, record, write


async def write_batch(store: Store, rows: Sequence[Row], run: Run, stamp: Stamp) -> BatchOutcome:
    batch = Batch.of(rows)

    async def work(change: Change) -> BatchOutcome:
        return await record(change, run, batch, await write(change, batch))

    return await commit(store, replace(stamp, run=run.id), work)
