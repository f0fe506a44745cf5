"""One partnership, one hub and one browser for all that is tried on the pages."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import sync_playwright

from graph.store import Connection
from tests.browser.partnership import begin
from tests.browser.visiting import Desk
from tests.docs.house import House, a_house
from tests.support.browser.installation import axe, chromium
from tests.support.node import NotInstalled


@pytest.fixture(scope="package")
def barriers() -> str:
    """Give the script that looks for barriers."""
    try:
        chromium()
        return axe()
    except NotInstalled as error:
        pytest.skip(str(error))


@pytest.fixture(scope="package")
def house(barriers: str, embedded: Connection, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    del barriers
    with a_house(embedded, tmp_path_factory.mktemp("browser")) as house:
        begin(house)
        yield house


@pytest.fixture(scope="package")
def desk(house: House) -> Iterator[Desk]:
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu"]
        with playwright.chromium.launch(executable_path=chromium(), args=flags) as browser:
            desk = Desk(browser=browser, address=house.address)
            yield desk
            assert desk.strayed == []
