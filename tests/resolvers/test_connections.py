"""Connections below a node: narrowed, ordered and paged as lists are, in the one statement of their root."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from graphql import GraphQLEnumType, GraphQLObjectType, get_named_type
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.store import Connection
from graph.vocabulary import Node
from resolvers.binding import bound_contract
from resolvers.shapes import LISTS, WAYS
from tests.resolvers.open_house import MANY, everything, open_policies
from tests.resolvers.partnership import Stage, an_import
from tests.resolvers.stage import staged
from tests.support.scenes import write

CONTRACT = bound_contract()._schema  # noqa: SLF001 - strawberry offers no public way to its graphql-core schema
PAGE = "totalCount pageInfo { hasNextPage endCursor } edges { cursor node { %s } }"
BELOW = "query($id: ID!, $n: Int!, $after: String) {{ node(id: $id) {{ ... on {type} {{ {field} }} }} }}"
SOAK = settings.get_current_profile_name() == "soak"
"""Many different statements: Neo4j plans each text once, which takes longer than to run it."""
CHOSEN = "first: $n, after: $after, orderBy: {order}"


@pytest.fixture(scope="module")
def house(engine_connection: Connection) -> Iterator[Stage]:
    with asyncio.Runner() as runner:
        opened = staged(engine_connection, open_policies())
        hub = runner.run(opened.__aenter__())
        runner.run(write(hub.store, *everything()))
        runner.run(an_import(hub))
        runner.run(hub.watch.refresh(hub.store))
        yield Stage(runner, hub)
        runner.run(opened.__aexit__(None, None, None))


def orders(type_name: str, field: str) -> list[str]:
    """Every order that a list or connection can be read in."""
    type_ = CONTRACT.type_map[type_name]
    assert isinstance(type_, GraphQLObjectType)
    enum = get_named_type(type_.fields[field].args["orderBy"].type)
    assert isinstance(enum, GraphQLEnumType)
    return list(enum.values)


READ = [(*way, order) for way in WAYS for order in orders(*way)]
TIMED = ["Person", "Case"]
EVENT = "id: at kind dataset roles agency { id: code } subject { __typename id }"
LISTED = [("Query", name, order) for name in LISTS if name != "people" for order in orders("Query", name)]


def column(order: str) -> str:
    """The field by which an order orders; the id by default."""
    first, *others = order.removesuffix("_DESC").lower().split("_")
    return first + "".join(other.capitalize() for other in others)


class Reading:
    """Reads one connection of the first thing of a type, or one list."""

    def __init__(self, house: Stage, type_name: str, field: str, order: str) -> None:
        page = f"{field}({CHOSEN.format(order=order)}) {{ {PAGE % column(order)} }}"
        self.house, self.type_name, self.field = house, type_name, field
        self.query = (
            f"query($n: Int!, $after: String) {{ {page} }}"
            if type_name == "Query"
            else BELOW.format(type=type_name, field=page)
        )
        self.order, self.id = order, None if type_name == "Query" else first_id(house, type_name)

    def page(self, first: int, after: str | None = None) -> Any:  # noqa: ANN401 - a connection
        data = self.house.data(self.query, id=self.id, n=first, after=after)
        return data[self.field] if self.id is None else data["node"][self.field]


def first_id(house: Stage, type_name: str) -> str:
    """The id of the first thing of a type in the scene, behind which every connection leads somewhere."""
    rows = house.runner.run(house.hub.store.read(FIRST[type_name], {"key": f"{type_name}-0"}))
    return str(rows[0])


FIRST = {
    name: f"MATCH (n:{name} {{key: $key}}) RETURN collect(n.{Node(name).id_property})"
    for name in {near for near, _ in WAYS} - {"Person"}
} | {"Person": "MATCH (:PersonRecord {key: $key})-[:ABOUT]->(p) RETURN collect(p.personId)"}


@settings(max_examples=400 if SOAK else 12, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(READ + LISTED), st.integers(1, 5))
def test_walking_all_pages_meets_everything_once_and_in_order(
    house: Stage, what: tuple[str, str, str], size: int
) -> None:
    reading = Reading(house, *what)
    whole = reading.page(100)
    values = [edge["node"][column(reading.order)] for edge in whole["edges"]]
    known = [value for value in values if value is not None]
    assert known == sorted(known, reverse=reading.order.endswith("_DESC"))
    assert values == known + [None] * (len(values) - len(known))
    assert whole["totalCount"] == len(values)
    assert what in LISTED or len(values) >= MANY - 1
    walked, after = [], None
    while True:
        page = reading.page(size, after)
        walked += page["edges"]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
        assert len(page["edges"]) == size
        assert after == page["edges"][-1]["cursor"]
    assert walked == whole["edges"]


def below(house: Stage, type_name: str, field: str, **variables: Any) -> Any:  # noqa: ANN401 - any variable, and what is asked for
    """Ask for a field of the first thing of a type."""
    declared = "$id: ID!" + (", $after: String" if "$after" in field else "")
    query = f"query({declared}) {{ node(id: $id) {{ ... on {type_name} {{ {field} }} }} }}"
    data = house.data(query, id=first_id(house, type_name), **variables)
    (found,) = data["node"].values()
    return found


@pytest.mark.parametrize("type_name", TIMED)
@pytest.mark.parametrize("size", [1, 4, 100])
def test_walking_a_timeline_meets_every_event_once_and_the_latest_first(
    house: Stage, type_name: str, size: int
) -> None:
    page = f"timeline(first: %s, after: $after) {{ {PAGE % EVENT} }}"
    whole = below(house, type_name, page % 100)
    dates = [edge["node"]["id"] for edge in whole["edges"]]
    assert dates == sorted(dates, reverse=True)
    assert whole["totalCount"] == len(dates) > MANY
    walked, after, has_more = [], None, True
    while has_more:
        found = below(house, type_name, page % size, after=after)
        walked += found["edges"]
        after, has_more = found["pageInfo"]["endCursor"], found["pageInfo"]["hasNextPage"]
    assert walked == whole["edges"]


@pytest.mark.parametrize(
    ("type_name", "field", "found"),
    [
        ("Person", 'residences(first: 9, filter: {ward: {eq: "E05013792"}}) { totalCount }', 3),
        ("Person", 'residences(first: 9, filter: {not: {ward: {eq: "E05013792"}}}) { totalCount }', 4),
        ("Person", "residences(first: 9, edge: {current: true}) { totalCount }", 2),
        ("Person", "residences(first: 9, edge: {current: false}) { totalCount }", 5),
        ("Person", "residences(first: 9, edge: {not: {current: true}}) { totalCount }", 5),
        ("Person", 'residences(first: 9, edge: {since: {gte: "2023-01-01"}}) { totalCount }', 2),
        ("Person", 'residences(first: 9, edge: {not: {since: {gte: "2023-01-01"}}}) { totalCount }', 4),
        ("Person", "cases(first: 9, edge: {role: {eq: VICTIM}}) { totalCount }", 4),
        ("Person", "cases(first: 9, edge: {role: {in: [WITNESS, PERPETRATOR]}}) { totalCount }", 3),
        ("Person", 'cases(first: 9, filter: {caseType: {eq: "Ash"}}, edge: {role: {eq: VICTIM}}) { totalCount }', 1),
        ("Person", 'siblings(first: 9, filter: {familyName: {eq: "Birch"}}) { totalCount }', 2),
        ("Person", 'siblings(first: 9, filter: {aliases: {has: "A4"}}) { totalCount }', 1),
        ("Person", 'siblings(first: 9, filter: {not: {aliases: {has: "A4"}}}) { totalCount }', 5),
        ("Person", 'siblings(first: 9, filter: {knownTo: {eq: "council"}}) { totalCount }', 6),
        ("Person", 'siblings(first: 9, filter: {not: {knownTo: {eq: "council"}}}) { totalCount }', 0),
        ("Case", "people(first: 9, edge: {role: {eq: WITNESS}}) { totalCount }", 3),
        ("Case", 'people(first: 9, filter: {ward: {eq: "E05013792"}}, edge: {role: {eq: VICTIM}}) { totalCount }', 0),
        ("Agency", 'teams(first: 9, filter: {name: {startsWith: "B"}}) { totalCount }', 2),
    ],
)
def test_a_connection_holds_what_is_asked_for(house: Stage, type_name: str, field: str, found: int) -> None:
    page = field.replace("{ totalCount }", "{ totalCount edges { node { id } } }")
    connection = below(house, type_name, page)
    assert (connection["totalCount"], len(connection["edges"])) == (found, found)


def test_a_link_that_matches_shows_all_that_agencies_say_of_it(house: Stage) -> None:
    page = "cases(first: 9, edge: {role: {eq: COMPLAINANT}}) { edges { roles } }"
    assert below(house, "Person", page)["edges"] == [{"roles": ["COMPLAINANT", "VICTIM"]}]


@pytest.mark.parametrize(
    ("filter_", "found"),
    [
        ('{premises: {ward: {eq: "E05013792"}}}', 1),
        ('{not: {premises: {ward: {eq: "E05013792"}}}}', 6),
        ('{premises: {not: {ward: {eq: "E05013792"}}}}', 7),
        ('{agencies: {code: {eq: "C0"}}}', 7),
        ('{agencies: {code: {eq: "C3"}}}', 1),
        ('{not: {agencies: {code: {eq: "C3"}}}}', 6),
        ('{not: {not: {agencies: {code: {eq: "C3"}}}}}', 1),
        ("{establishments: {hygieneScore: {gte: 30}}}", 1),
        ('{openedOn: {gte: "2021-01-01"}, premises: {ward: {eq: "E05013792"}}}', 0),
    ],
)
def test_cases_are_found_by_what_they_concern_and_who_takes_part(house: Stage, filter_: str, found: int) -> None:
    query = f"{{ cases(first: 9, filter: {filter_}) {{ totalCount edges {{ node {{ id }} }} }} }}"
    assert house.data(query)["cases"]["totalCount"] == len(house.data(query)["cases"]["edges"]) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ('{ incidents(first: 9, filter: {month: {gte: "2024-03"}}) { totalCount } }', 3),
        ('{ incidents(first: 9, filter: {month: {lte: "2024-02", gte: "2024-02"}}) { totalCount } }', 2),
        ('{ incidents(first: 9, filter: {not: {month: {in: ["2024-01"]}}}) { totalCount } }', 5),
        ("{ schools(first: 9, filter: {lowestAge: {gte: 5}}) { totalCount } }", 2),
        ("{ agreements(first: 9, filter: {tier: {eq: ISP}, purposes: {has: ASB_PREVENTION}}) { totalCount } }", 1),
        ('{ agreements(first: 9, filter: {not: {signedBy: {has: "council"}}}) { totalCount } }', 0),
        ('{ agreements(first: 9, filter: {validFrom: {gte: "2025-02-01"}}) { totalCount } }', 0),
        ('{ agreements(first: 9, filter: {title: {startsWith: "Open"}}) { totalCount } }', 1),
        ('{ importRuns(first: 9, filter: {startedAt: {gte: "2026-11-24T02:30:00+01:00"}}) { totalCount } }', 1),
        ('{ cases(first: 9, filter: {leadAgency: {eq: "council"}, consentStatus: {eq: REFUSED}}) { totalCount } }', 3),
        ('{ cases(first: 9, filter: {not: {leadAgency: {eq: "council"}}}) { totalCount } }', 0),
        ('{ cases(first: 9, filter: {footprintWards: {has: "E05013808"}}) { totalCount } }', 4),
        ('{ alerts(first: 9, filter: {tie: {in: [SIBLING_OF]}, leadAgency: {eq: "council"}}) { totalCount } }', 2),
        ('{ alerts(first: 9, filter: {acknowledgedBy: {eq: "Ash"}}) { totalCount } }', 1),
        ('{ alerts(first: 9, filter: {acknowledgedAt: {gte: "2026-11-05T00:00:00Z"}}) { totalCount } }', 2),
        ('{ tasks(first: 9, filter: {answeredAt: {gte: "2026-11-09T00:00:00Z"}}) { totalCount } }', 2),
        ('{ tasks(first: 9, filter: {not: {finishedAt: {lte: "2026-11-05T00:00:00Z"}}}) { totalCount } }', 4),
        (
            '{ referrals(first: 9, filter: {source: {eq: PUBLIC}, services: {has: "victim_support"}}) { totalCount } }',
            3,
        ),
        ('{ referrals(first: 9, filter: {triagedAt: {lte: "2026-11-03T12:00:00Z"}}) { totalCount } }', 2),
        ('{ referrals(first: 9, filter: {returnedAt: {gte: "2026-11-09T00:00:00Z"}}) { totalCount } }', 2),
        ('{ referrals(first: 9, filter: {closedAt: {gte: "2026-11-01T00:00:00Z"}}) { totalCount } }', 3),
    ],
)
def test_lists_compare_months_numbers_words_and_moments(house: Stage, query: str, found: int) -> None:
    (connection,) = house.data(query).values()
    assert connection["totalCount"] == found


@pytest.mark.parametrize(
    "query",
    [
        '{ incidents(first: 9, filter: {month: {gte: "2024"}}) { totalCount } }',
        '{ incidents(first: 9, filter: {month: {in: ["2024-01", "soon"]}}) { totalCount } }',
        '{ importRuns(first: 9, filter: {startedAt: {gte: "2026-11-24T02:30:00"}}) { totalCount } }',
        '{ importRuns(first: 9, filter: {startedAt: {gte: "yesterday"}}) { totalCount } }',
    ],
)
def test_months_and_moments_that_are_written_wrongly_are_refused(house: Stage, query: str) -> None:
    assert house.code(query) == "BAD_USER_INPUT"


def test_a_cursor_is_only_good_below_its_own_node(house: Stage) -> None:
    query = """query($id: ID!, $after: String) { node(id: $id) { ... on Person {
      %s(first: 2, after: $after, %s) { pageInfo { endCursor } edges { node { id } } } } } }"""
    mine, cases = first_id(house, "Person"), query % ("cases", "orderBy: OPENED_ON")
    other = house.data(
        "query($id: ID!) { node(id: $id) { ... on Person { siblings(first: 1) { edges { node { id } } } } } }", id=mine
    )
    sibling = other["node"]["siblings"]["edges"][0]["node"]["id"]
    cursor = house.data(cases, id=mine)["node"]["cases"]["pageInfo"]["endCursor"]
    assert house.data(cases, id=mine, after=cursor)["node"]["cases"]["edges"]
    for asked, ident in (
        (cases, sibling),
        (query % ("cases", "orderBy: OPENED_ON_DESC"), mine),
        (query % ("cases", "orderBy: OPENED_ON, filter: {status: {eq: OPEN}}"), mine),
        (query % ("cases", "orderBy: OPENED_ON, edge: {role: {eq: VICTIM}}"), mine),
        (query % ("siblings", "orderBy: ID"), mine),
    ):
        assert house.code(asked, id=ident, after=cursor) == "CURSOR_INVALID", asked
    assert (
        house.code("query($c: String) { cases(first: 1, orderBy: OPENED_ON, after: $c) { totalCount } }", c=cursor)
        == "CURSOR_INVALID"
    )
    assert house.code(cases, id=mine, after="bm90aGluZw==") == "CURSOR_INVALID"


def test_what_was_begun_below_a_list_is_read_on_by_id(house: Stage) -> None:
    page = "cases(first: 2, %s) { pageInfo { endCursor } edges { node { id } } }"
    which, begun = '{familyName: {eq: "Ash"}, aliases: {has: "A0"}}', page % "orderBy: REFERENCE"
    people = f"{{ people(filter: {which}, first: 1) {{ edges {{ node {{ id {begun} }} }} }} }}"
    (edge,) = house.data(people)["people"]["edges"]
    person, started = edge["node"]["id"], edge["node"]["cases"]
    further = page % "orderBy: REFERENCE, after: $after"
    on = f"query($id: ID!, $after: String) {{ person(id: $id) {{ {further} }} }}"
    rest = house.data(on, id=person, after=started["pageInfo"]["endCursor"])["person"]["cases"]
    assert rest["edges"]
    assert not {one["node"]["id"] for one in started["edges"]} & {one["node"]["id"] for one in rest["edges"]}


def test_a_root_with_all_that_hangs_on_it_is_one_statement(house: Stage) -> None:
    fields = """timeline(first: 5) { totalCount edges { node { at agency { name } subject { id } } } }
      cases(first: 3, orderBy: OPENED_ON_DESC, filter: {agencies: {code: {eq: "C0"}}}, edge: {role: {eq: VICTIM}}) {
        totalCount edges { node { id timeline(first: 2) { edges { cursor node { at subject { id } } } }
        people(first: 2, orderBy: DATE_OF_BIRTH, filter: {familyName: {startsWith: "A"}}) { edges { cursor } } } } }"""
    query = f"query($id: ID!) {{ person(id: $id) {{ {fields} }} }}"
    asked = house.runner.run(house.hub.ask("asb-officer", "ASB_PREVENTION", query, {"id": first_id(house, "Person")}))
    assert "errors" not in asked, asked["errors"]
    assert asked["extensions"]["statements"] == 1


@pytest.mark.parametrize("first", [0, -1, 1001])
def test_a_page_has_a_size(house: Stage, first: int) -> None:
    query = "query($id: ID!) { person(id: $id) { %s(first: " + str(first) + ") { totalCount } } }"
    for field in ("timeline", "cases"):
        assert house.code(query % field, id=first_id(house, "Person")) == "BAD_USER_INPUT"


def test_what_events_name_counts_towards_the_cost(house: Stage) -> None:
    page = (
        "timeline(first: 1000) { edges { node { subject { id ... on Person { cases(first: 500) { totalCount } } } } } }"
    )
    assert (
        house.code(f"query($id: ID!) {{ person(id: $id) {{ {page} }} }}", id=first_id(house, "Person"))
        == "COST_EXCEEDED"
    )
