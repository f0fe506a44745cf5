"""Corners of the language, of the ledger and of what is withheld."""

import asyncio
import gc
from base64 import urlsafe_b64decode
from typing import Any

import pytest

from graph.store import Connection
from hub.policies import read_policies
from resolvers.givens import DEEPEST
from resolvers.reading import Reader
from tests.resolvers.partnership import ALL, ASH, Stage, an_import
from tests.resolvers.stage import staged, tell
from tests.support.engine import on_one_engine
from tests.support.hub import ASB, TestHub
from tests.support.scenes import person

pytestmark = on_one_engine

ENTITIES = "query($what: [_Any!]!) { _entities(representations: $what) { __typename } }"
HOLDERS = f"{{ people(filter: {{{ASH}}}, first: 9) {{ edges {{ node {{ knownTo {{ %s }} }} }} }} }}"


@pytest.mark.parametrize(
    "what",
    [
        "Person",
        [],
        {},
        {"__typename": None, "id": "per_1"},
        {"__typename": ["Person"], "id": "per_1"},
        {"__typename": {"Person": 1}, "id": "per_1"},
        {"__typename": "Team", "id": "team_1"},
        {"__typename": "Person"},
        {"__typename": "Person", "id": 4},
        {"__typename": "Agency", "id": None, "code": ["police"]},
    ],
)
def test_a_representation_that_names_nothing_is_refused_with_a_code(stage: Stage, what: object) -> None:
    assert stage.code(ENTITIES, what=[what]) == "BAD_USER_INPUT"


@pytest.mark.parametrize(
    ("filter_", "matches"),
    [
        ("null", 2),
        ("{}", 2),
        ("{ward: null}", 2),
        ("{uprn: {}}", 2),
        ("{uprn: {eq: null}}", 2),
        ("{and: []}", 2),
        ("{or: []}", 0),
        ("{not: {}}", 0),
        ("{not: {or: []}}", 2),
        ("{uprn: {in: []}}", 0),
        ("{not: {uprn: {in: []}}}", 1),
        ('{not: {uprn: {eq: "1"}}}', 1),
    ],
)
def test_what_a_filter_does_not_say_holds_and_what_is_absent_never_matches(
    stage: Stage, filter_: str, matches: int
) -> None:
    """Of the two places one has a UPRN."""
    query = f"{{ premisesList(filter: {filter_}, first: 9, after: null) {{ totalCount }} }}"
    assert stage.data(query)["premisesList"]["totalCount"] == matches


@pytest.mark.parametrize(
    "query",
    [
        "query($x: Int = 2) { agencies(first: $x) { totalCount } }",
        "query($x: AgencyOrder) { agencies(first: 1, orderBy: $x) { totalCount } }",
        "query($x: Int = 2) { agencies(first: 1) { edges { node { teams(first: $x) { totalCount } } } } }",
        "query($x: Boolean = false) { agencies(first: 1) { totalCount @skip(if: $x) } }",
        'query($x: String = "Person") { __type(name: $x) { name } }',
    ],
)
def test_null_for_what_has_a_default_is_the_clients_mistake_and_its_absence_none(stage: Stage, query: str) -> None:
    (error,) = stage.ask(query, x=None)["errors"]
    assert error["extensions"]["code"] in {"GRAPHQL_VALIDATION_FAILED", "BAD_USER_INPUT"}
    assert stage.data(query)


@pytest.mark.parametrize("wrong", ["1987", "true", '""', '" "', "[]", "{}"])
def test_a_scalar_that_is_written_wrongly_is_the_clients_mistake(stage: Stage, wrong: str) -> None:
    filter_ = f"{{{ASH}, dateOfBirth: {{eq: {wrong}}}}}"
    query = f"{{ people(filter: {filter_}, first: 1) {{ totalCount }} }}"
    assert stage.code(query) == "GRAPHQL_VALIDATION_FAILED"


@pytest.mark.parametrize("asked", ["{ me { subject } }", "query($deep: [_Any!]) { me { subject } }"])
def test_variables_are_nested_so_deep_and_no_deeper_declared_or_not(stage: Stage, asked: str) -> None:
    def nested(depth: int) -> Any:  # noqa: ANN401 - lists in lists
        return [nested(depth - 1)] if depth else []

    assert stage.code(asked, deep=nested(DEEPEST)) == "BAD_USER_INPUT"
    assert "errors" not in stage.ask("{ me { subject } }", deep=nested(DEEPEST - 2))


def test_an_empty_page_and_no_ids_are_answers(stage: Stage) -> None:
    query = """{ nodes(ids: []) { id } _entities(representations: []) { __typename }
      people(filter: {familyName: {eq: "Nobody"}}, first: 1) {
        totalCount pageInfo { __typename hasNextPage endCursor } edges { cursor } } }"""
    assert stage.data(query) == {
        "nodes": [],
        "_entities": [],
        "people": {
            "totalCount": 0,
            "pageInfo": {"__typename": "PageInfo", "hasNextPage": False, "endCursor": None},
            "edges": [],
        },
    }


@pytest.mark.parametrize(
    ("root", "kind"), [("nodes(ids: $x)", "[ID!]!"), ("_entities(representations: $x)", "[_Any!]!")]
)
def test_each_thing_that_is_asked_for_by_name_costs_what_is_below_it(stage: Stage, root: str, kind: str) -> None:
    query = f"query($x: {kind}) {{ {root} {{ ... on Person {{ siblings(first: 1000) {{ totalCount }} }} }} }}"

    def named(many: int) -> list[Any]:
        ids = [f"per_{at}" for at in range(many)]
        return ids if root.startswith("nodes") else [{"__typename": "Person", "id": ident} for ident in ids]

    assert stage.data(query, x=named(200))
    assert stage.code(query, x=named(300)) == "COST_EXCEEDED"


def test_a_cursor_does_not_tell_the_value_at_which_it_stands(stage: Stage) -> None:
    query = f"{{ people(filter: {{{ALL}}}, orderBy: FAMILY_NAME, first: 4) {{ edges {{ cursor }} }} }}"
    for edge in stage.data(query)["people"]["edges"]:
        told = urlsafe_b64decode(edge["cursor"])
        assert not any(word in told for word in (b"Ash", b"Birch", b"per_"))


@pytest.mark.parametrize(
    ("selected", "agencies"),
    [
        ("lastSeen", {}),
        ("agency { name }", {"name": "full"}),
        ("contact", {"contactEmail": "full", "contactPhone": "full", "contactName": "full"}),
    ],
)
def test_the_ledger_claims_of_a_holder_what_was_asked_of_it(
    stage: Stage, selected: str, agencies: dict[str, str]
) -> None:
    stage.hub.ledger.entries.clear()
    stage.data(HOLDERS % selected)
    (entry,) = stage.hub.ledger.entries
    told = [one.fields for one in entry.disclosures if one.type == "Agency"]
    assert told == ([agencies] if agencies else [])


@pytest.mark.parametrize("query", ["{ agencies(first: 1) { totalCount } }", '{ person(id: "per_1") { id } }'])
def test_nothing_of_a_request_whose_plan_is_known_waits_for_the_collector(stage: Stage, query: str) -> None:
    stage.data(query)
    gc.collect()
    gc.disable()
    try:
        stage.data(query)
        assert not [one for one in gc.get_objects() if isinstance(one, Reader)]
    finally:
        gc.enable()


def test_a_record_asked_for_by_its_id_says_what_is_withheld_of_it(stage: Stage) -> None:
    ann = f'{{{ASH}, givenName: {{eq: "Ann"}}}}'
    records = f"{{ people(filter: {ann}, first: 1) {{ edges {{ node {{ records {{ id }} }} }} }} }}"
    (record,) = stage.data(records)["people"]["edges"][0]["node"]["records"]
    query = "query($id: ID!) { node(id: $id) { ... on PersonRecord { givenName phone } } }"
    found = stage.ask(query, "councillor", id=record["id"])
    assert found["data"]["node"] == {"givenName": "A.", "phone": None}
    assert {entry["field"] for entry in found["extensions"]["withheld"]} == {"givenName", "phone"}


def shipped_but(name: str, old: str, new: str) -> dict[str, str]:
    """The shipped policies with one passage changed."""
    texts = dict(read_policies(None))
    (path,) = (path for path in texts if path.endswith(f"agreements/{name}.yaml"))
    assert texts[path].count(old) == 1
    return texts | {path: texts[path].replace(old, new)}


def test_who_may_not_read_what_was_set_aside_still_reads_of_the_import(engine_connection: Connection) -> None:
    query = """{ importRuns(first: 1, filter: {state: {eq: FINISHED}}) { edges { node {
      file quarantine(first: 1) { totalCount } access { level withheld { field reason } } } } } }"""

    async def story() -> None:
        async with staged(engine_connection, shipped_but("audit", ", quarantine]", "]")) as hub:
            await an_import(hub)
            await hub.watch.refresh(hub.store)
            (edge,) = (await hub.data("auditor", "AUDIT", query))["importRuns"]["edges"]
            withheld = [{"field": "quarantine", "reason": "NOT_GRANTED"}]
            access = {"level": "MASKED", "withheld": withheld}
            assert edge["node"] == {"file": "people.csv", "quarantine": None, "access": access}
            assert not hub.ledger.entries[-1].personal

    asyncio.run(story())


def test_agreements_are_not_ordered_by_titles_that_are_not_told(engine_connection: Connection) -> None:
    async def story() -> None:
        async with staged(engine_connection, shipped_but("public-register", "[title, version", "[version")) as hub:
            query = "{ agreements(first: 50, orderBy: %s) { edges { node { id title } } } }"
            by_title = await hub.data("councillor", None, query % "TITLE")
            assert by_title == await hub.data("councillor", None, query % "ID")
            assert {edge["node"]["title"] for edge in by_title["agreements"]["edges"]} == {None}

    asyncio.run(story())


def test_a_stored_value_that_the_contract_has_no_word_for_is_not_quoted(engine_connection: Connection) -> None:
    somebody = person("council/1", familyName="Quillfeather", gender="Vashti")
    query = '{ people(filter: {familyName: {eq: "Quillfeather"}}, first: 1) { edges { node { gender } } } }'

    async def story(hub: TestHub) -> None:
        body = await hub.body("asb-officer", ASB, query)
        assert b"INTERNAL" in body
        assert b"Vashti" not in body

    tell(engine_connection, somebody, story=story)
