"""Each request has an id: its client's where that is one, else the hub's own."""

import httpx
import pytest

from hub.journal import Lines, Style
from tests.support.answerer import EchoingAnswerer

OWN = "c0ffee"
UUID = "5f0c9a3e-7a52-4b6e-9f0e-2f1f5f6f7a80"
TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (UUID, UUID),
        (TRACE, TRACE),
        ("", OWN),
        ("Jane Ashdown", OWN),
        ("jane-ashdown-1980-01-02", OWN),
        ("+447700900114", OWN),
        ("9434765919", OWN),
        ("facade-decade-facade", OWN),
        (TRACE * 3, OWN),
    ],
)
def test_an_id_that_is_a_uuid_or_of_a_trace_is_kept(client: httpx.Client, given: str, kept: str) -> None:
    answer = client.post("/graphql", json={"query": "{ me }"}, headers={b"X-Request-ID": given.encode("latin-1")})
    assert answer.headers["x-request-id"] == kept


def test_a_masked_failure_names_the_request_and_its_log_the_kind_of_error_only(
    client: httpx.Client, answerer: EchoingAnswerer, caplog: pytest.LogCaptureFixture
) -> None:
    answerer.failures["{ fail }"] = RuntimeError("per_7 lives at 12 Secret Street")
    answer = client.post("/graphql", json={"query": "{ fail }"}, headers={"X-Request-ID": UUID})
    assert answer.json()["errors"][0]["extensions"]["correlationId"] == UUID
    (record,) = [record for record in caplog.records if record.name == "hub.answers"]
    line = Lines(Style.JSON).format(record)
    assert "a request fails" in line
    assert "RuntimeError" in line
    assert "per_7" not in line
