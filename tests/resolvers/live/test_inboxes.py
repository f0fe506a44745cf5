"""Tasks and alerts as they come: nothing is missed, nothing is told twice, and only to whom it is for."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from graph.plan import Position
from graph.records import LinkFact, NodeFact
from graph.store import Connection, Store
from graph.vocabulary import Link, Node
from hub.answers import GraphQLRequest
from hub.graphql import GraphQLAnswerer
from hub.watch import PolicyWatch
from policies.vocabulary import Protection
from resolvers.alerting import Relay
from resolvers.cursors import Mark
from resolvers.ledger import Entry
from resolvers.live.following import follow
from resolvers.occasions import Occasion, Watch
from tests.resolvers.acting.casework import mutation
from tests.resolvers.acting.taskwork import done, sent
from tests.resolvers.live.listening import ALERTS, TASKS, begun, feeding, listening, relaying
from tests.resolvers.stage import tell
from tests.support.hub import ASB, DAY, PEOPLE, ListLedger, TestHub
from tests.support.scenes import NOW, case, concerns, link, person, sibling, stamp, thing, write

SAFETY = "CHILD_SAFEGUARDING"
SCHOOL = thing(Node.SCHOOL, "hub/schools-register/900001", urn="900001", name="Larkhall", ward="E05013808")
BOYS = tuple(
    person(f"larkhall/{name}", givenName=name, familyName="Reed", dateOfBirth="2012-05-01") for name in ("Tom", "Ben")
)
BROTHER = person("police/brother", givenName="Joe", familyName="Reed", dateOfBirth="2003-05-01", ward="E05013808")
GANG = case("police/crimes/1", "police", caseType="GANG")
FACTS: tuple[NodeFact | LinkFact, ...] = (SCHOOL, *BOYS, BROTHER, GANG, concerns(GANG, BROTHER, "PERPETRATOR"))
PUPILS = tuple(link(Link.PUPIL_AT, boy, SCHOOL, since="2023-09-01") for boy in BOYS)


def test_tasks_are_told_to_the_agencies_that_have_them_and_to_nobody_else(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        async with (
            feeding(hub) as streams,
            listening(streams, "housing-officer", TASKS) as housing,
            listening(streams, "asb-officer", TASKS) as council,
        ):
            waiting = [asyncio.ensure_future(ear.hear()) for ear in (housing, council)]
            await begun(streams, 2)
            await sent(hub, agency="police", title="For the police")
            task = await sent(hub, title="For housing")
            assert (await waiting[0])["task"]["title"] == "For housing"
            assert (await waiting[1])["task"]["title"] == "For the police"
            assert (await council.hear())["task"]["title"] == "For housing"
            await done(hub, "housing-officer", "acceptTask", id=task["id"], version=1)
            assert (await housing.hear())["task"]["status"] == "ACCEPTED"

    tell(engine_connection, story=story)


def test_who_comes_back_hears_of_each_task_once_with_what_became_of_it(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        async with feeding(hub) as streams:
            async with listening(streams, "housing-officer", TASKS) as ear:
                first = asyncio.ensure_future(ear.hear())
                await begun(streams, 1)
                await sent(hub, title="One")
                cursor = (await first)["cursor"]
            two = await sent(hub, title="Two")
            await sent(hub, title="Three")
            await done(hub, "housing-officer", "acceptTask", id=two["id"], version=1)
            async with listening(streams, "housing-officer", TASKS, after=cursor) as ear:
                told = [await ear.hear() for _ in range(2)]
            assert [(one["task"]["title"], one["task"]["status"]) for one in told] == [
                ("Three", "SENT"),
                ("Two", "ACCEPTED"),
            ]

    tell(engine_connection, story=story)


def test_alerts_come_from_the_backlog_and_go_on_live(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        async with relaying(hub, NOW), feeding(hub) as streams:
            await _stated(hub, sibling(BOYS[0], BROTHER))
            async with listening(streams, "safeguarding-lead", ALERTS, purpose=SAFETY) as ear:
                first = await ear.hear()
                assert _children(first) == ["Tom"]
                await _stated(hub, sibling(BOYS[1], BROTHER))
                second = await ear.hear()
                assert _children(second) == ["Ben"]
            async with listening(streams, "safeguarding-lead", ALERTS, purpose=SAFETY, after=first["cursor"]) as ear:
                assert await ear.hear() == second
            async with listening(streams, "safeguarding-lead", ALERTS, purpose=SAFETY) as ear:
                assert [await ear.hear(), await ear.hear()] == [first, second]

    tell(engine_connection, *FACTS, *PUPILS, story=story)


def test_an_alert_is_not_told_once_its_reader_may_not_see_it(engine_connection: Connection) -> None:
    """A colleague of another role at the same agency hears nothing, and the mark that comes later holds for events."""

    async def story(hub: TestHub) -> None:
        relay = Relay(store=hub.store, engine=hub.watch.current.engine)
        while await relay.run(stamp(), DAY):
            pass
        await hub.watch.refresh(hub.store)
        alerts = await hub.store.read("MATCH (a:Alert) RETURN collect(a.key)")
        assert len(alerts) == 2
        async with feeding(hub) as streams, listening(streams, "safeguarding-lead", ALERTS, purpose=SAFETY) as ear:
            (told,) = _children(await ear.hear())
            (other,) = {"Tom", "Ben"} - {told}
            await _stated(hub, thing(Node.PERSON, f"larkhall/{other}", Protection.COVERT, givenName=other))
            assert _children(await ear.hear()) == []

    tell(engine_connection, *FACTS, *PUPILS, sibling(BOYS[0], BROTHER), sibling(BOYS[1], BROTHER), story=story)


@dataclass(frozen=True, slots=True, kw_only=True)
class Learning:
    """A store: whenever something was read of it, somebody else has learned of all classes."""

    store: Store
    watch: PolicyWatch

    async def read(self, statement: str, parameters: Mapping[str, Any] | None = None) -> Any:  # noqa: ANN401 - the shape is the statement's
        found = await self.store.read(statement, parameters)
        await self.watch.refresh(self.store)
        return found


def test_an_alert_of_a_class_that_was_learned_while_it_was_looked_at_is_told(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        before = hub.watch.current
        relay = Relay(store=hub.store, engine=before.engine)
        while await relay.run(stamp(), DAY):
            pass
        ((turn, ident),) = await hub.store.read("MATCH (a:Alert) RETURN collect([a.turn, a.alertId])")
        store = Learning(store=hub.store, watch=hub.watch)
        answerer = GraphQLAnswerer(means=replace(hub.answerer.means, store=store))
        occasion = Occasion(subject=ident, turn=turn)
        request = GraphQLRequest(query=ALERTS, variables={})
        assert await answerer.tell(request, PEOPLE["safeguarding-lead"], SAFETY, occasion) is not None
        assert hub.watch.current is not before

    tell(engine_connection, *FACTS, *PUPILS, sibling(BOYS[0], BROTHER), story=story)


@dataclass(slots=True, kw_only=True)
class SlowLedger(ListLedger):
    """Says when it is asked to record something, and does so when it may."""

    asked: asyncio.Event = field(default_factory=asyncio.Event)
    may: asyncio.Event = field(default_factory=asyncio.Event)

    async def record(self, entry: Entry) -> str:
        self.asked.set()
        await self.may.wait()
        return await ListLedger.record(self, entry)


def test_a_change_stands_in_the_ledger_though_its_client_has_left(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ledger = SlowLedger()
        async with feeding(hub) as streams:
            answerer = GraphQLAnswerer(means=replace(hub.answerer.means, ledger=ledger))
            given = {"idempotencyKey": "leaves at once", "caseType": "NOISE"}
            request = GraphQLRequest(query=mutation("openCase"), variables={"input": given})
            answers = replace(streams, answerer=answerer).answers(request, lambda: PEOPLE["asb-officer"], ASB)
            heard = asyncio.ensure_future(anext(answers))
            await ledger.asked.wait()
            heard.cancel()
            ledger.may.set()
            await asyncio.wait([heard])
        assert heard.cancelled()
        assert [change.act for entry in ledger.entries for change in entry.changes] == ["open"]

    tell(engine_connection, story=story)


class Waiting(Exception):  # noqa: N818 - it is no error that there is nothing more
    """Somebody who follows has nothing to look at."""


class Impatient:
    """Raises where somebody would wait."""

    async def again(self) -> None:
        raise Waiting


@pytest.mark.parametrize("goes_on", [True, False])
@pytest.mark.parametrize("late", [0, 1])
def test_of_what_came_together_what_is_seen_later_is_told_too(
    engine_connection: Connection,
    late: int,
    goes_on: bool,  # noqa: FBT001 - one of two beginnings
) -> None:
    """The engine shows what it commits piece by piece: nothing is passed over since another thing was there first.

    That holds also for who comes back with the cursor of that other thing.
    """
    unseen = "MATCH (a:Alert {alertId: $id}) SET a.turn = -a.turn"

    async def story(hub: TestHub) -> None:
        relay = Relay(store=hub.store, engine=hub.watch.current.engine)
        while await relay.run(stamp(), DAY):
            pass
        raised = await hub.store.read("MATCH (a:Alert) WITH a ORDER BY a.alertId RETURN collect([a.turn, a.alertId])")
        (turn, _), _ = raised
        assert [came for came, _ in raised] == [turn, turn]
        idents = [ident for _, ident in raised]
        await hub.store.write(lambda tx: tx.run(unseen, {"id": idents[late]}))
        mark = Mark(position=Position(key=turn - 1, id="")) if goes_on else None
        watch = Watch(node=Node.ALERT, ident=None, mark=mark)
        occasions = follow(watch, "larkhall", hub.store.read, Impatient())
        first = await anext(occasions)
        assert first.subject == idents[1 - late]
        await hub.store.write(lambda tx: tx.run(unseen, {"id": idents[late]}))
        again = follow(replace(watch, mark=first.mark), "larkhall", hub.store.read, Impatient())
        for going_on in (occasions, again):
            assert (await anext(going_on)).subject == idents[late]
            with pytest.raises(Waiting):
                await anext(going_on)

    tell(engine_connection, *FACTS, *PUPILS, sibling(BOYS[0], BROTHER), sibling(BOYS[1], BROTHER), story=story)


async def _stated(hub: TestHub, *facts: NodeFact | LinkFact) -> None:
    await write(hub.store, *facts, seed=f"stated {facts}")
    await hub.watch.refresh(hub.store)
    hub.bell.ring()


def _children(told: dict[str, Any]) -> list[str]:
    return [edge["node"]["givenName"] for edge in told["alert"]["people"]["edges"] if edge["node"]["givenName"]]
