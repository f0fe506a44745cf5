"""People work on the page `/work` in a real browser: what they do, what others see of it at once, and no barriers."""

import re

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from tests.browser.partnership import CASE, GANG, HOSTILE, do
from tests.browser.visiting import Desk, found, is_live
from tests.docs.house import House

pytestmark = pytest.mark.timeout(300)
"""The partnership is imported once, which takes long on a busy machine."""
SAFETY = "CHILD_SAFEGUARDING"
REFERRED = {"concerns": [{"heading": "NOISE", "qualifier": "NUISANCE"}], "narrative": "Drums", "hasConsent": True}
PAGES = ("/work", "/work/alerts", "/work/tasks", "/work/referrals", "/work/cases", "/work/team", "/work/refer")


def to_case(page: Page, reference: str = CASE) -> None:
    page.goto("/work/cases")
    page.get_by_role("link", name=reference).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(reference)


def note(page: Page, text: str) -> None:
    page.get_by_text("Add a note").click()
    page.get_by_label("Note", exact=True).fill(text)
    page.get_by_label("What it claims to be").select_option("ALLEGATION")


def test_the_safeguarding_lead_sees_the_alert_and_acknowledges(desk: Desk) -> None:
    with desk.seat("safeguarding-lead", SAFETY) as lead:
        lead.get_by_role("link", name="Alerts not acknowledged").click()
        alert = lead.get_by_role("article")
        expect(alert).to_contain_text("Tobi Adeyemi-Hart")
        expect(alert).not_to_contain_text(GANG)
        alert.get_by_role("button", name="Acknowledge").click()
        expect(lead.locator("#raised")).to_contain_text("No alert waits")
        expect(lead.locator("#acknowledged")).to_contain_text("Acknowledged by safeguarding-lead")


def test_a_note_is_seen_by_who_has_the_case_open_and_what_they_write_stays(desk: Desk) -> None:
    with desk.seat("asb-officer") as officer, desk.seat("housing-officer") as landlord:
        for page in (officer, landlord):
            to_case(page)
            is_live(page)
        note(landlord, "We have heard nothing")
        note(officer, "They began again at 2 am")
        officer.get_by_role("button", name="Add the note").click()
        expect(officer.locator("#timeline")).to_contain_text("They began again at 2 am")

        expect(landlord.locator("#timeline")).to_contain_text("They began again at 2 am")
        expect(landlord.get_by_role("status")).to_contain_text("changed at")
        expect(landlord.get_by_label("Note", exact=True)).to_have_value("We have heard nothing")

        officer.go_back()
        expect(officer.locator("#timeline")).to_contain_text("They began again at 2 am")
        expect(officer.get_by_label("Note", exact=True)).to_have_value("")


def test_a_landlord_answers_a_task_and_who_asked_sees_it(desk: Desk) -> None:
    with desk.seat("asb-officer") as officer, desk.seat("housing-officer") as landlord:
        for page in (officer, landlord):
            page.goto("/work/tasks")
            page.get_by_role("link", name="Visit the tenant").first.click()
            is_live(page)
        landlord.get_by_role("button", name="Accept the task").click()
        expect(officer.locator("#task")).to_contain_text("Accepted by housing-officer")
        landlord.get_by_label("Your answer").fill("Nobody opened; I go again on Friday")
        landlord.get_by_role("button", name="Send the answer").click()
        expect(officer.locator("#task")).to_contain_text("I go again on Friday")
        expect(officer.locator(".state")).to_have_text("Answered")


def test_a_task_that_is_sent_appears_in_the_open_list(desk: Desk, house: House) -> None:
    with desk.seat("police-officer") as constable:
        constable.goto("/work/tasks")
        is_live(constable)
        do(house, "asb-officer", "sendTask", agency="police", title="Walk past", text="At night", targetOn="2099-12-01")
        expect(constable.get_by_role("link", name="Walk past")).to_be_visible()


def test_a_referral_appears_in_the_open_list_and_what_is_done_on_its_page(desk: Desk, house: House) -> None:
    with desk.seat("asb-officer") as officer, desk.seat("asb-officer") as colleague:
        for page in (officer, colleague):
            page.goto("/work/referrals")
            is_live(page)
        made = do(house, "housing-officer", "submitReferral", **REFERRED)
        expect(officer.get_by_role("link", name=made["reference"])).to_be_visible()
        officer.get_by_role("link", name=made["reference"]).click()
        is_live(officer)
        do(house, "asb-officer", "takeReferral", id=made["id"], version=1)
        expect(officer.locator("#referral")).to_contain_text("In triage")
        expect(colleague.get_by_role("link", name=made["reference"])).to_be_hidden()


def test_a_case_that_was_opened_stands_in_the_list_when_somebody_comes_back_to_it(desk: Desk, house: House) -> None:
    with desk.seat("asb-officer") as officer:
        for address, part in (("/work", "#waiting"), ("/work/cases", "#cases")):
            officer.goto(address)
            if part == "#waiting":
                is_live(officer)  # otherwise it is fetched when it begins to hear
            reference = f"ASB-NEW {part}"
            do(house, "asb-officer", "openCase", caseType="NOISE", reference=reference)
            officer.evaluate("window.dispatchEvent(new Event('focus'))")
            expect(officer.locator(part)).to_contain_text(reference)
        expect(officer.locator("#live")).to_have_text(re.compile("^changed at"))


def test_what_happened_while_nothing_was_heard_is_seen_when_the_page_is_live_again(desk: Desk, house: House) -> None:
    with desk.seat("police-officer") as constable:
        sockets: list[WebSocketRoute] = []
        constable.route_web_socket("**/graphql", lambda socket: sockets.append(passed_on(socket)))
        constable.goto("/work/tasks")
        is_live(constable)
        sockets[-1].close(code=1012)
        expect(constable.locator("#live")).to_contain_text("connecting again")
        do(house, "asb-officer", "sendTask", agency="police", title="Meanwhile", text="Now", targetOn="2099-12-01")
        is_live(constable)
        expect(constable.get_by_role("link", name="Meanwhile")).to_be_visible()


def test_what_could_not_be_fetched_is_asked_for_again(desk: Desk, house: House) -> None:
    with desk.seat("police-officer") as constable:
        constable.goto("/work/tasks")
        is_live(constable)
        constable.route("**/work/tasks", lambda route: route.fulfill(status=503), times=1)
        do(house, "asb-officer", "sendTask", agency="police", title="Once more", text="Now", targetOn="2099-12-01")
        expect(constable.locator("#live")).to_contain_text("does not answer")
        expect(constable.get_by_role("link", name="Once more")).to_be_visible()
        is_live(constable)


def passed_on(socket: WebSocketRoute) -> WebSocketRoute:
    socket.connect_to_server()
    return socket


def test_who_leaves_a_case_sees_no_more_of_it_anywhere(desk: Desk, house: House) -> None:
    matter = do(house, "asb-officer", "openCase", caseType="NOISE", reference="ASB-TEST-2")
    do(house, "asb-officer", "inviteToCase", id=matter["id"], agency="housing")
    with desk.seat("housing-officer") as landlord, desk.seat("housing-officer") as colleague:
        for page in (landlord, colleague):
            to_case(page, "ASB-TEST-2")
            is_live(page)
        landlord.get_by_text("Leave the case").first.click()
        landlord.get_by_role("button", name="Leave the case").click()
        expect(landlord.get_by_text("takes no part in the case any more")).to_be_visible()
        expect(colleague.get_by_role("heading", name="Not found")).to_be_visible()


def test_a_double_click_makes_one_change(desk: Desk) -> None:
    with desk.seat("asb-officer") as officer:
        to_case(officer)
        note(officer, "Said once")
        officer.get_by_role("button", name="Add the note").dblclick()
        expect(officer.locator(".said")).to_be_visible()
        expect(officer.get_by_text("Said once")).to_have_count(1)


def test_hostile_names_are_text(desk: Desk) -> None:
    with desk.seat("asb-officer") as officer:
        to_case(officer)
        expect(officer.locator("#case")).to_contain_text(HOSTILE)
        assert officer.title() == f"{CASE} · Concord"
        officer.goto("/work/referrals")
        officer.get_by_role("link", name=re.compile("R-")).first.click()
        expect(officer.locator("main")).to_contain_text(HOSTILE)
        assert officer.locator("main b", has_text="bold").count() == 0


def test_everything_works_without_scripts(desk: Desk) -> None:
    with desk.seat("asb-officer", scripts=False) as officer:
        to_case(officer)
        officer.get_by_text("Add a note").click()
        officer.get_by_label("Note", exact=True).fill("   ")
        officer.get_by_label("What it claims to be").select_option("OPINION")
        officer.get_by_role("button", name="Add the note").click()
        expect(officer.get_by_role("alert")).to_contain_text("Nothing was changed")
        expect(officer.get_by_label("What it claims to be")).to_have_value("OPINION")
        officer.get_by_label("Note", exact=True).fill("Written without scripts")
        officer.get_by_role("button", name="Add the note").click()
        expect(officer.locator("#timeline")).to_contain_text("Written without scripts")


def test_a_token_that_holds_no_more_leads_to_the_door(desk: Desk) -> None:
    with desk.seat("asb-officer") as officer:
        is_live(officer)
        officer.evaluate("""() => {
            document.querySelector('meta[name="hub-token"]').content = "no.longer.good";
            listen();
        }""")
        expect(officer).to_have_url(re.compile("/work/sign-in"))


def test_the_keyboard_reaches_the_content_first(desk: Desk) -> None:
    with desk.seat("asb-officer") as officer:
        officer.keyboard.press("Tab")
        expect(officer.get_by_role("link", name="Skip to the content")).to_be_focused()
        officer.keyboard.press("Enter")
        expect(officer.locator("main")).to_be_focused()


def test_there_are_no_barriers_in_light_or_dark_on_a_screen_or_a_telephone(desk: Desk, barriers: str) -> None:
    with desk.opened() as stranger:
        stranger.goto("/work")
        assert found(stranger, barriers) == []
    with desk.seat("safeguarding-lead", SAFETY) as lead:
        for address in ("/work/alerts", "/work/cases/case_0"):
            lead.goto(address)
            assert found(lead, barriers) == []
    with desk.seat("housing-officer") as landlord:
        to_case(landlord)
        assert found(landlord, barriers) == [], "with what is withheld and blurred"
    with desk.seat("asb-officer") as officer:
        for address in PAGES:
            officer.goto(address)
            assert found(officer, barriers) == [], address
        for address, link in (("/work/tasks", "Visit"), ("/work/referrals", "R-"), ("/work/cases", CASE)):
            officer.goto(address)
            officer.get_by_role("link", name=re.compile(link)).first.click()
            officer.evaluate("document.querySelectorAll('details').forEach((folded) => { folded.open = true; })")
            assert found(officer, barriers) == [], address
        officer.get_by_role("link", name="Involve somebody").click()
        officer.get_by_label("Name", exact=True).fill("Adeyemi-Hart")
        officer.get_by_role("button", name="Look for people").click()
        assert found(officer, barriers) == [], "with who was found"
        to_case(officer)
        officer.get_by_text("Add a note").click()
        officer.get_by_label("Note", exact=True).fill("  ")
        officer.get_by_label("What it claims to be").select_option("FACT")
        officer.get_by_role("button", name="Add the note").click()
        assert found(officer, barriers) == [], "with a refusal"
