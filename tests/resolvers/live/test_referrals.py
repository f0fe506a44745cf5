"""Referrals as they come: who triages hears of each, and others of what is done that they are told of."""

import asyncio
import json
from dataclasses import replace
from typing import Any

from graph.inbox import turns
from graph.migrations import migrate
from graph.plan import Position
from graph.store import Connection
from graph.vocabulary import Node
from hub.answers import GraphQLRequest
from resolvers.cursors import Mark
from resolvers.live.following import follow
from resolvers.occasions import Watch
from tests.resolvers.acting.test_described import ZOE, described, of_record, somebody
from tests.resolvers.acting.test_referrals import FACTS, submitted
from tests.resolvers.acting.test_triage import received
from tests.resolvers.acting.triagework import done, judged
from tests.resolvers.live.desks import two_desks
from tests.resolvers.live.listening import begun, feeding, listening
from tests.resolvers.live.test_inboxes import Impatient, Waiting
from tests.resolvers.stage import staged, tell
from tests.support.hub import ASB, PEOPLE, TestHub
from tests.support.scenes import stamp, write

REFERRALS = """subscription($after: String) { told: referralUpdates(after: $after) { cursor kind
  referral { id state version } } }"""
BLIND = "subscription { referralUpdates { referral { id state } } }"
ROUTED = judged(route="POLICE", services=["police"], reason="He has a knife")
STEPS: tuple[tuple[str, bool, dict[str, Any]], ...] = (
    ("takeReferral", False, {}),
    ("triageReferral", True, ROUTED),
    ("closeReferral", True, {"reason": "Done"}),
    ("reopenReferral", True, {"reason": "Not done"}),
    ("takeReferral", False, {}),
    ("handBackReferral", False, {"reason": "Ill"}),
)
"""What the desk does, and whether it concerns the service."""
EVERYBODY = ("asb-officer", "housing-officer", "police-officer", "victim-support", "councillor")


async def told(hub: TestHub, who: str, last: Position, *, leaves: bool = False) -> list[dict[str, Any]]:
    """What somebody is told who comes back after a turn, and what they were told of it.

    Whoever `leaves` does so after each event, and comes back with its cursor.
    """
    watch = Watch(node=Node.REFERRAL, ident=None, mark=Mark(position=last))
    request = GraphQLRequest(query=REFERRALS, variables={})
    events: list[dict[str, Any]] = []
    following = follow(watch, PEOPLE[who].agency, hub.store.read, Impatient())
    while True:
        try:
            occasion = await anext(following)
        except Waiting:
            return events
        answer = await hub.answerer.tell(request, PEOPLE[who], ASB, occasion)
        if answer is None:
            continue
        events.append(json.loads(answer.body)["data"]["told"]["referral"])
        if leaves:
            following = follow(replace(watch, mark=occasion.mark), PEOPLE[who].agency, hub.store.read, Impatient())


async def heard(hub: TestHub, who: str, last: Position) -> list[tuple[str, int | None]]:
    """The same, as states and versions."""
    return [(one["state"], one["version"]) for one in await told(hub, who, last)]


async def order(hub: TestHub, last: Position, *referrals: str) -> dict[str, str]:
    """In which order each hears of referrals, as their numbers; it is the same for whoever leaves after each."""
    heard = {}
    for who in EVERYBODY:
        once, by_one = [
            "".join(str(referrals.index(one["id"])) for one in await told(hub, who, last, leaves=leaves))
            for leaves in (False, True)
        ]
        assert once == by_one, who
        heard[who] = once
    return {who: found for who, found in heard.items() if found}


def test_each_is_told_what_is_done_that_they_may_know_of(engine_connection: Connection) -> None:
    """A service is told no version: what the desk does by itself says nothing to it, whatever it follows."""

    async def story(hub: TestHub) -> None:
        ident = await received(hub)
        for version, (name, is_told, given) in enumerate(STEPS, start=2):
            last = Position(key=await turns(hub.store.read), id=ident)
            state = (await done(hub, "asb-officer", name, id=ident, version=version - 1, **given))["state"]
            expected: dict[str, list[tuple[str, int | None]]] = {
                "asb-officer": [(state, version)],
                "housing-officer": [(state, version)],
                "police-officer": [(state, None)] if is_told else [],
            }
            for who in EVERYBODY:
                assert await heard(hub, who, last) == expected.get(who, []), (name, who)

    tell(engine_connection, *FACTS, story=story)


def test_whom_the_desk_holds_to_be_meant_it_alone_hears(engine_connection: Connection) -> None:
    """A version that moves would tell the referrer, and the services, that the hub knows somebody of that name."""

    async def story(hub: TestHub) -> None:
        ident, zoe = await described(hub, somebody()), await of_record(hub, str(ZOE.source))

        async def judge(name: str, **given: int) -> dict[str, list[tuple[str, int | None]]]:
            """What each hears of a judgement who heard all before it."""
            last = Position(key=await turns(hub.store.read), id=ident)
            await done(hub, "asb-officer", name, id=ident, person=zoe, reason="Her gait", **given)
            return {who: found for who in EVERYBODY if (found := await heard(hub, who, last))}

        assert await judge("confirmLikeness") == {"asb-officer": [("RECEIVED", 1)]}
        assert await judge("withdrawLikeness", version=1) == {"asb-officer": [("RECEIVED", 1)]}
        away = Position(key=await turns(hub.store.read), id=ident)
        await done(hub, "asb-officer", "triageReferral", id=ident, version=1, **ROUTED)
        assert await judge("confirmLikeness") == {"asb-officer": [("ROUTED", 2)]}
        for who, version in (("asb-officer", 2), ("housing-officer", 2), ("police-officer", None)):
            assert await heard(hub, who, away) == [("ROUTED", version)], "who was away hears what they missed"

    tell(engine_connection, *FACTS, ZOE, story=story)


def test_each_of_two_desks_hears_what_it_judged_when_it_did(engine_connection: Connection) -> None:
    """What the other judged neither takes that from it, nor moves it behind what came in between."""

    async def whole() -> None:
        async with staged(engine_connection, two_desks()) as hub:
            await write(hub.store, *FACTS, ZOE)
            await hub.watch.refresh(hub.store)
            ident, zoe = await described(hub, somebody()), await of_record(hub, str(ZOE.source))
            given = {"id": ident, "person": zoe, "reason": "Her gait"}
            last = Position(key=await turns(hub.store.read), id=ident)
            await done(hub, "asb-officer", "confirmLikeness", **given)
            between = await received(hub)
            await done(hub, "police-officer", "confirmLikeness", **given)
            expected = {"asb-officer": "01", "police-officer": "10", "housing-officer": "1"}
            assert await order(hub, last, ident, between) == expected
            last = Position(key=await turns(hub.store.read), id=ident)
            await done(hub, "asb-officer", "takeReferral", id=ident, version=1)
            await done(hub, "asb-officer", "withdrawLikeness", id=ident, person=zoe, version=2, reason="Not hers")
            assert await order(hub, last, ident) == {"asb-officer": "0", "police-officer": "0", "housing-officer": "0"}

    asyncio.run(whole())


def test_what_was_judged_in_a_graph_of_before_is_heard_of_by_the_desk_alone(engine_connection: Connection) -> None:
    before = "MATCH (n:Referral), (m:Migration {name: $step}) SET n.judge = 'council' REMOVE n.judges DELETE m"
    step = "0018-judges-of-referrals"

    async def story(hub: TestHub) -> None:
        ident, zoe = await described(hub, somebody()), await of_record(hub, str(ZOE.source))
        last = Position(key=await turns(hub.store.read), id=ident)
        await done(hub, "asb-officer", "confirmLikeness", id=ident, person=zoe, reason="Her gait")
        await hub.store.write(lambda tx: tx.run(before, {"step": step}))
        assert await migrate(hub.store, stamp()) == [step]
        assert await order(hub, last, ident) == {"asb-officer": "0"}

    tell(engine_connection, *FACTS, ZOE, story=story)


def test_what_others_do_not_hear_of_neither_hides_nor_moves_what_they_do(engine_connection: Connection) -> None:
    """Otherwise whoever left in between misses something, and the order would tell that there was something more."""

    async def story(hub: TestHub) -> None:
        zoe = await of_record(hub, str(ZOE.source))
        first, second = [await described(hub, somebody()) for _ in range(2)]
        for ident in (first, second):
            await done(hub, "asb-officer", "triageReferral", id=ident, version=1, **ROUTED)
        last = Position(key=await turns(hub.store.read), id=second)
        for ident in (first, second):
            await done(hub, "asb-officer", "closeReferral", id=ident, version=2, reason="Done")
        await done(hub, "asb-officer", "reopenReferral", id=second, version=3, reason="Not done")
        await done(hub, "asb-officer", "reopenReferral", id=first, version=3, reason="Not done")
        await done(hub, "asb-officer", "takeReferral", id=second, version=4)
        third = await received(hub)
        await done(hub, "asb-officer", "confirmLikeness", id=first, person=zoe, reason="Her gait")
        expected = {"asb-officer": "120", "housing-officer": "012", "police-officer": "10"}
        assert await order(hub, last, first, second, third) == expected

    tell(engine_connection, *FACTS, ZOE, story=story)


def test_the_desk_hears_what_is_referred_and_goes_on_where_it_left(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        async with feeding(hub) as streams:
            async with listening(streams, "asb-officer", REFERRALS) as desk:
                hearing = asyncio.ensure_future(desk.hear())
                await begun(streams, 1)
                ident = await received(hub)
                first = await hearing
                assert first["referral"] == {"id": ident, "state": "RECEIVED", "version": 1}
            other = await received(hub)
            secret = await submitted(hub, "housing-officer", isIntelligence=True)
            assert secret["referral"] is None
            async with listening(streams, "asb-officer", REFERRALS, after=first["cursor"]) as desk:
                assert (await desk.hear())["referral"]["id"] == other
                await done(hub, "asb-officer", "takeReferral", id=ident, version=1)
                assert (await desk.hear())["referral"] == {"id": ident, "state": "IN_TRIAGE", "version": 2}
            async with listening(streams, "asb-officer", BLIND) as desk:
                assert "select `version`" in (await desk.refusal())["message"]

    tell(engine_connection, *FACTS, story=story)
