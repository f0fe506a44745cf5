"""A working day on the pages: referring, a case and its ground, being away, searching; and no barriers on the way."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.partnership import CASE, do
from tests.browser.visiting import Desk, found, is_live
from tests.docs.house import House

pytestmark = pytest.mark.timeout(300)
"""The partnership is imported once, which takes long on a busy machine."""
GROUND = """{"type": "Polygon", "coordinates":
  [[[-0.136, 51.513], [-0.132, 51.513], [-0.132, 51.515], [-0.136, 51.515], [-0.136, 51.513]]]}"""

ON_SCREEN = """([longitude, latitude]) => {
    const sheet = document.getElementById("sheet");
    sheet.scrollIntoView({ block: "center" });
    const { west, north, scale, wide } = sheet.dataset;
    const at = new DOMPoint((longitude - west) * wide * scale, (north - latitude) * scale);
    const { x, y } = at.matrixTransform(sheet.getScreenCTM());
    return [x, y];
}"""


def to_case(page: Page, reference: str = CASE) -> None:
    page.goto("/work/cases")
    page.get_by_role("link", name=reference).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(reference)


def look_for(page: Page, name: str) -> None:
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_role("button", name="Look for people").click()


def write_referral(page: Page) -> None:
    page.goto("/work/refer")
    page.get_by_label("Behaviour").select_option("NOISE")
    page.get_by_label("Harms").select_option("PERSONAL")
    page.get_by_label("What happened").fill("Drums until 3 am")
    page.get_by_label("Yes").check()
    look_for(page, "Adeyemi")
    page.get_by_role("checkbox", name=re.compile("Daniel")).check()
    page.get_by_role("button", name="Room for another incident").click()


def test_a_referral_is_written_and_answered_without_scripts(desk: Desk) -> None:
    with desk.seat("housing-officer", scripts=False) as landlord, desk.seat("asb-officer", scripts=False) as officer:
        write_referral(landlord)
        expect(landlord.get_by_label("What happened")).to_have_value("Drums until 3 am")
        expect(landlord.get_by_role("checkbox", name=re.compile("Daniel"))).to_be_checked()
        landlord.get_by_role("button", name="Submit the referral").click()
        expect(landlord.get_by_text("The referral was received.")).to_be_visible()
        officer.goto(landlord.url.partition("?")[0])
        officer.get_by_text("Ask the referrer for more").click()
        officer.get_by_label("What is asked").fill("Since when?")
        officer.get_by_role("button", name="Ask", exact=True).click()
        landlord.goto("/work/referrals?whose=mine")
        expect(landlord.get_by_text("asked for more")).to_be_visible()


def test_whom_a_route_tells_is_ticked_with_it_and_what_was_ticked_by_hand_stays(desk: Desk, house: House) -> None:
    noise = {"heading": "NOISE", "qualifier": "NUISANCE"}
    referral = do(house, "housing-officer", "submitReferral", concerns=[noise], narrative="Drums", hasConsent=True)
    with desk.seat("asb-officer") as officer:
        officer.goto(f"/work/referrals/{referral['id']}")
        officer.get_by_text("Triage: ").click()
        route = officer.get_by_label("Where it goes")
        police, care = [officer.get_by_role("checkbox", name=name) for name in ("City Police", "Victim Support City")]
        care.check()
        route.select_option("MARAC")
        for told in (police, care):
            expect(told).to_be_checked()
            expect(told).to_be_disabled()
        route.select_option("ASB_CASE_MANAGEMENT_MEETING")
        expect(police).not_to_be_checked()
        expect(care).to_be_checked()
        expect(care).to_be_enabled()


def test_the_enter_key_sends_no_referral_off_half_written(desk: Desk) -> None:
    with desk.seat("housing-officer") as landlord:
        write_referral(landlord)
        landlord.get_by_label("Address").first.press("Enter")
        expect(landlord).to_have_url(re.compile("/work/refer$"))
        expect(landlord.get_by_label("What happened")).to_have_value("Drums until 3 am")


def test_something_new_where_one_writes_is_said_and_what_is_written_stays(desk: Desk, house: House) -> None:
    asked = {"agency": "housing", "title": "Look at the lock", "text": "Please", "targetOn": "2099-12-01"}
    task = do(house, "asb-officer", "sendTask", **asked)
    with desk.seat("housing-officer") as landlord, desk.seat("housing-officer") as colleague:
        for page in (landlord, colleague):
            page.goto(f"/work/tasks/{task['id']}")
            is_live(page)
        landlord.get_by_label("Your answer").fill("I looked at it")
        colleague.get_by_role("button", name="Accept the task").click()
        expect(landlord.locator("#live")).to_contain_text("something is new where you write")
        expect(landlord.get_by_label("Your answer")).to_have_value("I looked at it")
        landlord.get_by_role("button", name="Send the answer").click()
        expect(landlord.get_by_role("alert")).to_contain_text("has changed since you read it")
        is_live(landlord)
        expect(landlord.get_by_label("Your answer")).to_have_value("I looked at it")
        landlord.get_by_role("button", name="Send the answer").click()
        expect(landlord.locator("#task")).to_contain_text("I looked at it")


def test_the_ground_is_looked_at_before_it_is_kept(desk: Desk) -> None:
    with desk.seat("asb-officer", scripts=False) as officer:
        to_case(officer)
        officer.get_by_role("link", name="The ground that it is about").click()
        officer.get_by_label("The ground, as GeoJSON").fill(GROUND)
        officer.get_by_role("button", name="Look at it").click()
        expect(officer.locator("#drawn")).to_have_attribute("d", re.compile("^M"))
        officer.get_by_role("button", name="Keep this as the ground").click()
        expect(officer.locator(".facts")).to_contain_text("West End")


def test_ground_is_drawn_corner_by_corner(desk: Desk, house: House) -> None:
    matter = do(house, "asb-officer", "openCase", caseType="NOISE", reference="ASB-TEST-3")
    with desk.seat("asb-officer") as officer:
        officer.goto(f"/work/cases/{matter['id']}/ground")
        for corner in ((-0.136, 51.513), (-0.132, 51.513), (-0.134, 51.515), (-0.16, 51.52)):
            officer.mouse.click(*officer.evaluate(ON_SCREEN, corner))
        officer.get_by_role("button", name="Take back the last corner").click()
        written = officer.get_by_label("The ground, as GeoJSON").input_value()
        assert [round(degrees, 2) for degrees in json.loads(written)["coordinates"][0][2]] == [-0.13, 51.52]
        officer.get_by_role("button", name="Keep this as the ground").click()
        expect(officer.locator(".facts")).to_contain_text("West End")
        officer.get_by_role("button", name="Begin anew").click()
        expect(officer.locator("#drawn")).to_have_attribute("d", "")
        officer.get_by_label("The ground, as GeoJSON").fill(GROUND[:20])
        officer.get_by_label("The ground, as GeoJSON").fill(GROUND)
        expect(officer.locator("#drawn")).to_have_attribute("d", re.compile("^M"))


def test_who_is_away_says_so_and_is_back(desk: Desk) -> None:
    with desk.seat("police-officer") as constable:
        constable.goto("/work/team")
        constable.get_by_text("Say when you are away").click()
        constable.get_by_label("First day").fill("2026-01-01")
        constable.get_by_label("Last day").fill("2099-01-01")
        constable.get_by_label("Who stands in").fill("a-colleague")
        constable.get_by_role("button", name="I am away").click()
        expect(constable.locator("#away")).to_contain_text("a-colleague stands in")
        constable.get_by_role("button", name="I am back").click()
        expect(constable.locator("#away")).to_contain_text("Nobody of your agency has said so.")


def test_no_name_that_is_looked_for_stands_in_an_address(desk: Desk) -> None:
    with desk.seat("asb-officer") as officer:
        officer.get_by_label("Search for people, cases and referrals").fill("Adeyemi-Hart")
        officer.keyboard.press("Enter")
        officer.get_by_role("link", name="Daniel").click()
        expect(officer.get_by_role("heading", level=1)).to_contain_text("Daniel")
        look_for_other = officer.get_by_label("Name of the other")
        look_for_other.fill("Adeyemi")
        officer.get_by_role("button", name="Look for people").click()
        assert "deyemi" not in officer.url
        expect(officer.get_by_role("radio").first).to_be_visible()


def test_there_are_no_barriers_on_the_way(desk: Desk, barriers: str) -> None:
    with desk.seat("asb-officer") as officer:
        write_referral(officer)
        officer.get_by_role("button", name="Room for somebody").click()
        officer.get_by_label("Family name").fill("Birch")
        officer.get_by_label("Look for an address").fill("1 ")
        officer.get_by_role("button", name="Look for places").click()
        assert found(officer, barriers) == [], "with who and what was found"
        officer.get_by_label("What happened").fill("  ")
        officer.get_by_label("Longitude").fill("east")
        officer.get_by_role("button", name="Submit the referral").click()
        expect(officer.get_by_role("alert")).to_be_visible()
        assert found(officer, barriers) == [], "with what is wrong in it"
        officer.get_by_label("Search for people, cases and referrals").fill("Adeyemi-Hart")
        officer.keyboard.press("Enter")
        expect(officer.get_by_role("heading", name="People")).to_be_visible()
        assert found(officer, barriers) == [], "what was searched"
        officer.get_by_role("link", name="Daniel").click()
        officer.get_by_label("Name of the other").fill("Adeyemi")
        officer.get_by_role("button", name="Look for people").click()
        unfold(officer)
        assert found(officer, barriers) == [], "somebody"
        for link in ("The ground that it is about", "Assess the risk", "Involve a place"):
            to_case(officer)
            officer.get_by_role("link", name=link).click()
            assert found(officer, barriers) == [], link
        officer.goto("/work/team")
        unfold(officer)
        assert found(officer, barriers) == [], "team"
    with desk.seat("housing-officer") as landlord:
        to_case(landlord)
        landlord.get_by_role("link", name="The ground that it is about").click()
        assert found(landlord, barriers) == [], "ground that is not told in full"


def unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach((folded) => { folded.open = true; })")
