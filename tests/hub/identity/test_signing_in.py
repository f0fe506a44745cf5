"""People and apps of an agency come by its own provider, a real one: over sockets, with a hub in production."""

import os
import re
import subprocess
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest
from click.testing import CliRunner
from playwright.sync_api import expect, sync_playwright

from graph.store import Connection
from hub.cli.main import main
from tests.browser.visiting import a_chromium, found, is_live
from tests.support.provider.partners import WARD, Partners, partners
from tests.support.redis import free_port
from tests.support.served import SERVE

ME = "{ me { subject agency roles wards purposes } }"
FORM = re.compile(r'<form[^>]* action="([^"]+)"[^>]*>(.*?)</form>', re.DOTALL)
HIDDEN = re.compile(r'name="(\w+)" value="([^"]*)"')


@pytest.fixture(scope="module")
def council(embedded: Connection, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Partners]:
    with partners(embedded, tmp_path_factory.mktemp("partners")) as both:
        yield both


class Browser:
    """Follows links and forms, and keeps each host's cookies, as a browser does."""

    def __init__(self, council: Partners) -> None:
        self.hub = council.address
        self.client = httpx.Client(trust_env=False, timeout=30)

    def get(self, address: str) -> httpx.Response:
        return self.client.get(address)

    def send(self, action: str, **fields: str) -> httpx.Response:
        """Send a form of the hub's own page."""
        said = {"Origin": self.hub, "Content-Type": "application/x-www-form-urlencoded"}
        return self.client.post(f"{self.hub}{action}", content=urlencode(fields), headers=said)

    def begin(self) -> str:
        """Go to the provider; gives the address there."""
        answer = self.get(f"{self.hub}/work/sign-in/council")
        assert answer.status_code == 303
        return answer.headers["location"]

    def come_back(self, who: str) -> str:
        """Sign in at the provider as somebody; gives the address to which it leads back."""
        return self.prove(self.begin(), who)

    def prove(self, address: str, who: str) -> str:
        """Go through the provider's pages: give a name and any password, and agree."""
        answer = self.get(address)
        while not answer.headers.get("location", "").startswith(self.hub):
            if answer.is_redirect:
                answer = self.get(str(answer.next_request.url if answer.next_request else ""))
                continue
            action, inside = next(one for one in FORM.findall(answer.text))
            fields = dict(HIDDEN.findall(inside)) | ({"login": who, "password": "any"} if "password" in inside else {})
            answer = self.client.post(unescape(action), data=fields)
        return str(answer.headers["location"])


@pytest.fixture
def browser(council: Partners) -> Iterator[Browser]:
    browser = Browser(council)
    yield browser
    browser.client.close()


def test_an_app_is_answered_by_a_token_of_its_agencys_provider(council: Partners) -> None:
    told = council.ask(council.provider.token("app"), ME).json()["data"]["me"]
    assert told["subject"] == "council:app"
    assert (told["agency"], told["roles"], told["wards"]) == ("council", ["asb_officer"], [WARD])
    assert "ASB_PREVENTION" in told["purposes"]
    assert council.ask(council.provider.token("app")).json()["data"]["agencies"]["edges"]


def test_no_app_is_answered_by_a_token_for_somebody_else_or_of_another_agency(council: Partners) -> None:
    elsewhere = council.ask(council.provider.token("app", "https://payroll.example.org"))
    stranger = council.ask(council.provider.token("stranger"))
    for answer, reason in ((elsewhere, "for another audience"), (stranger, "may not speak for this agency")):
        assert answer.status_code == 401
        assert reason in answer.text
        assert reason in answer.headers["www-authenticate"]


def test_somebody_signs_in_says_what_for_works_and_signs_out(browser: Browser) -> None:
    assert "City Council" in browser.get(f"{browser.hub}/work/sign-in").text
    assert browser.get(f"{browser.hub}/work").headers["location"].endswith("/work/sign-in")
    landed = browser.get(browser.come_back("jo"))
    assert landed.status_code == 200
    assert "council:jo" in landed.text
    assert 'value="ASB_PREVENTION"' in landed.text
    assert browser.send("/work/purpose", purpose="ASB_PREVENTION").headers["location"] == "/work"
    assert "council:jo" in browser.get(f"{browser.hub}/work").text
    out = browser.send("/work/sign-out")
    elsewhere = urlsplit(unescape(re.findall(r'href="([^"]*/session/end[^"]*)"', out.text)[0]))
    assert parse_qs(elsewhere.query)["post_logout_redirect_uri"] == [f"{browser.hub}/work/sign-in"]
    assert browser.get(f"{browser.hub}/work").status_code == 303


def test_who_does_not_say_what_for_is_shown_nothing(browser: Browser) -> None:
    browser.get(browser.come_back("jo"))
    for purpose in (None, "", "CURIOSITY"):
        if purpose is not None:
            browser.send("/work/purpose", purpose=purpose)
        assert browser.get(f"{browser.hub}/work").headers["location"].startswith("/work/sign-in")
        browser.get(browser.come_back("jo"))


def test_the_cookies_are_for_the_hub_alone_and_for_no_script(browser: Browser) -> None:
    begun = browser.get(f"{browser.hub}/work/sign-in/council")
    (attempt,) = begun.headers.get_list("set-cookie")
    assert "HttpOnly" in attempt
    assert "SameSite=lax" in attempt
    assert "Path=/work/sign-in/council" in attempt
    landed = browser.get(browser.prove(begun.headers["location"], "jo"))
    kept = [one for one in landed.headers.get_list("set-cookie") if not one.startswith("concord-sign-in")]
    assert len(kept) == 3
    assert all("HttpOnly" in one and "SameSite=strict" in one for one in kept)
    assert landed.headers["referrer-policy"] == "same-origin", "the code in the address goes to nobody"


def test_a_code_is_good_once_and_in_the_browser_that_asked_for_it(
    council: Partners, browser: Browser, request: pytest.FixtureRequest
) -> None:
    back = browser.come_back("jo")
    thief = Browser(council)
    request.addfinalizer(thief.client.close)
    assert thief.get(back).status_code == 403, "there nothing was begun"
    thief.begin()
    refused = thief.get(back)
    assert refused.status_code == 403
    assert "does not belong to what this browser began" in refused.text
    assert browser.get(back).status_code == 200
    assert browser.get(back).status_code == 403


def test_what_comes_back_of_another_provider_is_refused(browser: Browser) -> None:
    back = browser.come_back("jo")
    issuer = parse_qs(urlsplit(back).query)["iss"][0]
    for changed in (back.replace("&iss=", "&was="), re.sub(r"iss=[^&]+", "iss=https%3A%2F%2Flogin.example.org", back)):
        refused = browser.get(changed)
        assert refused.status_code == 403
        assert "of another provider" in refused.text
        assert issuer not in refused.text


def test_a_code_of_another_sign_in_of_the_same_browser_is_refused(browser: Browser) -> None:
    first = browser.come_back("jo")
    state = parse_qs(urlsplit(browser.begin()).query)["state"][0]
    mixed = re.sub(r"state=[^&]+", f"state={state}", first)
    refused = browser.get(mixed)
    assert refused.status_code == 403
    assert "invalid_grant" in refused.text


@pytest.mark.parametrize(
    ("who", "reason"),
    [("kit", "the token names no role"), ("sly", "the issuer of the token may not speak for this agency")],
)
def test_who_has_no_role_here_or_would_be_of_another_agency_is_not_let_in(
    browser: Browser, who: str, reason: str
) -> None:
    refused = browser.get(browser.come_back(who))
    assert refused.status_code == 403
    assert reason in refused.text
    assert not [one for one in refused.headers.get_list("set-cookie") if one.startswith("concord-token")]


def test_who_does_not_agree_at_the_provider_comes_back_to_a_page_that_says_so(browser: Browser) -> None:
    state = parse_qs(urlsplit(browser.begin()).query)["state"][0]
    issuer = "iss=http%3A%2F%2F127.0.0.1"
    address = f"{browser.hub}/work/sign-in/council/done?error=access_denied&state={state}"
    for said in ("access_denied", "<script>"):
        refused = browser.get(f"{address.replace('access_denied', said)}&{issuer}")
        assert refused.status_code == 403
        assert "<script>" not in refused.text


def test_a_provider_that_is_not_there_has_no_page(browser: Browser) -> None:
    for name in ("police", "council/done/more", "%00"):
        assert browser.get(f"{browser.hub}/work/sign-in/{name}").status_code == 404


def test_the_explorer_is_for_who_is_signed_in_as_nobody_else(council: Partners, browser: Browser) -> None:
    assert browser.get(f"{browser.hub}/").headers["location"] == "/work/sign-in"
    stranger = browser.get(f"{browser.hub}/explorer/viewers")
    assert (stranger.status_code, stranger.json()) == (401, {"error": "nobody is signed in"})
    browser.get(browser.come_back("jo"))
    assert 'id="explorer"' in browser.get(f"{browser.hub}/").text
    told = browser.get(f"{browser.hub}/explorer/viewers").json()
    (viewer,) = told["viewers"]
    assert (viewer["name"], viewer["agency"], viewer["role"]) == ("council:jo", "council", "asb_officer")
    assert "ASB_PREVENTION" in viewer["purposes"]
    assert "made up" not in told["note"]
    assert council.ask(viewer["token"], ME).json()["data"]["me"]["subject"] == "council:jo"
    browser.send("/work/sign-out")
    assert browser.get(f"{browser.hub}/explorer/viewers").status_code == 401


def test_the_session_of_a_page_names_the_agencies_of_its_provider_alone(council: Partners, browser: Browser) -> None:
    browser.get(browser.come_back("jo"))
    token = browser.client.cookies["concord-token"]
    assert council.ask(token, ME).json()["data"]["me"]["subject"] == "council:jo"


def test_nothing_secret_is_in_the_log(council: Partners, browser: Browser) -> None:
    back = browser.come_back("jo")
    browser.get(back)
    said = council.log.read_text()
    asked = parse_qs(urlsplit(back).query)
    for secret in (asked["code"][0], asked["state"][0], browser.client.cookies["concord-token"], "council:jo"):
        assert secret not in said


def test_a_hub_whose_issuers_cannot_be_used_does_not_serve(council: Partners, tmp_path: Path) -> None:
    (tmp_path / "police.yaml").write_text("issuer: http://127.0.0.1:9\nagencies: police\nroles: {asb_officer: x}\n")
    settings = {**os.environ, **council.variables, "HUB_PORT": str(free_port()), "HUB_ISSUERS": str(tmp_path)}
    ended = subprocess.run(SERVE, env=settings, capture_output=True, text=True, timeout=90, check=False)
    assert ended.returncode == 1
    assert "police.yaml:3: error: unknown role `asb_officer`" in ended.stderr


def test_the_doctor_asks_each_provider_for_its_keys(council: Partners) -> None:
    told = CliRunner(env=dict(council.variables)).invoke(main, ["doctor"], catch_exceptions=False)
    assert "council publishes 1 keys, and speaks for council" in told.output


def test_in_a_real_browser_nothing_hinders_who_signs_in_and_out(council: Partners, barriers: str) -> None:
    """Strict cookies and the pages' own policy are kept by browsers alone; so is who is still known at the provider."""
    with sync_playwright() as playwright, a_chromium(playwright) as browser:
        page, asked = browser.new_page(base_url=council.address), set[str]()
        page.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
        page.goto("/work")
        assert found(page, barriers) == []
        page.get_by_role("link", name="City Council").click()
        page.get_by_placeholder("Enter any login").fill("jo")
        page.get_by_placeholder("and password").fill("any")
        page.get_by_role("button", name="Sign-in").click()
        page.get_by_role("button", name="Continue").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("What for?")
        assert found(page, barriers) == []
        page.locator("button[value='ASB_PREVENTION']").click()
        expect(page.locator(".who")).to_contain_text("council:jo")
        is_live(page)
        page.goto("/")
        expect(page.get_by_role("status")).to_contain_text("You are council:jo")
        page.get_by_role("button", name="Execute").click()
        expect(page.locator(".result-window")).to_contain_text("wards")
        page.goto("/work")
        expect(page.locator(".who")).to_contain_text("council:jo")
        page.get_by_role("button", name="Sign out").click()
        assert found(page, barriers) == []
        page.get_by_role("link", name="Sign out of your agency too").click()
        page.get_by_role("button", name="Yes, sign me out").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Whom do you work for?")
        page.get_by_role("link", name="City Council").click()
        expect(page.get_by_placeholder("Enter any login")).to_be_visible()
        page.context.close()
    assert asked - {""} == {urlsplit(one).netloc for one in (council.address, council.provider.issuer)}


def test_a_provider_that_signs_by_another_key_goes_on_being_believed_and_one_that_is_away_is_told_of(
    council: Partners, browser: Browser
) -> None:
    """The last one here: what the provider knows of who signed in is gone afterwards."""
    before = council.provider.token("app")
    council.provider.stop()
    assert council.ask(before).status_code == 200, "what it signed holds while it is away"
    assert browser.begin().startswith(council.provider.issuer), "where people sign in is known"
    told = CliRunner(env=dict(council.variables)).invoke(main, ["doctor"], catch_exceptions=False)
    assert "does not answer: ConnectError" in told.output
    council.provider.start("second")
    assert council.ask(council.provider.token("app")).status_code == 200
    assert council.ask(before).status_code == 401, "the key is not published any more"
    assert browser.get(browser.come_back("jo")).status_code == 200
