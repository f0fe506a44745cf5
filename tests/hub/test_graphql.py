"""Answering: what becomes of documents that cannot be run, and what is recorded before an answer leaves."""

from dataclasses import replace

import pytest

from graph.errors import GraphUnavailable
from graph.store import Connection
from hub.answers import GraphQLRequest
from resolvers.ledger import Entry, Ledger, LedgerUnavailable
from tests.resolvers.stage import tell
from tests.support.engine import on_one_engine
from tests.support.hub import ASB, PEOPLE, TestHub
from tests.support.scenes import person

pytestmark = on_one_engine


SOMEBODY = person("council/1", givenName="Vashti", familyName="Quillfeather", phone="+447700900001")
BY_NAME = '{ people(filter: {familyName: {eq: "Quillfeather"}}, first: 5) { edges { node { familyName phone } } } }'
AGENCIES = "{ agencies(first: 5) { edges { node { code } } } }"


@pytest.mark.parametrize(
    ("query", "variables", "code"),
    [
        ("{ people(", {}, "GRAPHQL_PARSE_FAILED"),
        ("", {}, "BAD_REQUEST"),
        ("query A { me { subject } } query B { me { agency } }", {}, "BAD_USER_INPUT"),
        ("mutation { forget }", {}, "GRAPHQL_VALIDATION_FAILED"),
        ("subscription { alerts }", {}, "BAD_REQUEST"),
        ("{ people { nonsense } }", {}, "GRAPHQL_VALIDATION_FAILED"),
        ("{ agencies { edges { node { code } } } }", {}, "GRAPHQL_VALIDATION_FAILED"),
        ("query Q($first: Int!) { agencies(first: $first) { totalCount } }", {}, "BAD_USER_INPUT"),
        ("query Q($first: Int!) { agencies(first: $first) { totalCount } }", {"first": "many"}, "BAD_USER_INPUT"),
        ("{ agencies(first: 0) { totalCount } }", {}, "BAD_USER_INPUT"),
        ("{ agencies(first: 1001) { totalCount } }", {}, "BAD_USER_INPUT"),
    ],
)
def test_what_cannot_be_run_is_refused_with_a_code(
    engine_connection: Connection, query: str, variables: dict[str, object], code: str
) -> None:
    async def story(hub: TestHub) -> None:
        assert await hub.code("asb-officer", ASB, query, variables) == code
        assert hub.ledger.entries[-1].refusal == code

    tell(engine_connection, story=story)


def test_a_misspelt_field_is_not_answered_with_suggestions(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        answer = await hub.ask("asb-officer", ASB, "{ agencies(first: 1) { edges { node { nam } } } }")
        assert "Did you mean" not in answer["errors"][0]["message"]

    tell(engine_connection, story=story)


def test_an_entry_says_who_what_and_how_far_but_no_value(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        await hub.data("asb-officer", ASB, BY_NAME)
        entry = hub.ledger.entries[-1]
        assert (entry.subject, entry.agency, entry.roles, entry.purpose) == (
            "asb-officer",
            "council",
            ("asb_officer",),
            ASB,
        )
        assert entry.compared == ("Person.familyName",)
        (told,) = [one for one in entry.disclosures if one.type == "Person"]
        assert told.fields == {"familyName": "full", "phone": "full"}
        assert told.agreements == ("own-records",)
        assert told.personal
        assert len(told.records) == 1
        assert "Quillfeather" not in repr(entry)
        assert "900001" not in repr(entry)

    tell(engine_connection, SOMEBODY, story=story)


def test_an_unknown_purpose_is_recorded_as_unknown_whatever_it_says(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        assert await hub.code("asb-officer", "Vashti Quillfeather", AGENCIES) == "PURPOSE_UNKNOWN"
        assert (hub.ledger.entries[-1].purpose, hub.ledger.entries[-1].refusal) == ("UNKNOWN", "PURPOSE_UNKNOWN")

    tell(engine_connection, story=story)


class FullDisk(Ledger):
    """A ledger whose disk is full: what waits for it fails."""

    async def record(self, entry: Entry) -> str:
        if entry.personal:
            raise LedgerUnavailable("no space left on device")
        return "receipt"


def test_what_cannot_be_recorded_does_not_leave(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        hub.answerer.means = replace(hub.answerer.means, ledger=FullDisk())
        body = await hub.body("asb-officer", ASB, BY_NAME)
        assert b"LEDGER_UNAVAILABLE" in body
        assert b"Quillfeather" not in body
        assert (await hub.data("asb-officer", None, AGENCIES))["agencies"]["edges"]

    tell(engine_connection, SOMEBODY, story=story)


class Away:
    """A graph that is away."""

    async def read(self, statement: str, parameters: object = None) -> object:
        raise GraphUnavailable(f"no answer to {len(statement)} characters with {parameters is not None}")


def test_while_the_graph_is_away_nothing_half_is_answered(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        who = PEOPLE["auditor"]
        hub.answerer.means = replace(hub.answerer.means, store=Away())
        with pytest.raises(GraphUnavailable):
            await hub.answerer(GraphQLRequest(query=f"{{ me {{ subject }} more: {AGENCIES[2:]}"), who, None)
        assert hub.ledger.entries[-1].refusal == "GRAPH_UNAVAILABLE"

    tell(engine_connection, story=story)


def test_introspection_and_the_subgraphs_text_need_no_purpose(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        told = await hub.data("councillor", None, "{ __schema { queryType { name } } _service { sdl } __typename }")
        assert told["__schema"] == {"queryType": {"name": "Query"}}
        assert "@classified" in told["_service"]["sdl"]
        assert told["__typename"] == "Query"

    tell(engine_connection, story=story)
