"""Additions: decided before their turn, written together, and never by what is not so any more."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from graph import receipts
from graph.casework import Target, recorded, targets
from graph.change import Change
from graph.errors import GraphError, Overtaken
from graph.gathering import Gathering
from graph.hold import held
from graph.memberships import told
from graph.outbox import Made
from graph.plan import Viewpoint
from graph.receipts import Receipt
from graph.records import Ref, Source
from graph.store import Connection, Store
from graph.vocabulary import Node
from graph.work_vocabulary import EntryKind
from graph.writer import state
from policies.vocabulary import Protection
from tests.graph.making import NOW, agency, case, person, stamp, tell, write
from tests.support.by_hand import mark
from tests.support.engine import on_every_engine

pytestmark = on_every_engine

PARTICIPANTS = ("council", "police")
MATTER = case("council/1").ref
VIEWPOINT = Viewpoint(agency="council", wards=(), day="2026-11-24")
CASE = "MATCH (c:Case) RETURN c.caseId"
NOTED = "MATCH (n:CaseEntry)-[:RECORDED_IN]->(:Case) RETURN collect([n.text, n.caseMembers, n.facts])"
POSTED = "MATCH (o:OutboxRecord) WHERE o.act IS NOT NULL RETURN collect([o.position, o.since])"
SIGNED = "MATCH (r:Receipt) RETURN collect(r.key)"
TURNS = "MATCH (t:Turn) RETURN t.taken"
Work = Callable[[Change], Awaitable[str]]


class Waiting:
    """Changes that are decided and wait for their turn; `all` is set when as many are there as are wanted."""

    def __init__(self, wanted: int) -> None:
        self.wanted = wanted
        self.all = asyncio.Event()
        self._came = 0

    async def come(self) -> None:
        self._came += 1
        if self._came == self.wanted:
            self.all.set()


def noting(case_id: str, text: str, key: str | None = None, then: Callable[[], Awaitable[None]] | None = None) -> Work:
    """Note something in a case as it is found, and do something else before the note's turn has come."""

    async def work(change: Change) -> str:
        found = await the_case(change, case_id)
        source = Source(owner="council", dataset="casework", key=text)
        values = {"kind": EntryKind.NOTED.value, "madeAt": NOW, "author": "ann", "text": text}
        made = recorded(Ref(type=Node.CASE_ENTRY, source=source), found.ref, found.marking, values)
        await state(change, (), made, {found.ref: found.held})
        receipts.sign(change, key or text, Receipt(request="asked", subject=case_id))
        change.outgoing.made = Made(
            change=text,
            act="note",
            type="Case",
            subject=case_id,
            agency="council",
            author="ann",
            purpose="ASB_PREVENTION",
            agreements=["own-records"],
        )
        if then is not None:
            await then()
        return text

    return work


async def the_case(change: Change, case_id: str) -> Target:
    (found,) = await targets(change, Node.CASE, case_id, ["case_member"], VIEWPOINT)
    return found


async def a_case(store: Store, *protections: Protection) -> str:
    await write(store, agency("council"), agency("police"), case("council/1", *PARTICIPANTS))
    if protections:
        await mark(store, MATTER, frozenset(protections), stamp())
    return str(await store.read(CASE))


def test_those_that_wait_for_one_turn_are_written_together_and_each_has_a_position(
    engine_connection: Connection,
) -> None:
    async def story(store: Store) -> None:
        case_id, gathering, waiting = await a_case(store), Gathering(), Waiting(7)
        texts = [f"note {at}" for at in range(waiting.wanted)]
        before = await store.read(TURNS)
        async with asyncio.TaskGroup() as tasks, store.turn:
            works = [noting(case_id, text, then=waiting.come) for text in texts]
            adding = [tasks.create_task(gathering.add(store, stamp(), work)) for work in works]
            await waiting.all.wait()
        assert [task.result() for task in adding] == texts
        noted = await store.read(NOTED)
        assert sorted(text for text, _, _ in noted) == texts
        assert {members for _, members, _ in noted} == {told(PARTICIPANTS)}
        assert sorted(await store.read(POSTED)) == [[before + 1 + at, before] for at in range(len(texts))]
        assert sorted(await store.read(SIGNED)) == texts

    tell(engine_connection, story)


def test_what_is_recorded_in_a_protected_case_is_protected_from_its_beginning(engine_connection: Connection) -> None:
    async def story(store: Store) -> None:
        case_id = await a_case(store, Protection.COVERT)
        await Gathering().add(store, stamp(), noting(case_id, "seen"))
        ((_, _, facts),) = await store.read(NOTED)
        assert Protection.COVERT in facts

    tell(engine_connection, story)


@pytest.mark.parametrize("protections", [(), (Protection.COVERT,)], ids=["restated", "marked"])
def test_nothing_is_written_by_what_is_not_so_any_more(
    engine_connection: Connection, protections: tuple[Protection, ...]
) -> None:
    async def story(store: Store) -> None:
        case_id = await a_case(store)

        async def change_the_case() -> None:
            if protections:
                await mark(store, MATTER, frozenset(protections), stamp())
            else:
                await write(store, case("council/1", "council"))

        with pytest.raises(Overtaken):
            await Gathering().add(store, stamp(), noting(case_id, "too late", then=change_the_case))
        assert (await store.read(NOTED), await store.read(SIGNED)) == ([], [])
        await Gathering().add(store, stamp(), noting(case_id, "in time"))

    tell(engine_connection, story)


def test_what_others_add_meanwhile_overtakes_nobody(engine_connection: Connection) -> None:
    async def story(store: Store) -> None:
        case_id = await a_case(store)

        async def add_another() -> None:
            await Gathering().add(store, stamp(), noting(case_id, "second"))

        await Gathering().add(store, stamp(), noting(case_id, "first", then=add_another))
        assert len(await store.read(NOTED)) == len(("first", "second"))

    tell(engine_connection, story)


def test_of_one_key_one_is_written_however_it_comes(engine_connection: Connection) -> None:
    async def story(store: Store) -> None:
        case_id, gathering = await a_case(store), Gathering()
        works = [noting(case_id, text, "one key") for text in ("first", "again", "and again")]
        came = await asyncio.gather(*(gathering.add(store, stamp(), work) for work in works), return_exceptions=True)
        assert sorted(type(one).__name__ for one in came) == ["Overtaken", "Overtaken", "str"]
        assert len(await store.read(NOTED)) == 1

    tell(engine_connection, story)


def test_nothing_is_added_while_a_backup_is_made(engine_connection: Connection) -> None:
    async def story(store: Store) -> None:
        case_id = await a_case(store)
        async with held(store, "backup"):
            with pytest.raises(Overtaken):
                await Gathering().add(store, stamp(), noting(case_id, "meanwhile"))
        assert await store.read(NOTED) == []

    tell(engine_connection, story)


def test_one_that_was_given_up_before_its_turn_is_not_written(engine_connection: Connection) -> None:
    async def story(store: Store) -> None:
        case_id, gathering, waiting = await a_case(store), Gathering(), Waiting(1)
        async with store.turn:
            work = noting(case_id, "never mind", then=waiting.come)
            given_up = asyncio.create_task(gathering.add(store, stamp(), work))
            await waiting.all.wait()
            given_up.cancel()
            await asyncio.wait([given_up])
        await gathering.add(store, stamp(), noting(case_id, "after it"))
        assert [text for text, _, _ in await store.read(NOTED)] == ["after it"]

    tell(engine_connection, story)


async def _asking_late(change: Change) -> str:
    await change.tx.run("UNWIND $rows AS row CREATE (:CaseEntry {entryId: row})", {"rows": ["ent_1"]})
    await change.ask(TURNS, {})
    return ""


async def _stating_what_ties(change: Change) -> str:
    await state(change, (), (person("council/1"),))
    change.touched.persons.add("per_1")
    receipts.sign(change, "key", Receipt(request="asked", subject=""))
    return ""


async def _without_a_receipt(_change: Change) -> str:
    return ""


@pytest.mark.parametrize("work", [_asking_late, _stating_what_ties, _without_a_receipt])
def test_what_does_more_than_add_is_a_mistake_and_not_written(engine_connection: Connection, work: Work) -> None:
    async def story(store: Store) -> None:
        with pytest.raises(GraphError) as caught:
            await Gathering().add(store, stamp(), work)
        assert not isinstance(caught.value, Overtaken)

    tell(engine_connection, story)
