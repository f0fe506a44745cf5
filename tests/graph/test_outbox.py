"""What changes tell: in the order of their turns, and no more at once than can be looked at in one go."""

import pytest

from graph import outbox
from graph.outbox import MANY, MOST, Outgoing
from graph.store import Connection, Store, Transaction
from tests.graph.making import tell


async def posted(store: Store, position: int, *records: str, since: int | None = None) -> None:
    async def work(tx: Transaction) -> None:
        await Outgoing(position=position, records=set(records)).post(tx, "2026-11-24T09:00:00Z")
        await tx.run("MATCH (o:OutboxRecord {position: $at}) SET o.since = $since", {"at": position, "since": since})

    await store.write(work)


def test_what_comes_after_is_summed_up_in_order(engine_connection: Connection) -> None:
    async def story(store: Store) -> None:
        for position in (3, 1, 2):
            await posted(store, position, f"rec_{position}")
        reached = await outbox.after(store, 1)
        assert reached is not None
        assert (reached.position, sorted(reached.records)) == (3, ["rec_2", "rec_3"])
        assert await outbox.after(store, 3) is None

    tell(engine_connection, story)


def test_nobody_reads_past_a_change_of_the_same_transaction_that_is_not_to_be_seen_yet(
    engine_connection: Connection,
) -> None:
    async def story(store: Store) -> None:
        await posted(store, 2, "rec_2")
        await posted(store, 5, "rec_5", since=3)
        await posted(store, 6, "rec_6", since=3)
        reached = await outbox.after(store, 0)
        assert reached is not None
        assert (reached.position, sorted(reached.records)) == (2, ["rec_2"])
        assert await outbox.stirred(store, 2) == (2, frozenset())
        await posted(store, 4, "rec_4", since=3)
        reached = await outbox.after(store, 2)
        assert reached is not None
        assert (reached.position, sorted(reached.records)) == (6, ["rec_4", "rec_5", "rec_6"])

    tell(engine_connection, story)


@pytest.mark.parametrize(("each", "changes", "expected"), [(MANY, 2, 1), (1, MOST + 1, MOST)])
def test_neither_too_many_changes_nor_too_much_is_looked_at_together(
    engine_connection: Connection, each: int, changes: int, expected: int
) -> None:
    async def story(store: Store) -> None:
        for position in range(1, changes + 1):
            await posted(store, position, *(f"rec_{position}_{at}" for at in range(each)))
        position = 0
        found = []
        while (reached := await outbox.after(store, position)) is not None:
            position = reached.position
            found.append(position)
        assert found == [expected, changes]

    tell(engine_connection, story)


def test_a_change_without_a_turn_tells_nothing(engine_connection: Connection) -> None:
    async def story(store: Store) -> None:
        async def work(tx: Transaction) -> None:
            await Outgoing(records={"rec_1"}).post(tx, "2026-11-24T09:00:00Z")

        await store.write(work)
        assert await outbox.after(store, 0) is None

    tell(engine_connection, story)
