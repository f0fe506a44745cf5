"""What waits with somebody who goes away: it goes on to who stands in, all of it, with nothing lost on the way."""

import pytest

from graph.doctor import recompute
from graph.store import Connection
from resolvers.acting import standing_in
from resolvers.acting.standing_in import StandIns
from tests.resolvers.acting.taskwork import attempt, away, done, inbox, sent, steps
from tests.resolvers.acting.test_tasks import read
from tests.resolvers.stage import tell
from tests.support.hub import DAY, TestHub
from tests.support.scenes import stamp

WITH_HIM = {"person": {"eq": "housing-officer"}}
WITH_HER = {"person": {"eq": "housing-colleague"}}


async def healthy(hub: TestHub) -> None:
    assert [difference async for difference in recompute(hub.store)] == []


def test_what_waits_with_somebody_goes_on_when_they_go_away_and_what_does_not_stays(
    engine_connection: Connection,
) -> None:
    async def story(hub: TestHub) -> None:
        waiting = (await sent(hub, person="housing-officer", team="neighbourhoods"))["id"]
        taken = (await sent(hub, title="Taken"))["id"]
        await done(hub, "housing-officer", "acceptTask", id=taken, version=1)
        answered = (await sent(hub, person="housing-officer", title="Answered"))["id"]
        await done(hub, "housing-officer", "answerTask", id=answered, version=1, text="His")
        others = (await sent(hub, person="somebody-else", title="Not his"))["id"]
        await away(hub, "housing-officer", "housing-colleague")
        task = await read(hub, "asb-officer", waiting)
        assert (task["person"], task["team"], task["status"], task["version"]) == (
            "housing-colleague",
            "neighbourhoods",
            "SENT",
            2,
        )
        assert steps(task) == [
            ("SENT", "asb-officer", "housing-officer"),
            ("STOOD_IN", "housing-officer", "housing-colleague"),
        ]
        task = await read(hub, "asb-officer", taken)
        assert (task["person"], task["status"], task["version"]) == ("housing-colleague", "SENT", 3)
        assert {one["title"] for one in await inbox(hub, "asb-officer", **WITH_HIM)} == {"Answered"}
        assert (await read(hub, "asb-officer", others))["version"] == 1
        stale = await attempt(hub, "housing-officer", "acceptTask", id=waiting, version=1)
        assert (stale["__typename"], stale["currentVersion"]) == ("Conflict", 2)
        await done(hub, "housing-officer", "answerTask", id=waiting, version=2, text="A Mr Reed")
        await healthy(hub)

    tell(engine_connection, story=story)


def test_where_those_who_stand_in_are_away_in_a_circle_the_team_has_it(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        ident = (await sent(hub, person="housing-officer"))["id"]
        await away(hub, "housing-colleague", "housing-officer")
        await away(hub, "housing-officer", "housing-colleague")
        task = await read(hub, "asb-officer", ident)
        assert task["person"] is None
        assert steps(task)[1:] == [
            ("STOOD_IN", "housing-officer", "housing-colleague"),
            ("RETURNED", "housing-colleague", None),
        ]
        await healthy(hub)

    tell(engine_connection, story=story)


def test_an_absence_to_come_hands_on_once_it_begins_and_one_taken_back_never(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        await sent(hub, person="housing-officer")
        stand_ins = StandIns(store=hub.store)
        given = {"fromDay": "2026-11-26", "untilDay": "2026-11-30"}
        await attempt(hub, "housing-officer", "setAbsence", standIn="housing-colleague", **given)
        assert await stand_ins.run(stamp("round 1"), DAY) == 0
        assert len(await inbox(hub, "asb-officer", **WITH_HIM)) == 1
        assert await stand_ins.run(stamp("round 2"), "2026-11-26") == 1
        assert await stand_ins.run(stamp("round 3"), "2026-11-26") == 0
        assert len(await inbox(hub, "asb-officer", **WITH_HER)) == 1
        await attempt(hub, "housing-officer", "setAbsence", standIn="housing-colleague", **given)
        back = {"fromDay": "2026-11-20", "untilDay": "2026-11-20"}
        await attempt(hub, "housing-officer", "setAbsence", standIn="housing-colleague", **back)
        await sent(hub, person="housing-officer")
        assert await stand_ins.run(stamp("round 4"), "2026-11-27") == 0
        await healthy(hub)

    tell(engine_connection, story=story)


def test_more_than_one_transaction_bears_goes_on_in_several_the_longest_waiting_first(
    engine_connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standing_in, "MOST", 2)

    async def story(hub: TestHub) -> None:
        idents = [(await sent(hub, person="housing-officer"))["id"] for _ in range(5)]
        await away(hub, "housing-officer", "housing-colleague")
        assert len(await inbox(hub, "asb-officer", **WITH_HER)) == 2
        stand_ins = StandIns(store=hub.store)
        moved: list[int] = []
        while count := await stand_ins.run(stamp(f"round {len(moved)}"), DAY):
            moved.append(count)
        assert moved == [2, 1]
        for ident in idents:
            assert [kind for kind, _, _ in steps(await read(hub, "asb-officer", ident))] == ["SENT", "STOOD_IN"]
        await healthy(hub)

    tell(engine_connection, story=story)
