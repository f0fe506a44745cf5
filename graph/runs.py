"""Import runs: what was read, how far it came, and what could not be stored."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from graph.classes import remember
from graph.facts import Claim
from graph.records import Reject
from graph.store import Store, Transaction
from graph.vocabulary import Node, RunState
from policies.vocabulary import Sensitivity

START = "CREATE (i:ImportRun) SET i = $run"
RUNNING = """
MATCH (i:ImportRun) WHERE i.connector = $connector AND i.state = 'RUNNING'
RETURN collect([i.importRunId, i.process])"""
FAIL = """
UNWIND $ids AS id
MATCH (i:ImportRun {importRunId: id})
SET i.state = 'FAILED', i.finishedAt = $now"""
FINISH = "MATCH (i:ImportRun {importRunId: $id}) SET i.state = $state, i.finishedAt = $now"
COUNT = """
MATCH (i:ImportRun {importRunId: $id})
SET i.rowsIn = i.rowsIn + $rows, i.stored = i.stored + $stored,
    i.unchanged = i.unchanged + $unchanged, i.quarantined = i.quarantined + $quarantined"""
QUARANTINE = "UNWIND $rows AS row CREATE (q:Quarantine) SET q = row"
LIST = """
MATCH (i:ImportRun)
WITH i ORDER BY i.startedAt DESC, i.importRunId LIMIT $limit
RETURN collect(properties(i))"""
REJECTS = """
MATCH (q:Quarantine {importRunId: $id})
WITH q ORDER BY q.line, q.column LIMIT $limit
RETURN collect([q.line, q.column, q.reason, q.raw])"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One reading of one file; `process` names the reader, so that a later one can tell whether it still lives."""

    id: str
    connector: str
    file: str
    owner: str
    dataset: str
    process: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many rows came in and what became of them: `rows_in == stored + unchanged + quarantined`."""

    rows_in: int = 0
    stored: int = 0
    unchanged: int = 0
    quarantined: int = 0

    def plus(self, more: "Counts") -> "Counts":
        return Counts(
            rows_in=self.rows_in + more.rows_in,
            stored=self.stored + more.stored,
            unchanged=self.unchanged + more.unchanged,
            quarantined=self.quarantined + more.quarantined,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReport:
    """A run as it stands; times are RFC 3339."""

    run: Run
    state: RunState
    started_at: str
    finished_at: str | None
    counts: Counts


async def start_run(store: Store, run: Run, now: str, is_alive: Callable[[str], bool]) -> None:
    """Record that a run begins; those of the same connector whose process is gone are recorded as failed."""
    facts = Claim(
        type=Node.IMPORT_RUN,
        owner=run.owner,
        dataset=run.dataset,
        sensitivity=Sensitivity.OFFICIAL,
        marked=(),
    ).under(())
    properties = {
        "importRunId": run.id,
        "connector": run.connector,
        "file": run.file,
        "owner": run.owner,
        "dataset": run.dataset,
        "process": run.process,
        "startedAt": now,
        "state": RunState.RUNNING.value,
        **dict.fromkeys(("rowsIn", "stored", "unchanged", "quarantined"), 0),
        "facts": facts,
    }

    async def work(tx: Transaction) -> None:
        ((running,),) = await tx.run(RUNNING, {"connector": run.connector})
        if dead := [id_ for id_, process in running if not is_alive(process)]:
            await tx.run(FAIL, {"ids": dead, "now": now})
        await tx.run(START, {"run": properties})
        await remember(tx, {facts})

    await store.write(work)


async def finish_run(store: Store, run_id: str, state: RunState, now: str) -> None:
    """Record how a run ended."""
    await store.write(lambda tx: tx.run(FINISH, {"id": run_id, "state": state.value, "now": now}))


async def count(tx: Transaction, run_id: str, counts: Counts, rejects: Sequence[Reject]) -> None:
    """Record what became of a batch's rows, in the transaction that stores them."""
    await tx.run(
        COUNT,
        {
            "id": run_id,
            "rows": counts.rows_in,
            "stored": counts.stored,
            "unchanged": counts.unchanged,
            "quarantined": counts.quarantined,
        },
    )
    if rejects:
        await tx.run(QUARANTINE, {"rows": [_quarantined(run_id, reject) for reject in rejects]})


async def runs(store: Store, limit: int = 50) -> list[RunReport]:
    """The latest runs, newest first."""
    return [_report(row) for row in await store.read(LIST, {"limit": limit})]


async def quarantined(store: Store, run_id: str, limit: int = 1000) -> list[Reject]:
    """What a run could not store, in the order of the file."""
    rows = await store.read(REJECTS, {"id": run_id, "limit": limit})
    return [Reject(line=line, column=column, reason=reason, raw=raw) for line, column, reason, raw in rows]


def _quarantined(run_id: str, reject: Reject) -> dict[str, Any]:
    return {
        "importRunId": run_id,
        "line": reject.line,
        "column": reject.column,
        "reason": reject.reason,
        "raw": reject.raw,
    }


def _report(row: dict[str, Any]) -> RunReport:
    return RunReport(
        run=Run(
            id=row["importRunId"],
            connector=row["connector"],
            file=row["file"],
            owner=row["owner"],
            dataset=row["dataset"],
            process=row["process"],
        ),
        state=RunState(row["state"]),
        started_at=row["startedAt"],
        finished_at=row.get("finishedAt"),
        counts=Counts(
            rows_in=row["rowsIn"],
            stored=row["stored"],
            unchanged=row["unchanged"],
            quarantined=row["quarantined"],
        ),
    )
