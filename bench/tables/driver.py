"""The hub without its ledger against the bare driver that runs the same statement, one client."""

from bench import servers
from bench.figures import Figure, Table, at_most
from bench.overhearing import overhear
from bench.questions import Question
from bench.rounds import alternate, p50s, times
from bench.setting import Setting

QUESTIONS = (Question.LIST, Question.CASE)
TARGET = at_most(1.5)


async def compare(setting: Setting) -> list[Table]:
    """Measure list and case view."""
    table = setting.table("Against the bare driver with orjson behind Starlette, one client, no ledger", "ms, p50")
    async with servers.hub(setting.ground, "unrecorded", ledger=False) as ours:
        for question in QUESTIONS:
            ((statement, parameters),) = (await overhear(setting, question)).statements
            async with servers.bare(setting.ground, statement, parameters) as theirs:
                samples = await alternate((ours, theirs), question, setting.town, setting.effort())
            table.figures.append(
                Figure(
                    name=question.value,
                    ours=p50s(samples, ours.name),
                    theirs=p50s(samples, theirs.name),
                    ratio=times(samples, ours.name, theirs.name),
                    target=TARGET,
                )
            )
    return [table]
