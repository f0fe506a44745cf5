"""A team sees what waits where and who is away, and whoever is away says so."""

from datetime import timedelta

from graph.store import Connection
from tests.hub.work.visiting import House, hidden, seen, visit
from tests.resolvers.acting import taskwork

TEAM = "/work/team"


def test_what_waits_where_is_seen_by_person_agency_and_team(engine_connection: Connection) -> None:
    async def story(house: House) -> None:
        await taskwork.sent(house.hub, person="housing-officer")
        await taskwork.sent(house.hub)
        async with house.visitor("housing-officer") as landlord:
            text = seen(await landlord.page(TEAM))
            assert "Where something waits 1" in text
            assert "housing-officer, housing 1 1 0 " in text
            assert "housing 2 2 0 " in seen(await landlord.page(f"{TEAM}?by=AGENCY"))
            assert "Nothing waits for an answer." in seen(await landlord.page(f"{TEAM}?by=TEAM"))
            assert 'aria-current="true">By person' in await landlord.page(f"{TEAM}?by=ODD")

    visit(engine_connection, story=story)


def test_somebody_is_away_a_colleague_stands_in_and_they_come_back(engine_connection: Connection) -> None:
    async def story(house: House) -> None:
        days = {"fromDay": "2026-11-24", "untilDay": "2026-11-30", "standIn": "housing-colleague"}
        async with house.visitor("housing-officer") as landlord, house.visitor("asb-officer") as officer:
            assert "Nobody of your agency has said so." in seen(await landlord.page(TEAM))
            for given, field in (({"untilDay": "2026-11-23"}, "untilDay"), ({"standIn": "housing-officer"}, "standIn")):
                refused = await landlord.send(TEAM, f"{TEAM}/away", **{**days, **given})
                assert (refused.status_code, f'id="wrong-away-{field}"' in refused.text) == (422, True)
            away = await landlord.do(TEAM, "away", **days)
            assert "Away 1 housing-officer from 24 November 2026 to 30 November 2026" in seen(away)
            assert "you are away until 30 November 2026" in seen(await landlord.page("/work"))
            assert "Away 0" in seen(await officer.page(TEAM)), "another agency's absences are its own"
            later = await landlord.do(TEAM, "away", **{**days, "untilDay": "2026-12-04"})
            assert "Away 1 housing-officer from 24 November 2026 to 4 December 2026" in seen(later)
            house.clock.move(timedelta(minutes=1))
            back = await landlord.do(TEAM, "back", **hidden(later, f"{TEAM}/back"))
            assert "Away 0" in seen(back)
            assert f"{TEAM}/back" not in back

    visit(engine_connection, story=story)
