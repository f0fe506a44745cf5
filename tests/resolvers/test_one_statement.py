"""A list with all that hangs on it is one statement and one record; in soak, at twenty thousand people."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings

from graph.around_links import LINK_RUNS
from graph.neighbourhood import Neighbourhoods
from graph.store import Connection
from tests.support.counting import CountingStore
from tests.support.engine import fresh_store
from tests.support.hub import ASB, TestHub, a_hub
from tests.support.scenes import state_partnership
from tests.support.town import WARDS, settle

PEOPLE = 20_000 if settings.get_current_profile_name() == "soak" else 4_000
WITH_A_CASE = PEOPLE // 20
pytestmark = pytest.mark.timeout(600)
LIST = f"""{{ people(filter: {{ward: {{eq: "{WARDS[0]}"}}}}, first: 1000) {{ edges {{ node {{
  givenName familyName aliases dateOfBirth gender address postcode ward phone email
  records {{ id agency {{ code }} dataset familyName }}
  residences(first: 2) {{ edges {{ since node {{ id address postcode }} }} }} }} }} }} }}"""
CASES = """{ cases(first: 1000) { edges { node { reference status openedOn
  people(first: 10) { edges { roles node { id familyName address } } }
  premises(first: 10) { edges { node { id address ward } } }
  agencies(first: 10) { edges { node { code name contactEmail } } } } } } }"""


class Town:
    """A loop, the store with its counts, and a hub."""

    def __init__(self, runner: asyncio.Runner, store: CountingStore, hub: TestHub) -> None:
        self.runner, self.store, self.hub = runner, store, hub

    def ask(self, query: str) -> dict[str, Any]:
        self.store.forget()
        found = self.runner.run(self.hub.ask("asb-officer", ASB, query))
        assert "errors" not in found, found["errors"]
        return found


@pytest.fixture(scope="module")
def town(engine_connection: Connection) -> Iterator[Town]:
    with asyncio.Runner() as runner:
        opened = fresh_store(engine_connection)
        plain = runner.run(opened.__aenter__())
        runner.run(state_partnership(plain))
        runner.run(settle(plain, PEOPLE))
        store = CountingStore(engine_connection)
        yield Town(runner, store, runner.run(a_hub(store)))
        runner.run(store.close())
        runner.run(opened.__aexit__(None, None, None))


def test_the_town_has_the_facts_that_follow_from_what_is_stated(town: Town) -> None:
    around = Neighbourhoods(town.store.read)
    ids = [f"per_{at:06}" for at in range(0, PEOPLE, 97)]
    people = town.runner.run(around.persons(ids))
    assert len(people) == len(ids)
    for person in people:
        assert person.stored == person.expected
        assert all(record.facts == record.claim.under(person.expected.protections) for record in person.records)
    starts = {
        "PersonRecord": [f"rec_c{at:06}" for at in range(0, PEOPLE, 97)],
        "Case": [f"case_{at:06}" for at in range(0, PEOPLE, 20 * 13)],
    }
    found = [
        link for run in LINK_RUNS if run[0] in starts for link in town.runner.run(around.links(run, starts[run[0]]))
    ]
    assert found
    assert all(link.facts == link.expected for link in found)
    assert all(case.stored == case.expected for case in town.runner.run(around.cases(starts["Case"])))


def test_a_list_with_records_and_premises_is_one_statement_and_one_record(town: Town) -> None:
    found = town.ask(LIST)
    assert (len(town.store.statements), town.store.records) == (1, 1)
    assert found["extensions"]["statements"] == 1
    edges = found["data"]["people"]["edges"]
    assert len(edges) >= min(1_000, PEOPLE // len(WARDS))
    assert all(edge["node"]["records"] and edge["node"]["residences"]["edges"] for edge in edges)


def test_the_case_view_is_one_statement_and_one_record(town: Town) -> None:
    found = town.ask(CASES)
    assert (len(town.store.statements), town.store.records) == (1, 1)
    assert found["extensions"]["statements"] == 1
    edges = found["data"]["cases"]["edges"]
    assert len(edges) == WITH_A_CASE
    for edge in edges:
        (person,) = edge["node"]["people"]["edges"]
        assert person["roles"] == ["COMPLAINANT", "VICTIM"]
        assert person["node"]["address"] == edge["node"]["premises"]["edges"][0]["node"]["address"]
        assert [one["node"]["code"] for one in edge["node"]["agencies"]["edges"]]
    one = CASES.replace("cases(first: 1000)", 'cases(first: 1, filter: {reference: {eq: "ASB-400"}})')
    assert len(town.ask(one)["data"]["cases"]["edges"]) == 1
