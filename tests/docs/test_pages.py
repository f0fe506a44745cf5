"""The pages in docs/ say what is so: their examples are asked, run, read and compared."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.store import Connection
from tests.docs.house import House, a_house
from tests.docs.walk import Walk

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ("connectors", "contract", "operating", "policies")
PEOPLE = '{ people(filter: {familyName: {eq: "Adeyemi-Hart"}}, orderBy: GIVEN_NAME, first: 1) { edges { node { id } } } }'
CASES = '{ cases(filter: {reference: {eq: "ASB-2026-0001"}}, first: 1) { edges { node { id } } } }'
pytestmark = pytest.mark.timeout(300)
"""A partnership is imported once, which takes long on a busy machine."""


@pytest.fixture(scope="module")
def house(embedded: Connection, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with a_house(embedded, tmp_path_factory.mktemp("house")) as served:
        yield served


@pytest.fixture(scope="module")
def ids(house: House) -> dict[str, str]:
    """Somebody and a case, for where a page writes `per_...` and `case_...`."""
    asked = {"per": ("people", PEOPLE), "case": ("cases", CASES)}
    answers = {name: house.ask("asb-officer", "ASB_PREVENTION", query, {}) for name, (_, query) in asked.items()}
    return {name: answers[name]["data"][root]["edges"][0]["node"]["id"] for name, (root, _) in asked.items()}


@pytest.mark.parametrize("page", PAGES)
def test_the_examples_of_a_page_hold(
    house: House, ids: dict[str, str], page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert Walk(house=house, ids=ids).down(DOCS / f"{page}.md") == []
