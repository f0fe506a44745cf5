"""Alerts that nobody could be told that day: none is lost, each is told once somebody can be, and never twice."""

import logging
from dataclasses import replace

import pytest

from graph import undelivered
from graph.store import Connection
from graph.undelivered import Count
from hub.alerting import Alerting
from hub.checkup.graph import examine_alerts
from policies.engine import Engine
from policies.vocabulary import Protection
from resolvers.alerting import Relay
from tests.resolvers.acting.test_alerts import BOY, BROTHER, FACTS, GANG, SAFETY, inbox, relayed, stated
from tests.resolvers.acting.test_attacks import marked
from tests.resolvers.acting.test_lost_alerts import OF_CONCERN, heard
from tests.resolvers.stage import tell
from tests.support.hub import DAY, TestHub
from tests.support.scenes import associate, person, sibling, stamp, write

NEXT_DAY = "2026-11-25"
ADDRESS = "safeguarding@larkhall.example.org"
LEAD = person("police/lead", givenName="Lee", familyName="Lead", dateOfBirth="1983-05-01", email=ADDRESS)
RELATED = associate(LEAD, BOY)
NOBODY, NONE = Count(without_anybody=1, kept_back=0), Count(without_anybody=0, kept_back=0)


def school_alone(hub: TestHub) -> Engine:
    """The policies in force, of which the rule has no recipient after the school."""
    engine = hub.watch.current.engine
    (rule,) = engine.alerts
    return replace(engine, policy_hash="alone", alerts=(rule.model_copy(update={"recipients": rule.recipients[:1]}),))


async def looked(hub: TestHub, engine: Engine, day: str = DAY) -> Count:
    relay = Relay(store=hub.store, engine=engine)
    while await relay.run(stamp(f"relay {engine.policy_hash} {day}"), day):
        pass
    await hub.watch.refresh(hub.store)
    return await undelivered.count(hub.store.read)


async def tie(hub: TestHub) -> None:
    await write(hub.store, sibling(BOY, BROTHER), seed="tie")


def test_an_alert_that_nobody_can_be_told_waits_and_is_told_under_other_policies_once(
    engine_connection: Connection,
) -> None:
    async def story(hub: TestHub) -> None:
        await tie(hub)
        alone = school_alone(hub)
        assert await looked(hub, alone) == NOBODY
        assert [finding.level async for finding in examine_alerts(hub.store)] == ["WRONG"]
        assert await looked(hub, alone, NEXT_DAY) == NOBODY
        assert await heard(hub) == await heard(hub, "youth-worker") == 0
        for day in (NEXT_DAY, "2026-11-26"):
            assert await looked(hub, hub.watch.current.engine, day) == NONE
            assert (await heard(hub), await heard(hub, "youth-worker")) == (0, 1)
        assert [finding.level async for finding in examine_alerts(hub.store)] == ["ok"]

    tell(engine_connection, *FACTS, *OF_CONCERN, LEAD, RELATED, story=story)


def test_who_is_related_no_longer_is_told_on_the_next_day(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        await tie(hub)
        alone = school_alone(hub)
        assert await looked(hub, alone) == NOBODY
        await write(
            hub.store, replace(LEAD, values={**LEAD.values, "email": "lee@example.org"}), seed="another address"
        )
        assert await looked(hub, alone, NEXT_DAY) == NONE
        assert await heard(hub) == 1
        assert await looked(hub, alone, "2026-11-26") == NONE
        assert await heard(hub) == 1

    tell(engine_connection, *FACTS, *OF_CONCERN, LEAD, RELATED, story=story)


def test_who_was_told_is_not_told_again_though_nobody_could_be_now(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        await tie(hub)
        alone = school_alone(hub)
        assert await looked(hub, alone) == NONE
        assert await heard(hub) == 1
        await write(hub.store, RELATED, seed="related")
        assert await looked(hub, alone, NEXT_DAY) == NONE
        assert await heard(hub) == 1

    tell(engine_connection, *FACTS, *OF_CONCERN, LEAD, story=story)


def test_what_is_over_before_anybody_could_be_told_waits_no_longer(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        await tie(hub)
        alone = school_alone(hub)
        assert await looked(hub, alone) == NOBODY
        await write(hub.store, replace(GANG, values={**GANG.values, "status": "CLOSED"}), seed="closed")
        assert await looked(hub, alone, NEXT_DAY) == NONE
        assert await heard(hub) == 0

    tell(engine_connection, *FACTS, *OF_CONCERN, LEAD, RELATED, story=story)


def test_what_waits_outlasts_a_rule_that_rests(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        await tie(hub)
        alone = school_alone(hub)
        assert await looked(hub, alone) == NOBODY
        (rule,) = alone.alerts
        resting = replace(alone, policy_hash="resting", alerts=(rule.model_copy(update={"status": "suspended"}),))
        assert await looked(hub, resting) == NOBODY
        assert await looked(hub, replace(alone, policy_hash="gone", alerts=())) == NONE

    tell(engine_connection, *FACTS, *OF_CONCERN, LEAD, RELATED, story=story)


def test_what_protections_keep_back_is_counted_apart_and_told_once_they_are_lifted(
    engine_connection: Connection,
) -> None:
    async def story(hub: TestHub) -> None:
        await marked(hub, GANG, Protection.COVERT)
        await stated(hub, sibling(BOY, BROTHER))
        assert await undelivered.count(hub.store.read) == Count(without_anybody=0, kept_back=1)
        assert [finding.level async for finding in examine_alerts(hub.store)] == ["note"]
        await marked(hub, GANG)
        await relayed(hub)
        assert await undelivered.count(hub.store.read) == NONE
        assert len(await inbox(hub, "safeguarding-lead", SAFETY)) == 1

    tell(engine_connection, *FACTS, *OF_CONCERN, story=story)


def test_the_log_says_how_many_wait_and_of_nobody_whom(
    engine_connection: Connection, caplog: pytest.LogCaptureFixture
) -> None:
    async def story(hub: TestHub) -> None:
        await tie(hub)
        alerting = Alerting(store=hub.store, relay=Relay(store=hub.store, engine=school_alone(hub)))
        for day in (DAY, DAY, NEXT_DAY):
            while await alerting.run(stamp(f"round {day}"), day):
                pass

    with caplog.at_level(logging.WARNING, "hub.alerting"):
        tell(engine_connection, *FACTS, *OF_CONCERN, LEAD, RELATED, story=story)
    assert [record.message for record in caplog.records] == ["alerts that could be told to nobody: 1"] * 2
