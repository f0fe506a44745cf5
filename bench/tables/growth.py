"""The same reads in a small town and in larger ones, on engines side by side: as many hits, more of everything else."""

from contextlib import AsyncExitStack

from bench import servers
from bench.engines import Kind, engine
from bench.figures import Figure, Table, at_most
from bench.holding import hold
from bench.questions import Asker, Question
from bench.rounds import Sample, Span, measure, warm
from bench.servers import Ground
from bench.setting import Plan
from bench.town import Town, settle

QUESTIONS = (Question.LIST, Question.SMALL, Question.CASE)
TARGET = at_most(1.3)
Served = tuple[Asker, Town]


async def compare(plan: Plan) -> list[Table]:
    """Measure each larger town against the smallest, which stands beside it on an engine of its own."""
    least, *larger = plan.sizes
    tables = []
    async with AsyncExitStack() as stack:
        small = await _serve(stack, plan, least)
        for size in larger:
            async with AsyncExitStack() as its_own:
                large = await _serve(its_own, plan, size)
                table = Table(
                    title="Growth: a ward, an id, a case, one client",
                    engine=plan.kind.value,
                    size=f"{size:,} people against {least:,}",
                    unit="ms, p50",
                )
                table.figures += [await _figure(plan, question, large, small) for question in QUESTIONS]
                tables.append(table)
    return tables


async def _serve(stack: AsyncExitStack, plan: Plan, size: int) -> Served:
    connection = await stack.enter_async_context(engine(plan.kind, plan.folder / f"growth-{size}"))
    town = settle(size)
    await hold(connection, town)
    ground = Ground(connection=connection, folder=plan.folder)
    return await stack.enter_async_context(servers.hub(ground, f"of-{size}", ledger=False)), town


async def _figure(plan: Plan, question: Question, large: Served, small: Served) -> Figure:
    for asker, town in (large, small):
        await warm((asker,), question, town, plan.effort())
    rounds = [[await _round(plan, question, one) for one in (large, small)] for _ in range(plan.rounds)]
    ours, theirs = (Span.of([samples[at].p50 for samples in rounds]) for at in (0, 1))
    return Figure(
        name=question.value,
        ours=ours,
        theirs=theirs,
        ratio=Span.of(one.p50 / other.p50 for one, other in rounds),
        target=TARGET if plan.kind is Kind.NEO4J else None,
    )


async def _round(plan: Plan, question: Question, served: Served) -> Sample:
    asker, town = served
    return await measure(asker, question, town, plan.effort())
