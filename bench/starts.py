"""Comparisons whose servers are started anew again and again, as no two processes of one program are equally quick.

Twins that ran one after another in turn differed by up to a sixth for as long as they lived (docs/measurements.md,
"Twins"): what one pair of processes shows is true of that pair.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import replace

from bench.questions import Asker, Question
from bench.rounds import Effort, Sample, Samples, alternate
from bench.setting import Setting

STARTS = 5

Start = Callable[[], AbstractAsyncContextManager[Asker]]


async def alternate_anew(
    starts: Sequence[Start], questions: Sequence[Question], setting: Setting, clients: int = 1
) -> Mapping[Question, Samples]:
    """Divide the rounds among `STARTS` times that the servers are started, each time in the other order."""
    found: dict[Question, dict[str, list[Sample]]] = {question: {} for question in questions}
    for effort in _parts(setting.effort(clients)):
        async with AsyncExitStack() as stack:
            askers = [await stack.enter_async_context(start()) for start in starts]
            for question in questions:
                for name, samples in (await alternate(askers, question, setting.town, effort)).items():
                    found[question].setdefault(name, []).extend(samples)
        starts = starts[::-1]
    return found


def _parts(effort: Effort) -> Iterator[Effort]:
    """An effort of no fewer rounds than one for each start, as evenly as it goes."""
    count = min(STARTS, effort.rounds)
    for at in range(count):
        yield replace(effort, rounds=effort.rounds // count + (at < effort.rounds % count))
