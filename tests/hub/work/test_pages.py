"""What the pages show: as much as agreements do, in words where that is not all; hidden and missing look the same."""

import re
from datetime import timedelta

import pytest

from graph.errors import GraphUnavailable
from graph.store import Connection
from hub.answers import Answer, GraphQLRequest
from policies.viewer import Principal
from tests.hub.work.visiting import House, raised, seen, visit
from tests.resolvers.acting import taskwork
from tests.resolvers.acting.casework import changed, opened
from tests.resolvers.acting.test_alerts import FACTS, SAFETY
from tests.support.hub import ASB
from tests.support.scenes import case, concerns, person, premises, resides, write

HOME = premises("council/home", address="1 Dean Street", postcode="W1D 3DH", ward="E05013808")
TOBI = person(
    "council/tobi",
    givenName="Tobi",
    familyName="Hart",
    dateOfBirth="2010-09-03",
    phone="+447700900114",
    address="1 Dean Street",
    postcode="W1D 3DH",
    ward="E05013808",
)
MATTER = case("council/ASB-1", "council", "housing", caseType="NOISE", openedOn="2026-09-01", summary="Drums")
KNOWN = (HOME, TOBI, resides(TOBI, HOME), MATTER, concerns(MATTER, TOBI, "ALLEGED_PERPETRATOR"))
HOSTILE = "<script>alert('1')</script> & \N{FIRE} \N{RIGHT-TO-LEFT OVERRIDE}{{ 7 * 7 }}"


async def ident(house: House, reference: str) -> str:
    """The id of a case that was stated."""
    query = f'{{ cases(first: 1, filter: {{reference: {{eq: "{reference}"}}}}) {{ edges {{ node {{ id }} }} }} }}'
    found = await house.hub.data("asb-officer", ASB, query)
    return str(found["cases"]["edges"][0]["node"]["id"])


def test_a_case_shows_each_agency_what_its_agreements_do_and_says_where_that_is_not_all(
    engine_connection: Connection,
) -> None:
    async def story(house: House) -> None:
        address = f"/work/cases/{await ident(house, 'council/ASB-1')}"
        async with house.visitor("asb-officer") as officer, house.visitor("housing-officer") as landlord:
            told, cut = seen(await officer.page(address)), seen(await landlord.page(address))
            assert "Tobi Hart Alleged perpetrator Born 3 September 2010" in told
            assert "blurred" not in told
            assert "withheld" not in told
            assert "Born 2010 blurred" in cut
            assert "Warnings nothing shown blurred" in cut
            assert "Summary withheld by agreement" in cut
            assert "Summary Drums" in told
            assert "Warnings not recorded" in told

    visit(engine_connection, *KNOWN, story=story)


def test_what_is_hidden_is_answered_as_what_does_not_exist_byte_for_byte(engine_connection: Connection) -> None:
    silent = case("police/OP-1", "police", caseType="GANG")

    async def story(house: House) -> None:
        await write(house.hub.store, silent, seed="silent")
        await house.hub.watch.refresh(house.hub.store)
        found = await house.hub.data("police-officer", ASB, "{ cases(first: 1) { edges { node { id } } } }")
        hidden = found["cases"]["edges"][0]["node"]["id"]
        task = (await taskwork.sent(house.hub, "police-officer", agency="council"))["id"]
        async with house.visitor("victim-support") as caseworker:
            for kind, there in (("cases", hidden), ("tasks", task)):
                pages = [await caseworker.page(f"/work/{kind}/{one}", 404) for one in (there, there[:-3] + "000")]
                assert pages[0] == pages[1]
                assert "There is nothing at this address that you may see" in pages[0]

    visit(engine_connection, story=story)


def test_hostile_text_is_text(engine_connection: Connection) -> None:
    async def story(house: House) -> None:
        made = await opened(house.hub, summary=HOSTILE, reference="<b>X</b>")
        await changed(house.hub, "asb-officer", "addNote", id=made["id"], text=HOSTILE, assertionType="OPINION")
        async with house.visitor("asb-officer") as officer:
            for address in ("/work", "/work/cases", f"/work/cases/{made['id']}"):
                page = await officer.page(address)
                assert "<b>X" not in page
                assert page.count("<script") == 1, "the hub's own"
            assert seen(page).count(HOSTILE.replace("  ", " ")) == 3, (
                "the summary, the form that changes it, and the note"
            )

    visit(engine_connection, story=story)


def test_the_overview_counts_what_waits_for_whom(engine_connection: Connection) -> None:
    async def story(house: House) -> None:
        await taskwork.sent(house.hub, title="For me", person="housing-officer")
        await taskwork.sent(house.hub, title="For us")
        async with house.visitor("housing-officer") as landlord, house.visitor("asb-officer") as officer:
            text = seen(await landlord.page("/work"))
            assert "0 Alerts not acknowledged 1 Tasks with you 2 Tasks with your agency" in text
            assert "For us 1 December 2026 Sent housing" in text
            assert "Sent by you 2" in seen(await officer.page("/work/tasks"))
            assert "overdue" not in text
        house.clock.move(timedelta(days=14))
        async with house.visitor("housing-officer") as landlord:
            assert "For me 1 December 2026 overdue" in seen(await landlord.page("/work/tasks"))

    visit(engine_connection, story=story)


def test_alerts_are_shown_to_the_recipient_and_to_nobody_else(engine_connection: Connection) -> None:
    async def story(house: House) -> None:
        await raised(house)
        for who, purpose, number in (
            ("safeguarding-lead", SAFETY, 1),
            ("police-officer", ASB, 0),
            ("councillor", ASB, 0),
        ):
            async with house.visitor(who, purpose) as visitor:
                assert f"To be acknowledged {number}" in seen(await visitor.page("/work/alerts")), (who, purpose)

    visit(engine_connection, *FACTS, story=story)


def test_long_lists_go_on_with_the_next_page(engine_connection: Connection) -> None:
    matters = [
        case(f"council/ASB-{at}", "council", caseType="NOISE", openedOn=f"2026-01-{at:02}") for at in range(1, 29)
    ]

    async def story(house: House) -> None:
        async with house.visitor("asb-officer") as officer:
            first = await officer.page("/work/cases")
            further = first.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
            second = await officer.page(further)
            shown = [name for at in range(1, 29) for name in (f"council/ASB-{at}",) if f">{name}<" in first + second]
            assert len(shown) == 28
            assert first.count("/work/cases/case_") == 25
            assert 'rel="next"' not in second
            assert "This did not work" in await officer.page("/work/cases?after=made-up", 400)

    visit(engine_connection, *matters, story=story)


def test_cases_are_chosen_by_whose_they_are_and_how_they_stand(engine_connection: Connection) -> None:
    matters = (
        case("council/A-1", "council", caseType="NOISE"),
        case("council/A-2", "council", caseType="NOISE", status="CLOSED"),
        case("police/B-1", "police", caseType="NOISE"),
        case("police/B-2", "police", "council", caseType="NOISE"),
    )
    chosen = {
        "": {"council/A-1", "police/B-2"},
        "?whose=ours&status=CLOSED": {"council/A-2"},
        "?whose=others": {"police/B-1"},
        "?whose=all": {"council/A-1", "council/A-2", "police/B-1", "police/B-2"},
    }

    async def story(house: House) -> None:
        async with house.visitor("asb-officer") as officer:
            for choice, references in chosen.items():
                page = await officer.page(f"/work/cases{choice}")
                assert set(re.findall(r">((?:council|police)/\S+)</a>", page)) == references, choice

    visit(engine_connection, *matters, story=story)


def test_choices_in_an_address_that_are_none_show_the_usual(engine_connection: Connection) -> None:
    async def story(house: House) -> None:
        async with house.visitor("asb-officer") as officer:
            for address in ("/work/referrals?state=ODD", "/work/cases?status=ODD&whose=ODD", "/work/cases?done=odd"):
                assert "aria-current" in await officer.page(address)

    visit(engine_connection, story=story)


@pytest.mark.parametrize(
    ("failure", "status", "text"),
    [
        (GraphUnavailable("bolt://secret:7687 is gone"), 503, "The graph does not answer at the moment"),
        (KeyError("12 Secret Street"), 500, "Something went wrong in the hub"),
    ],
)
def test_what_goes_wrong_is_a_page_that_tells_nothing_of_it(
    engine_connection: Connection, failure: Exception, status: int, text: str
) -> None:
    async def failing(request: GraphQLRequest, principal: Principal, purpose: str | None) -> Answer:
        del request, principal, purpose
        raise failure

    async def story(house: House) -> None:
        async with house.visitor("asb-officer", answerer=failing) as officer:
            page = await officer.page("/work", status)
            assert text in page
            assert "ecret" not in page

    visit(engine_connection, story=story)


def test_a_page_that_cannot_be_drawn_is_a_page_that_says_so(
    engine_connection: Connection, caplog: pytest.LogCaptureFixture
) -> None:
    async def odd(request: GraphQLRequest, principal: Principal, purpose: str | None) -> Answer:
        del request, principal, purpose
        return Answer(status=200, body=b'{"data": {"something": "12 Secret Street"}}')

    async def story(house: House) -> None:
        async with house.visitor("asb-officer", answerer=odd) as officer:
            page = await officer.page("/work", 500)
            assert "Something went wrong in the hub" in page
            assert "Correlation id" in page
            assert "ecret" not in page

    visit(engine_connection, story=story)
    assert "a page fails" in caplog.messages


def test_an_address_that_is_no_page_leads_on(engine_connection: Connection) -> None:
    async def story(house: House) -> None:
        async with house.visitor("asb-officer") as officer:
            assert "There is no such page." in await officer.page("/work/nonsense", 404)
            for address, where in (("cases/open", "cases"), ("cases/case_0/note", "cases/case_0")):
                answer = await officer.client.get(f"/work/{address}")
                assert (answer.status_code, answer.headers["location"]) == (303, f"/work/{where}")

    visit(engine_connection, story=story)


def test_a_browser_keeps_the_files_and_asks_whether_they_have_changed(engine_connection: Connection) -> None:
    async def story(house: House) -> None:
        async with house.visitor() as visitor:
            for name in ("work.css", "work.js", "ground.js", "mark.svg"):
                first = await visitor.client.get(f"/work/static/{name}")
                assert (first.status_code, first.headers["cache-control"]) == (200, "no-cache")
                known = {"If-None-Match": first.headers["etag"]}
                again = await visitor.client.get(f"/work/static/{name}", headers=known)
                assert (again.status_code, again.content) == (304, b"")

    visit(engine_connection, story=story)
