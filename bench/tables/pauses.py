"""How long large lists keep the hub from answering others: a probe that needs no engine, beside two clients of a list.

The machine itself makes the probe wait too, so it is compared with the same probe while the bare driver's process
answers the lists.
"""

import asyncio

from bench import servers
from bench.figures import Figure, Table, at_most
from bench.overhearing import overhear
from bench.questions import Asker, Question
from bench.rounds import Effort, Sample, Span, ask, measure, warm
from bench.setting import Setting

LISTING = 2
"""Clients of the list."""
TARGET = at_most(20)
PROBE = "GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"


async def compare(setting: Setting) -> list[Table]:
    """Measure beside lists of the hub, and beside lists of another process."""
    ((statement, parameters),) = (await overhear(setting, Question.LIST)).statements
    async with (
        servers.hub(setting.ground, "recorded") as ours,
        servers.bare(setting.ground, statement, parameters) as theirs,
    ):
        await warm((ours, theirs), Question.LIST, setting.town, setting.effort(LISTING))
        rounds = [
            (await _beside(setting, ours, ours), await _beside(setting, theirs, ours))
            for _ in range(setting.plan.rounds)
        ]
    table = setting.table(f"A probe of the hub beside {LISTING} clients of a list: its own, another process's", "ms")
    for name, of in (("p50", _p50), ("p99", _p99), ("longest", _longest)):
        own, others = (Span.of([of(samples[at]) for samples in rounds]) for at in (0, 1))
        table.figures.append(Figure(name=name, ours=own, theirs=others, target=TARGET if name == "p99" else None))
    return [table]


async def _beside(setting: Setting, listing: Asker, probed: Asker) -> Sample:
    lists = measure(listing, Question.LIST, setting.town, setting.effort(LISTING))
    probe = ask(probed.url, PROBE, Effort(rounds=1, seconds=setting.plan.seconds))
    return (await asyncio.gather(probe, lists))[0]


def _p50(sample: Sample) -> float:
    return sample.p50


def _p99(sample: Sample) -> float:
    return sample.p99


def _longest(sample: Sample) -> float:
    return sample.longest
