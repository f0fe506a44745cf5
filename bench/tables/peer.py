"""The hub against @neo4j/graphql: the same people in the same database, policies on in both, eight clients."""

from collections.abc import Mapping
from contextlib import AsyncExitStack

from bench import servers
from bench.bodies import Body, body
from bench.figures import Figure, Table, at_least
from bench.processes import BenchError
from bench.questions import Asker, Question
from bench.rounds import alternate, rates, rates_of, warm
from bench.setting import Setting
from bench.town import Town

CLIENTS = 8
FILTER, MASK = "filter", "mask"
TARGETS = {
    (Question.LIST, FILTER): (1.5, 2.5),
    (Question.SORTED, FILTER): (3.0, 6.0),
    (Question.PROTECTED, MASK): (2.5, 4.0),
    (Question.CASE, FILTER): (1.3, 2.0),
    (Question.SMALL, FILTER): (1.0, 1.5),
}
"""What is to be reached, and what is aimed at."""
ALIKE = 0.1
"""By how much of the peer's the size of our data may differ where there is a target."""


async def compare(setting: Setting) -> list[Table]:
    """Measure every question in rounds of hub, filter, mask."""
    table = setting.table("Against @neo4j/graphql, eight clients, ledger on", "requests/s")
    async with AsyncExitStack() as stack:
        ours = await stack.enter_async_context(servers.hub(setting.ground))
        modes = [await stack.enter_async_context(servers.peer(setting.ground, mode)) for mode in (FILTER, MASK)]
        for question in Question:
            await warm((ours, *modes), question, setting.town, setting.effort(CLIENTS))
        for question in Question:
            bodies = await _bodies((ours, *modes), question, setting.town)
            samples = await alternate((ours, *modes), question, setting.town, setting.effort(CLIENTS))
            for mode in modes:
                wanted, aim = TARGETS.get((question, mode.name), (None, None))
                table.figures.append(
                    Figure(
                        name=f"{question} / {mode.name}",
                        ours=rates_of(samples, ours.name),
                        theirs=rates_of(samples, mode.name),
                        ratio=rates(samples, ours.name, mode.name),
                        target=at_least(wanted) if wanted else None,
                        note=_note(bodies[ours.name], bodies[mode.name], aim),
                    )
                )
    return [table]


async def _bodies(askers: tuple[Asker, ...], question: Question, town: Town) -> Mapping[str, Body]:
    """Look at one answer of each; raises BenchError where those that are compared are not alike."""
    found = {asker.name: await body(asker, question, town) for asker in askers}
    ours = found[askers[0].name]
    for asked, mode in TARGETS:
        theirs = found[mode]
        if asked is question and (abs(ours.data / theirs.data - 1) > ALIKE or ours.rows != theirs.rows):
            raise BenchError(f"{question}: our {ours} is not like the {mode} peer's {theirs}")
    return found


def _note(ours: Body, theirs: Body, aim: float | None) -> str:
    sizes = f"{ours.rows} and {theirs.rows} rows, {ours.data:,} and {theirs.data:,} bytes of data"
    return sizes if aim is None else f"aim {aim:g}; {sizes}"
