"""Batches of an import that overlap end as if each had come after the other."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import aclosing

import pytest

from graph.batch import Batch
from graph.change import Change, Stamp, commit
from graph.records import Row
from graph.relay import outcomes
from graph.runs import Counts
from graph.store import Connection, Store
from graph.writer import Stored, state
from tests.graph.making import (
    RUN,
    agency,
    differences,
    dump,
    meaning,
    person,
    premises,
    resides,
    rows,
    stamp,
    tell,
    write,
)
from tests.graph.test_two_writers import BATCH, FILES, processes, read_file
from tests.support.engine import fresh_store, on_every_engine

pytestmark = on_every_engine


async def handed(*batches: Sequence[Row]) -> AsyncIterator[Batch]:
    for batch in batches:
        yield Batch.of(batch)


async def relayed(store: Store, batches: AsyncIterator[Batch], stamped: Callable[[], Stamp] = stamp) -> Counts:
    total = Counts()
    async with aclosing(outcomes(store, batches, RUN, stamped)) as stored:
        async for outcome in stored:
            assert outcome.rejects == ()
            total = total.plus(outcome.counts)
    return total


async def relay_file(store: Store, file: Sequence[Row]) -> None:
    await relayed(store, handed(*(file[start : start + BATCH] for start in range(0, len(file), BATCH))))


async def same(store: Store, expected: Counter[object]) -> None:
    assert await differences(store) == []
    found = await meaning(store)
    assert (found - expected, expected - found) == (Counter(), Counter())


def test_batches_that_overlap_end_in_the_graph_of_batches_one_after_another(engine_connection: Connection) -> None:
    async def story() -> None:
        async with fresh_store(engine_connection) as store:
            await write(store, agency("council"), agency("police"))
            for file in FILES:
                await read_file(store, file)
            one_by_one = await meaning(store)
        async with fresh_store(engine_connection) as store:
            await write(store, agency("council"), agency("police"))
            for file in FILES:
                await relay_file(store, file)
            await same(store, one_by_one)
        async with fresh_store(engine_connection) as store, processes(engine_connection, len(FILES)) as stores:
            await write(store, agency("council"), agency("police"))
            await asyncio.gather(*(relay_file(other, file) for other, file in zip(stores, FILES, strict=True)))
            await same(store, one_by_one)

        async with fresh_store(engine_connection) as store:
            await write(store, agency("council"), agency("police"))
            await asyncio.gather(*(relay_file(store, file) for file in FILES))
            await same(store, one_by_one)

    asyncio.run(story())


def test_what_is_made_in_bulk_is_what_a_change_would_have_stated(engine_connection: Connection) -> None:
    async def stated(change: Change) -> Stored:
        await change.take_turn()
        return await state(change, [fact for row in FILES[1] for fact in row.facts])

    async def story() -> None:
        async with fresh_store(engine_connection) as store:
            await write(store, agency("police"))
            await commit(store, stamp(), stated)
            expected = await meaning(store)
        async with fresh_store(engine_connection) as store:
            await write(store, agency("police"))
            await relayed(store, handed(FILES[1]))
            await same(store, expected)

    asyncio.run(story())


def test_a_batch_may_speak_of_what_the_one_before_states(engine_connection: Connection) -> None:
    home, ann, bob = premises("council/h"), person("council/a"), person("council/b")

    async def story(store: Store) -> None:
        counts = await relayed(store, handed(rows(home, ann), rows(home, bob, resides(ann, home), resides(bob, home))))
        assert counts == Counts(rows_in=6, stored=5, unchanged=1)
        again = await relayed(store, handed(rows(home, ann), rows(bob), rows(resides(bob, home))))
        assert again == Counts(rows_in=4, unchanged=4)

    tell(engine_connection, story)


def test_somebody_who_writes_in_between_is_seen(engine_connection: Connection) -> None:
    home, moved = premises("council/h", ward="E1"), premises("council/h", ward="E2")

    async def story(store: Store) -> None:
        async def batches() -> AsyncIterator[Batch]:
            yield Batch.of(rows(person("council/a")))
            await write(store, home)
            yield Batch.of(rows(moved, person("council/b")))

        assert await relayed(store, batches()) == Counts(rows_in=3, stored=3)
        assert await store.read("MATCH (n:Premises) RETURN collect(n.ward)") == ["E2"]

    tell(engine_connection, story)


def test_what_comes_after_a_batch_that_fails_is_not_stored(engine_connection: Connection) -> None:
    def failing(prefix: str) -> str:
        raise ArithmeticError(prefix)

    async def story(store: Store) -> None:
        before = await dump(store)
        stamps = iter((stamp(chance=failing), stamp()))
        with pytest.raises(ArithmeticError):
            await relayed(store, handed(rows(person("council/a")), rows(person("council/b"))), lambda: next(stamps))
        assert await dump(store) == before

    tell(engine_connection, story)
