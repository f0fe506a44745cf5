"""The hub with its ledger and without, sixteen clients; and how long the ledger alone takes."""

import asyncio
import time
from collections.abc import Sequence
from functools import partial
from itertools import chain

from bench import servers
from bench.figures import Figure, Table, at_least
from bench.loading import opened
from bench.overhearing import overhear
from bench.questions import Question
from bench.rounds import Span, rates, rates_of
from bench.setting import Setting
from bench.starts import alternate_anew
from hub.folder import Folder
from hub.recording import recording
from hub.services import Services
from resolvers.ledger import Entry, Ledger

RECORDED, UNRECORDED = "recorded", "unrecorded"
CLIENTS = 16
QUESTIONS = (Question.LIST, Question.CASE, Question.SMALL)
TARGET = at_least(0.91)
ENTRIES = 400
"""How many are recorded in a round."""


async def compare(setting: Setting) -> list[Table]:
    """Measure throughput, then latency."""
    return [await _throughput(setting), await _latency(setting)]


async def _throughput(setting: Setting) -> Table:
    table = setting.table(f"With the ledger and without, {CLIENTS} clients", "requests/s")
    hubs = (
        partial(servers.hub, setting.ground, RECORDED),
        partial(servers.hub, setting.ground, UNRECORDED, ledger=False),
    )
    for question, samples in (await alternate_anew(hubs, QUESTIONS, setting, CLIENTS)).items():
        table.figures.append(
            Figure(
                name=question.value,
                ours=rates_of(samples, RECORDED),
                theirs=rates_of(samples, UNRECORDED),
                ratio=rates(samples, RECORDED, UNRECORDED),
                target=TARGET,
            )
        )
    return table


async def _latency(setting: Setting) -> Table:
    """The entries of real answers, recorded again and again; one recorder at a time, and as many as clients."""
    table = setting.table("The ledger alone: from an entry to its receipt", "ms, p50 of a round")
    async with opened(setting.ground.connection) as store:
        services = Services(folder=Folder.open(setting.ground.folder / "ledger"), store=store, engine=None)
        async with recording(services) as ledger:
            for question in QUESTIONS:
                (entry,) = (await overhear(setting, question)).entries
                for recorders in (1, CLIENTS):
                    rounds = [await _record(ledger, entry, recorders) for _ in range(setting.plan.rounds)]
                    longest = max(found[-1] for found in rounds)
                    table.figures.append(
                        Figure(
                            name=f"{question}, {recorders} at a time",
                            ours=Span.of([found[len(found) // 2] for found in rounds]),
                            note=f"longest {longest:.1f} ms",
                        )
                    )
    return table


async def _record(ledger: Ledger, entry: Entry, recorders: int) -> Sequence[float]:
    """Record; gives the milliseconds of each in order of size."""

    async def record() -> list[float]:
        found = []
        for _ in range(ENTRIES // recorders):
            begun = time.perf_counter()
            await ledger.record(entry)
            found.append((time.perf_counter() - begun) * 1000)
        return found

    return sorted(chain.from_iterable(await asyncio.gather(*(record() for _ in range(recorders)))))
