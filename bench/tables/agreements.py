"""The partnership's agreements and limits against one agreement that grants everything: the same hub, no ledger."""

from bench import servers
from bench.bodies import body
from bench.figures import Figure, Table, at_most
from bench.holding import GRANTING
from bench.questions import Question
from bench.rounds import alternate, p50s, times
from bench.setting import Setting

QUESTIONS = (Question.LIST, Question.CASE)
TARGET = at_most(1.15)


async def compare(setting: Setting) -> list[Table]:
    """Measure list and case view."""
    table = setting.table("Agreements against one that grants everything, one client, no ledger", "ms, p50")
    async with (
        servers.hub(setting.ground, "agreed", ledger=False) as ours,
        servers.hub(setting.ground, "granting", policies=GRANTING, ledger=False) as theirs,
    ):
        for question in QUESTIONS:
            told, all_told = [await body(asker, question, setting.town) for asker in (ours, theirs)]
            samples = await alternate((ours, theirs), question, setting.town, setting.effort())
            table.figures.append(
                Figure(
                    name=question.value,
                    ours=p50s(samples, ours.name),
                    theirs=p50s(samples, theirs.name),
                    ratio=times(samples, ours.name, theirs.name),
                    target=TARGET,
                    note=f"{told.data:,} and {all_told.data:,} bytes of data",
                )
            )
    return [table]
