"""The partnership's agreements and limits against one agreement that grants everything: the same hub, no ledger."""

from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from functools import partial

from bench import servers
from bench.bodies import body
from bench.figures import Figure, Table, at_most
from bench.holding import GRANTING
from bench.questions import Question
from bench.rounds import p50s, times
from bench.setting import Setting
from bench.starts import Start, alternate_anew

AGREED, GRANTED = "agreed", "granting"
QUESTIONS = (Question.LIST, Question.CASE)
TARGET = at_most(1.15)


async def compare(setting: Setting) -> list[Table]:
    """Measure list and case view."""
    table = setting.table("Agreements against one that grants everything, one client, no ledger", "ms, p50")
    hubs = (
        partial(servers.hub, setting.ground, AGREED, ledger=False),
        partial(servers.hub, setting.ground, GRANTED, policies=GRANTING, ledger=False),
    )
    sizes = await _sizes(hubs, setting)
    for question, samples in (await alternate_anew(hubs, QUESTIONS, setting)).items():
        table.figures.append(
            Figure(
                name=question.value,
                ours=p50s(samples, AGREED),
                theirs=p50s(samples, GRANTED),
                ratio=times(samples, AGREED, GRANTED),
                target=TARGET,
                note=sizes[question],
            )
        )
    return [table]


async def _sizes(starts: Sequence[Start], setting: Setting) -> Mapping[Question, str]:
    """How much each tells of what is asked."""
    async with AsyncExitStack() as stack:
        askers = [await stack.enter_async_context(start()) for start in starts]
        found = {}
        for question in QUESTIONS:
            told, all_told = [await body(asker, question, setting.town) for asker in askers]
            found[question] = f"{told.data:,} and {all_told.data:,} bytes of data"
    return found
