"""The hub without its ledger against the bare driver that runs the same statement, one client."""

from functools import partial

from bench import servers
from bench.figures import Figure, Table, at_most
from bench.overhearing import overhear
from bench.questions import Question
from bench.rounds import p50s, times
from bench.setting import Setting
from bench.starts import alternate_anew

UNRECORDED = "unrecorded"
QUESTIONS = (Question.LIST, Question.CASE)
TARGET = at_most(1.5)


async def compare(setting: Setting) -> list[Table]:
    """Measure list and case view."""
    table = setting.table("Against the bare driver with orjson behind Starlette, one client, no ledger", "ms, p50")
    ours = partial(servers.hub, setting.ground, UNRECORDED, ledger=False)
    for question in QUESTIONS:
        ((statement, parameters),) = (await overhear(setting, question)).statements
        theirs = partial(servers.bare, setting.ground, statement, parameters)
        samples = (await alternate_anew((ours, theirs), (question,), setting))[question]
        table.figures.append(
            Figure(
                name=question.value,
                ours=p50s(samples, UNRECORDED),
                theirs=p50s(samples, servers.BARE),
                ratio=times(samples, UNRECORDED, servers.BARE),
                target=TARGET,
            )
        )
    return [table]
