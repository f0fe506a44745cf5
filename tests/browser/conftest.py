"""One partnership, one hub and one browser for all that is tried on the pages."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import sync_playwright

from graph.store import Connection
from tests.browser.partnership import begin
from tests.browser.visiting import Desk, a_chromium
from tests.docs.house import House, a_house


@pytest.fixture(scope="package")
def house(barriers: str, embedded: Connection, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    del barriers
    with a_house(embedded, tmp_path_factory.mktemp("browser")) as house:
        begin(house)
        yield house


@pytest.fixture(scope="package")
def desk(house: House) -> Iterator[Desk]:
    with sync_playwright() as playwright, a_chromium(playwright) as browser:
        desk = Desk(browser=browser, address=house.address)
        yield desk
        assert desk.strayed == []
