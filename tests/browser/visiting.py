"""Somebody who sits at a browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import product
from typing import Any, Literal
from urllib.parse import urlsplit

from hypothesis import settings
from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, expect

from tests.support.browser.installation import chromium
from tests.support.hub import ASB

WIDE, NARROW = 1280, 360
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
IS_SOAK = settings.get_current_profile_name() == "soak"
LOOKS = tuple(product((WIDE, NARROW), SCHEMES)) if IS_SOAK else tuple(zip((WIDE, NARROW), SCHEMES, strict=True))
"""Each width and each scheme; in soak each width in each scheme."""


def a_chromium(playwright: Playwright) -> Browser:
    """Start Debian's."""
    return playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A browser before a hub; `strayed` gathers what asked anybody else for anything."""

    browser: Browser
    address: str
    strayed: list[str] = field(default_factory=list)

    @contextmanager
    def seat(self, who: str, purpose: str = ASB, *, scripts: bool = True) -> Iterator[Page]:
        """Sign in as somebody, in a browser of their own."""
        with self.opened(scripts=scripts) as page:
            page.goto(f"{self.address}/work")
            page.click(f"form:has(input[value='{who}']) button[value='{purpose}']")
            expect(page.locator(".who")).to_contain_text(who)
            yield page

    @contextmanager
    def opened(self, *, scripts: bool = True) -> Iterator[Page]:
        """Open a browser that knows nobody; what its console says of errors fails."""
        context = self.browser.new_context(
            java_script_enabled=scripts,
            base_url=self.address,
        )
        context.set_default_timeout(20_000)
        context.on("request", lambda request: self._watch(request.url))  # playwright marks what it is given
        page, said = context.new_page(), list[str]()
        page.on("console", lambda message: said.append(message.text) if is_error(message) else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        try:
            yield page
        finally:
            context.close()
        assert said == []

    def _watch(self, url: str) -> None:
        if urlsplit(url).netloc != urlsplit(self.address).netloc:
            self.strayed.append(url)


def is_error(message: ConsoleMessage) -> bool:
    """Whether the console tells of a mistake; that something was refused, not found or not answered, is none."""
    return message.type == "error" and "responded with a status of" not in message.text


def is_live(page: Page) -> None:
    """Wait until a page hears of changes."""
    expect(page.locator("#live.is-live")).to_be_visible()


def found(page: Page, barriers: str) -> list[Any]:
    """What hinders somebody on a page, with where it is; also what makes it wider than the screen."""
    page.wait_for_load_state()  # a click waits until the next page begins, which may be without its style then
    page.evaluate(barriers)
    hindrances: list[Any] = []
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        violations = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
        hindrances += [(width, scheme, one["id"], [node["html"][:120] for node in one["nodes"]]) for one in violations]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            hindrances.append((width, scheme, "wider than the screen"))
    return hindrances
