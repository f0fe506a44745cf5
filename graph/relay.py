"""Batches stored in their order, each begun while the engine still commits the one before."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field, replace

from graph import writer
from graph.batch import Batch
from graph.change import Change, Stamp, commit, posted
from graph.errors import GraphHeld, Overtaken
from graph.runs import Run
from graph.store import Store
from graph.writer import BatchOutcome, Known

PATIENCE = 5.0
REFUSING = "ArcadeDB"
"""The engine that refuses the later of two writers instead of letting it wait: that one would always begin anew."""


@dataclass(kw_only=True)
class Leg:
    """What is known of a batch on its way: the `names` of what it states and of the ends of its links.

    Once all of its statements are `stated`, the `turn` that it took; 0 where it took none.
    """

    names: frozenset[str]
    run: Run
    stamp: Stamp
    turn: int = 0
    is_begun: bool = False
    stated: asyncio.Event = field(default_factory=asyncio.Event)

    def begin(self) -> None:
        """Begin before the turn; raises Overtaken the second time."""
        if self.is_begun:
            raise Overtaken("the engine wants to begin anew")
        self.is_begun = True

    def state(self, turn: int) -> None:
        """Let the next batch begin, as all statements of this one were made in that turn."""
        self.turn = turn
        self.stated.set()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """The batch before, and what stores it."""

    leg: Leg
    task: asyncio.Task[BatchOutcome]


async def outcomes(
    store: Store, batches: AsyncIterator[Batch], run: Run, stamp: Callable[[], Stamp]
) -> AsyncGenerator[BatchOutcome]:
    """Store batches, each in a transaction of its own, and give what became of each; to be closed."""
    at_once = 1 if REFUSING in await store.engine() else 2
    under_way = deque[asyncio.Task[BatchOutcome]]()
    ahead: Ahead | None = None
    try:
        async for batch in batches:
            leg = Leg(names=_names(batch), run=run, stamp=replace(stamp(), run=run.id))
            under_way.append(asyncio.create_task(_stored(store, batch, leg, ahead)))
            ahead = Ahead(leg=leg, task=under_way[-1])
            if len(under_way) == at_once:
                yield await under_way.popleft()
        while under_way:
            yield await under_way.popleft()
    finally:
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)  # what failed first has been raised


async def _stored(store: Store, batch: Batch, leg: Leg, ahead: Ahead | None) -> BatchOutcome:
    try:
        if ahead is not None:
            await ahead.leg.stated.wait()
            with suppress(Overtaken, GraphHeld):  # then it is stored as if nothing had been begun
                return await _overlapping(store, batch, leg, ahead)
            await asyncio.shield(ahead.task)
        return await commit(store, leg.stamp, lambda change: _alone(change, batch, leg))
    finally:
        leg.stated.set()


async def _alone(change: Change, batch: Batch, leg: Leg) -> BatchOutcome:
    outcome = await writer.record(change, leg.run, batch, await writer.write(change, batch))
    leg.state(change.turn)
    return outcome


async def _overlapping(store: Store, batch: Batch, leg: Leg, ahead: Ahead) -> BatchOutcome:
    """Make what is new while the batch before is being committed, and store the rest in the turn after its.

    What was looked up stands if nobody else took a turn in between. Raises Overtaken where somebody did, or the
    engine wants to begin anew, and GraphHeld.
    """
    turn = ahead.leg.turn
    if not turn:
        raise Overtaken("the batch before took no turn")
    async with AsyncExitStack() as held:

        async def work(change: Change) -> BatchOutcome:
            leg.begin()
            common = leg.names & ahead.leg.names
            known = await Known.of(change.ask, batch, common)
            arrived = await writer.arrive(change, batch, known, common)
            await held.enter_async_context(_turn_after(store, ahead))
            known = known.beside(await Known.of(change.ask, batch, leg.names - common))
            stored = writer.UNCHANGED
            if arrived.nodes or any(map(known.lacks, batch.facts())):
                if await change.take_turn() != turn + 1:
                    raise Overtaken("somebody wrote after this looked")
                stored = await writer.store(change, batch, known, arrived)
            outcome = await writer.record(change, leg.run, batch, stored)
            leg.state(change.turn)
            return outcome

        return await store.write(lambda tx: posted(Change(tx=tx, stamp=leg.stamp), work))


@asynccontextmanager
async def _turn_after(store: Store, ahead: Ahead) -> AsyncIterator[None]:
    """Let the batch before be done, and hold the turn of this process; raises Overtaken where that takes too long.

    Whoever else has the turn might wait in the engine for a key that was made here, which the engine cannot know of.
    """
    async with AsyncExitStack() as held:
        try:
            async with asyncio.timeout(PATIENCE):
                await asyncio.shield(ahead.task)
                await held.enter_async_context(store.turn)
        except TimeoutError as error:
            raise Overtaken("somebody else may wait for what was made here") from error
        yield


def _names(batch: Batch) -> frozenset[str]:
    links = batch.links.values()
    return frozenset(
        (*(fact.name for fact in batch.facts()), *(end for link in links for end in (link.start, link.end)))
    )
