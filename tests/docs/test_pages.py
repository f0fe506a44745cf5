"""The pages in docs/ say what is so: their examples are asked, run, read and compared."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.store import Connection
from tests.docs.house import House, a_house
from tests.docs.walk import Walk

ROOT = Path(__file__).parents[2]
MAPPINGS = "mappings"
"""Where a page adds one."""
BACKUP = "concord-20261124T020000Z.backup"
"""What the page on operating restores: whether there are such options is looked at, and a file has to be there."""
PAGES = ("connectors", "contract", "operating", "policies", "work")
PEOPLE = (
    '{ people(filter: {familyName: {eq: "Adeyemi-Hart"}}, orderBy: GIVEN_NAME, first: 1) { edges { node { id } } } }'
)
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
    (tmp_path / BACKUP).touch()
    (tmp_path / MAPPINGS).mkdir()
    monkeypatch.setenv("HUB_MAPPINGS", MAPPINGS)

    assert Walk(house=house, ids=ids).down(ROOT / "docs" / f"{page}.md") == []


def test_every_page_is_in_the_index_and_every_decision() -> None:
    index = (ROOT / "docs" / "README.md").read_text("utf-8")
    pages = {path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md")} - {"README.md"}

    assert [page for page in sorted(pages) if f"]({page})" not in index] == []


@pytest.mark.parametrize("page", sorted((ROOT / "docs").glob("*.md")), ids=lambda page: page.stem)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text("utf-8"))

    assert [link for link in links if "://" not in link and not (page.parent / link).exists()] == []


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (
            '```graphql\n# as auditor, without a purpose\n{ me { agency } }\n```\n```json\n{"data": {}}\n```\n',
            "the answer is",
        ),
        ("```graphql\n# as auditor, without a purpose\n{ people(first: 1) { totalCount } }\n```\n", "is refused"),
        ("```graphql\n{ me { agency } }\n```\n", "the first line says"),
        ("```sh\nhub ledger tail -n 1\n```\n```text\nnothing of the kind\n```\n", "is not printed"),
        ("```sh\nrm -r everything\n```\n", "nobody runs rm"),
        ("```python\n1 + 1\n```\n", "nobody runs python"),
        ("```yaml\nid: 1\n```\n", "names the file"),
    ],
)
def test_a_page_that_is_wrong_is_found_out(house: House, tmp_path: Path, text: str, complaint: str) -> None:
    page = tmp_path / "page.md"
    page.write_text(text, encoding="utf-8")

    assert any(complaint in found for found in Walk(house=house, ids={}).down(page))
