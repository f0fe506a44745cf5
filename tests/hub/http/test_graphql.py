"""GraphQL over HTTP: what is asked, what is refused, and with which status."""

import logging
from typing import Any

import httpx
import pytest

from graph.errors import GraphUnavailable
from hub.errors import Code
from hub.journal import statement
from resolvers.errors import CursorRefused, FilterTooWide, PurposeNotPermitted, PurposeRequired, PurposeUnknown
from resolvers.ledger import LedgerUnavailable
from tests.support.answerer import EchoingAnswerer

RESPONSE = "application/graphql-response+json"


def error(response: httpx.Response) -> dict[str, Any]:
    (only,) = response.json()["errors"]
    assert "data" not in response.json()
    return dict(only)


def test_a_request_arrives_as_it_was_sent(client: httpx.Client) -> None:
    asked = {"query": "query Q { me }", "variables": {"a": [1, "ü"]}, "operationName": "Q", "extensions": {}}
    response = client.post("/graphql", json=asked, headers={"Hub-Purpose": "ASB_PREVENTION"})
    assert response.status_code == 200
    assert response.json()["data"] == {
        "subject": "asb-officer",
        "purpose": "ASB_PREVENTION",
        "variables": {"a": [1, "ü"]},
        "operationName": "Q",
        "readOnly": False,
    }


def test_a_get_asks_the_same_and_can_only_read(client: httpx.Client) -> None:
    response = client.get("/graphql", params={"query": "{ me }", "variables": '{"a": 1}', "operationName": "Q"})
    told = response.json()["data"]
    assert (told["variables"], told["operationName"], told["readOnly"]) == ({"a": 1}, "Q", True)


def test_without_a_purpose_none_is_passed_on_and_two_are_not_one(client: httpx.Client) -> None:
    assert client.post("/graphql", json={"query": "{ me }"}).json()["data"]["purpose"] is None
    headers = [("Hub-Purpose", "ASB_PREVENTION"), ("Hub-Purpose", "AUDIT")]
    response = client.post("/graphql", json={"query": "{ me }"}, headers=headers)
    assert response.json()["data"]["purpose"] == "ASB_PREVENTION, AUDIT"


@pytest.mark.parametrize(
    ("accept", "media_type", "status"),
    [
        (RESPONSE, RESPONSE, 400),
        (f"{RESPONSE}; charset=utf-8, application/json;q=0.9", RESPONSE, 400),
        (f"{RESPONSE};q=0.1, application/json", "application/json", 200),
        ("application/json", "application/json", 200),
        ("*/*", "application/json", 200),
        ("", "application/json", 200),
    ],
)
def test_the_media_type_decides_the_status_of_a_document_that_is_none(
    client: httpx.Client, accept: str, media_type: str, status: int
) -> None:
    response = client.post("/graphql", json={"query": "nonsense"}, headers={"Accept": accept})
    assert response.status_code == status
    assert response.headers["content-type"] == f"{media_type}; charset=utf-8"


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"{", "application/json", 400),
        (b"", "application/json", 400),
        (b"[]", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b"null", "application/json", 400),
        (b'{"query": 7}', "application/json", 400),
        (b'{"query": " "}', "application/json", 400),
        (b"{}", "application/json", 400),
        (b'{"query": "{ me }", "variables": [1]}', "application/json", 400),
        (b'{"query": "{ me }", "variables": "{}"}', "application/json", 400),
        (b'{"query": "{ me }", "operationName": 1}', "application/json", 400),
        (b'{"query": "{ me }", "extensions": 1}', "application/json", 400),
        (b'{"query": "\xff"}', "application/json", 400),
        (b'{"query": "\\ud800 {"}', "application/json", 400),
        (b'{"query": "{ me }"}', "text/plain", 415),
        (b'{"query": "{ me }"}', "", 415),
        (b'{"query": "{ me }"}', "application/json; charset=utf-16", 415),
        (b'{"query": "' + b"a" * 1_048_576 + b'"}', "application/json", 413),
    ],
)
@pytest.mark.parametrize("accept", ["application/json", RESPONSE])
def test_what_is_no_graphql_request_is_a_bad_request(
    client: httpx.Client, body: bytes, content_type: str, status: int, accept: str
) -> None:
    response = client.post("/graphql", content=body, headers={"Content-Type": content_type, "Accept": accept})
    assert response.status_code == status
    assert error(response)["extensions"]["code"] == Code.BAD_REQUEST


def test_null_members_count_as_absent(client: httpx.Client) -> None:
    asked = {"query": "{ me }", "variables": None, "operationName": None, "extensions": None}
    assert client.post("/graphql", json=asked).status_code == 200


@pytest.mark.parametrize("accept", ["text/html", "application/json;q=0", "image/*;q=nonsense"])
def test_a_client_that_reads_neither_type_is_told(client: httpx.Client, accept: str) -> None:
    response = client.post("/graphql", json={"query": "{ me }"}, headers={"Accept": accept})
    assert response.status_code == 406
    assert error(response)["extensions"]["code"] == Code.BAD_REQUEST


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
def test_other_methods_are_not_allowed(client: httpx.Client, method: str) -> None:
    assert client.request(method, "/graphql").status_code == 405


@pytest.mark.parametrize("header", [None, "Bearer nonsense", "Basic YTpi", "Bearer"])
@pytest.mark.parametrize("accept", ["application/json", RESPONSE])
def test_without_a_token_that_holds_nothing_is_answered_whatever_is_asked(
    stranger: httpx.Client, header: str | None, accept: str
) -> None:
    headers = {"Accept": accept, **({"Authorization": header} if header else {})}
    for body in ({"query": "{ __schema { types { name } } }"}, {"query": ""}):
        response = stranger.post("/graphql", json=body, headers=headers)
        assert response.status_code == 401
        assert error(response)["extensions"]["code"] == Code.UNAUTHENTICATED
        assert response.headers["www-authenticate"].startswith('Bearer realm="concord"')


@pytest.mark.parametrize(
    ("failure", "code", "status"),
    [
        (PurposeRequired(("ASB_PREVENTION",)), Code.PURPOSE_REQUIRED, 400),
        (PurposeUnknown("no such purpose"), Code.PURPOSE_UNKNOWN, 400),
        (PurposeNotPermitted("not for you"), Code.PURPOSE_NOT_PERMITTED, 403),
        (FilterTooWide("narrow it"), Code.FILTER_TOO_WIDE, 400),
        (CursorRefused("not yours"), Code.CURSOR_INVALID, 400),
        (GraphUnavailable("the engine at bolt://10.0.0.7 is gone"), Code.GRAPH_UNAVAILABLE, 503),
        (LedgerUnavailable("/data/ledger: no space"), Code.LEDGER_UNAVAILABLE, 503),
        (RuntimeError("per_7 lives at 12 Secret Street"), Code.INTERNAL, 500),
    ],
)
def test_every_failure_has_its_code_and_status_and_faults_are_masked(
    client: httpx.Client, answerer: EchoingAnswerer, failure: Exception, code: Code, status: int
) -> None:
    answerer.failures["{ fail }"] = failure
    response = client.post("/graphql", json={"query": "{ fail }"}, headers={"Accept": RESPONSE})
    told = error(response)
    assert (response.status_code, told["extensions"]["code"]) == (status, code)
    masked = status >= 500
    assert (told["extensions"].get("correlationId") == "c0ffee") is masked
    assert (str(failure) in told["message"]) is not masked
    assert ("retry-after" in response.headers) is (status == 503)


def test_a_missing_purpose_comes_with_those_that_could_be_stated(
    client: httpx.Client, answerer: EchoingAnswerer
) -> None:
    answerer.failures["{ fail }"] = PurposeRequired(("ASB_PREVENTION", "AUDIT"))
    told = error(client.post("/graphql", json={"query": "{ fail }"}))
    assert told["extensions"]["purposes"] == ["ASB_PREVENTION", "AUDIT"]


def test_answers_are_neither_kept_nor_framed_nor_run(client: httpx.Client) -> None:
    for response in (client.post("/graphql", json={"query": "{ me }"}), client.get("/nowhere")):
        assert response.headers["cache-control"] == "no-store"
        assert response.headers["x-content-type-options"] == "nosniff"
        assert response.headers["content-security-policy"].startswith("default-src 'none'")


def test_the_access_log_tells_nothing_that_the_client_wrote(
    client: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="hub.access"):
        client.get("/graphql", params={"query": '{ people(filter: {familyName: {eq: "Ashdown"}}) }'})
        client.get("/people/Ashdown")
        client.request("ASHDOWN", "/graphql")
    records = [record for record in caplog.records if record.name == "hub.access"]
    told = [dict(statement(record)) for record in records]
    assert [(line["method"], line["route"], line["status"], line["agency"]) for line in told] == [
        ("GET", "/graphql", 200, "council"),
        ("GET", "-", 404, None),
    ]
    assert "ashdown" not in str(told).lower()
