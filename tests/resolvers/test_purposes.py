"""Purposes: what answers without one, and what the hub says of itself."""

import orjson
import pytest

from tests.resolvers.partnership import ASH, SECRET, Stage
from tests.support.engine import on_one_engine
from tests.support.hub import ASB, PEOPLE

pytestmark = on_one_engine

PUBLIC = (
    "{ me { subject agency roles wards purpose purposes } }",
    "{ agencies(first: 9) { totalCount edges { node { name teams(first: 9) { edges { node { email } } } } } } }",
    "{ wards(first: 50, filter: {vintage: {gte: 2025}}) { edges { node { id code name access { level } } } } }",
    '{ establishments(filter: {ratingValue: {eq: "5"}}, orderBy: NAME, first: 1) { edges { node { name } } } }',
    "{ agreements(first: 20) { edges { node { title status purposes } } } }",
    "{ __schema { queryType { name } } _service { sdl } }",
)


RUNS = """{ importRuns(first: 5, orderBy: STARTED_AT, filter: {state: {eq: FINISHED}}) { totalCount edges { node {
  connector file dataset state rowsIn stored quarantined access { level }
  quarantine(first: 1) { totalCount pageInfo { hasNextPage } edges { node { line column reason } } } } } } }"""


@pytest.mark.parametrize("query", PUBLIC)
def test_without_a_purpose_what_is_public_answers(stage: Stage, query: str) -> None:
    assert stage.data(query, "councillor", None)


@pytest.mark.parametrize(
    "query",
    [
        f"{{ people(filter: {{{ASH}}}, first: 1) {{ totalCount }} }}",
        f"{{ people(filter: {{{ASH}}}, first: 1) {{ __typename }} }}",
        "{ premisesList(first: 1) { totalCount } }",
        "{ cases(first: 1) { pageInfo { hasNextPage } } }",
        "{ importRuns(first: 1) { totalCount } }",
        '{ person(id: "per_x") { id } }',
        '{ node(id: "case_x") { id } }',
        "{ me { subject } premisesList(first: 1) { totalCount } }",
        "{ establishments(first: 1) { edges { node { name premises(first: 1) { totalCount } } } } }",
        "{ establishments(first: 1) { edges { node { cases(first: 1) { totalCount } } } } }",
        '{ _entities(representations: [{__typename: "Person", id: "per_x"}]) { __typename } }',
    ],
)
def test_without_a_purpose_anything_else_is_refused_whole(stage: Stage, query: str) -> None:
    found = stage.ask(query, purpose=None)
    assert "data" not in found
    (error,) = found["errors"]
    assert error["extensions"]["code"] == "PURPOSE_REQUIRED"
    assert error["extensions"]["purposes"] == ["ASB_PREVENTION", "CRIME_PREVENTION"]


@pytest.mark.parametrize(
    ("who", "purpose", "code"),
    [
        ("asb-officer", "NOSINESS", "PURPOSE_UNKNOWN"),
        ("asb-officer", "", "PURPOSE_UNKNOWN"),
        ("asb-officer", "asb_prevention", "PURPOSE_UNKNOWN"),
        ("asb-officer", "ASB_PREVENTION, AUDIT", "PURPOSE_UNKNOWN"),
        ("asb-officer", "AUDIT", "PURPOSE_NOT_PERMITTED"),
        ("councillor", "CRIME_PREVENTION", "PURPOSE_NOT_PERMITTED"),
        ("housing-officer", "MARAC_DA", "PURPOSE_NOT_PERMITTED"),
    ],
)
def test_a_purpose_must_exist_and_be_permitted_also_for_what_is_public(
    stage: Stage, who: str, purpose: str, code: str
) -> None:
    assert stage.code("{ me { subject } }", who, purpose) == code


def test_me_says_who_asks_and_what_for(stage: Stage) -> None:
    assert stage.data(PUBLIC[0], "councillor")["me"] == {
        "subject": "councillor",
        "agency": PEOPLE["councillor"].agency,
        "roles": ["councillor"],
        "wards": sorted(PEOPLE["councillor"].wards),
        "purpose": "ASB_PREVENTION",
        "purposes": ["ASB_PREVENTION"],
    }


@pytest.mark.parametrize(
    ("who", "purpose", "may"),
    [
        ("councillor", ASB, {"submitReferral": ("Referral", ["council"])}),
        ("auditor", "AUDIT", {}),
        ("asb-officer", None, {}),
        (
            "victim-support",
            "ADULT_SAFEGUARDING",
            {
                "addNote": ("Case", ["victim_support"]),
                "answerReferral": ("Referral", ["victim_support"]),
                "assessRisk": ("Case", ["council", "police"]),
                "setAbsence": ("Absence", ["victim_support"]),
                "submitReferral": ("Referral", ["victim_support"]),
                "withdrawReferral": ("Referral", ["victim_support"]),
            },
        ),
    ],
)
def test_me_says_what_may_be_done_to_whose_things(
    stage: Stage, who: str, purpose: str | None, may: dict[str, tuple[str, list[str]]]
) -> None:
    found = stage.data("{ me { may { mutation type owners } } }", who, purpose)["me"]["may"]
    told = {one["mutation"]: (one["type"], one["owners"]) for one in found if one["type"] != "Task"}
    assert told == may


def test_agreements_come_in_pages_and_by_id(stage: Stage) -> None:
    query = """query($after: String) { agreements(first: 3, after: $after, orderBy: TITLE) {
      totalCount pageInfo { hasNextPage endCursor } edges { node { id title } } } }"""
    found, after = [], None
    while True:
        page = stage.data(query, "councillor", None, after=after)["agreements"]
        found += [edge["node"] for edge in page["edges"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert len(found) == page["totalCount"] > 3
    assert [one["title"] for one in found] == sorted(one["title"] for one in found)
    one = stage.data(
        "query($id: ID!) { node(id: $id) { ... on Agreement { title } } }", purpose=None, id=found[0]["id"]
    )
    assert one["node"] == {"title": found[0]["title"]}


def test_the_auditor_sees_no_person_and_no_place_of_one(stage: Stage) -> None:
    query = f"""{{ people(filter: {{{ASH}}}, first: 9) {{ totalCount edges {{ node {{ id }} }} }}
      premisesList(first: 9) {{ edges {{ node {{ name }} }} }} cases(first: 9) {{ totalCount }} }}"""
    found = stage.data(query, "auditor", "AUDIT")
    assert found["people"] == {"totalCount": 0, "edges": []}
    assert found["cases"] == {"totalCount": 0}
    assert found["premisesList"]["edges"] == [{"node": {"name": "Cafe"}}]


def test_the_auditor_sees_import_runs_and_why_rows_were_set_aside_never_the_rows(stage: Stage) -> None:
    found = stage.ask(RUNS, "auditor", "AUDIT")
    (edge,) = found["data"]["importRuns"]["edges"]
    assert edge["node"]["quarantine"] == {
        "totalCount": 2,
        "pageInfo": {"hasNextPage": True},
        "edges": [{"node": {"line": 3, "column": "ward", "reason": "not a ward"}}],
    }
    assert edge["node"]["access"] == {"level": "FULL"}
    assert SECRET not in orjson.dumps(found).decode()
    assert stage.code(RUNS.replace("reason", "reason raw"), "auditor", "AUDIT") == "GRAPHQL_VALIDATION_FAILED"


@pytest.mark.parametrize("who", ["asb-officer", "police-officer", "councillor", "housing-officer"])
def test_nobody_else_sees_import_runs(stage: Stage, who: str) -> None:
    assert stage.data(RUNS, who)["importRuns"] == {"totalCount": 0, "edges": []}


def test_what_was_told_is_what_the_ledger_got(stage: Stage) -> None:
    stage.hub.ledger.entries.clear()
    query = (
        f'{{ people(filter: {{{ASH}, givenName: {{eq: "Dee"}}}}, first: 9) {{ edges {{ node {{ dateOfBirth }} }} }} }}'
    )
    stage.data(query)
    (entry,) = stage.hub.ledger.entries
    assert (entry.subject, entry.purpose, entry.refusal) == ("asb-officer", ASB, None)
    (told,) = entry.disclosures
    assert (told.type, told.fields, told.agreements, len(told.records)) == (
        "Person", {"dateOfBirth": "year"}, ("asb-panel",), 1,
    )  # fmt: skip
    assert entry.personal
    stage.code("{ people(filter: {}, first: 1) { totalCount } }")
    assert stage.hub.ledger.entries[-1].refusal == "FILTER_TOO_WIDE"
    assert stage.hub.ledger.entries[-1].disclosures == ()
