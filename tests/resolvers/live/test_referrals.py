"""Referrals as they come: who triages hears of each, and others of what is done that they are told of."""

import asyncio
import json
from typing import Any

from graph.inbox import turns
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
from tests.resolvers.live.listening import begun, feeding, listening
from tests.resolvers.live.test_inboxes import Impatient, Waiting
from tests.resolvers.stage import tell
from tests.support.hub import ASB, PEOPLE, TestHub

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


async def heard(hub: TestHub, who: str, last: Position) -> list[tuple[str, int | None]]:
    """What somebody is told who comes back after a turn, and what they were told of it: states and versions."""
    watch = Watch(node=Node.REFERRAL, ident=None, mark=Mark(position=last))
    request, events = GraphQLRequest(query=REFERRALS, variables={}), []
    try:
        async for occasion in follow(watch, PEOPLE[who].agency, hub.store.read, Impatient()):
            answer = await hub.answerer.tell(request, PEOPLE[who], ASB, occasion)
            if answer is not None:
                referral = json.loads(answer.body)["data"]["told"]["referral"]
                events.append((referral["state"], referral["version"]))
    except Waiting:
        return events
    raise AssertionError("who follows never ends")


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
            return {who: told for who in EVERYBODY if (told := await heard(hub, who, last))}

        assert await judge("confirmLikeness") == {"asb-officer": [("RECEIVED", 1)]}
        assert await judge("withdrawLikeness", version=1) == {"asb-officer": [("RECEIVED", 1)]}
        away = Position(key=await turns(hub.store.read), id=ident)
        await done(hub, "asb-officer", "triageReferral", id=ident, version=1, **ROUTED)
        assert await judge("confirmLikeness") == {"asb-officer": [("ROUTED", 2)]}
        for who, version in (("asb-officer", 2), ("housing-officer", 2), ("police-officer", None)):
            assert await heard(hub, who, away) == [("ROUTED", version)], "who was away hears what they missed"

    tell(engine_connection, *FACTS, ZOE, story=story)


def test_the_desk_hears_what_is_referred_and_goes_on_where_it_left(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        async with feeding(hub) as streams:
            async with listening(streams, "asb-officer", REFERRALS) as desk:
                hearing = asyncio.ensure_future(desk.hear())
                await begun(streams, 1)
                ident = await received(hub)
                told = await hearing
                assert told["referral"] == {"id": ident, "state": "RECEIVED", "version": 1}
            other = await received(hub)
            secret = await submitted(hub, "housing-officer", isIntelligence=True)
            assert secret["referral"] is None
            async with listening(streams, "asb-officer", REFERRALS, after=told["cursor"]) as desk:
                assert (await desk.hear())["referral"]["id"] == other
                await done(hub, "asb-officer", "takeReferral", id=ident, version=1)
                assert (await desk.hear())["referral"] == {"id": ident, "state": "IN_TRIAGE", "version": 2}
            async with listening(streams, "asb-officer", BLIND) as desk:
                assert "select `version`" in (await desk.refusal())["message"]

    tell(engine_connection, *FACTS, story=story)
