"""Anybody refers without a token, so often and so much as is let in, and is told a reference and nothing else."""

import json
from collections.abc import Iterator, Mapping
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from graph.errors import GraphUnavailable
from hub.answers import Answer, GraphQLRequest
from hub.app import Parts, create_app
from hub.gates import HOUR, OwnGate
from hub.policies import read_policies
from hub.public import LONGEST, PublicDesk, nobody, site
from hub.public_form import FormError, read
from hub.rates import Rate
from policies.engine import compile_engine
from policies.viewer import Principal
from schema.catalogue import catalogue
from tests.support.http_server import serving

EACH = 5
FORM = {"concerns": [{"heading": "NOISE", "qualifier": "NUISANCE"}], "narrative": "Drums", "hasConsent": True}
RECEIVED = {"data": {"submitReferral": {"__typename": "ReferralSubmitted", "referral": {"reference": "R-1"}}}}


class Desk:
    """Answers every referral alike, and keeps what came."""

    def __init__(self) -> None:
        self.came: list[tuple[Mapping[str, Any], Principal, str | None]] = []
        self.answer: dict[str, Any] | Exception = RECEIVED

    async def __call__(self, request: GraphQLRequest, principal: Principal, purpose: str | None) -> Answer:
        self.came.append((request.variables["input"], principal, purpose))
        if isinstance(self.answer, Exception):
            raise self.answer
        return Answer(status=200, body=json.dumps(self.answer).encode())


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def url(parts: Parts, desk: Desk) -> Iterator[str]:
    principal = nobody(compile_engine(read_policies(None), catalogue()))
    assert principal is not None
    each, together = (Rate(limit=limit, seconds=HOUR, clock=lambda: 0.0) for limit in (EACH, 2 * EACH))
    public = PublicDesk(
        answerer=desk,
        principal=principal,
        gate=OwnGate(each=each, together=together),
        keys=lambda: f"key-{len(desk.came)}",
    )
    whole = Parts(answerer=desk, door=parts.door, health=parts.health, requests=parts.requests, public=public)
    with serving(create_app(whole)) as address:
        yield f"{address}/refer"


def send(url: str, form: object, **headers: str) -> httpx.Response:
    return httpx.post(url, content=json.dumps(form), headers={"Content-Type": "application/json", **headers})


def test_a_referral_is_received_as_nobody_s_and_answered_with_its_reference(url: str, desk: Desk) -> None:
    answer = send(url, {**FORM, "pin": {"type": "Point", "coordinates": [-0.13, 51]}, "toldPeople": ["Joe"]})
    assert (answer.status_code, answer.json()) == (201, {"reference": "R-1"})
    ((given, principal, purpose),) = desk.came
    assert given == {
        **FORM,
        "toldPeople": ["Joe"],
        "describedPeople": [],
        "pin": {"type": "Point", "coordinates": [-0.13, 51.0]},
        "source": "PUBLIC",
        "idempotencyKey": "key-0",
    }
    assert (principal.agency, principal.roles, purpose) == ("council", frozenset({"public"}), "ASB_PREVENTION")


def test_ten_thousand_from_one_address_let_only_the_limit_through(url: str, desk: Desk) -> None:
    place = urlsplit(url)
    client = HTTPConnection(place.hostname or "", place.port)
    statuses = []
    for _ in range(10_000):
        client.request("POST", place.path, json.dumps(FORM), {"Content-Type": "application/json"})
        answer = client.getresponse()
        body = answer.read()
        statuses.append(answer.status)
    client.close()
    assert statuses == [201] * EACH + [429] * (10_000 - EACH)
    assert len(desk.came) == EACH
    assert json.loads(body) == {"errors": [{"path": [], "message": "too many referrals; send it later"}]}
    assert answer.headers["Retry-After"] == str(int(HOUR / EACH))


@pytest.mark.parametrize(
    ("form", "paths"),
    [
        ({**FORM, "people": ["per_1"]}, [["people"]]),
        ({**FORM, "isIntelligence": True}, [["isIntelligence"]]),
        ({**FORM, "idempotencyKey": "somebody-elses"}, [["idempotencyKey"]]),
        ({**FORM, "source": "PARTNER"}, [["source"]]),
        ({"narrative": "Drums"}, [["concerns"], ["hasConsent"]]),
        ({**FORM, "concerns": [{"heading": "DRONES", "qualifier": "NUISANCE"}]}, [["concerns", "0", "heading"]]),
        ({**FORM, "hasConsent": "yes"}, [["hasConsent"]]),
        ({**FORM, "pin": {"type": "Polygon", "coordinates": [0, 51]}}, [["pin", "type"]]),
        ({**FORM, "pin": {"type": "Point", "coordinates": ["west", 51]}}, [["pin", "coordinates", "0"]]),
        (
            {**FORM, "describedPeople": [{"givenName": "Ann", "role": "GUESS"}]},
            [["describedPeople", "0", "familyName"], ["describedPeople", "0", "role"]],
        ),
        ([FORM], [[]]),
    ],
)
def test_what_has_not_the_form_is_refused_by_its_fields_and_not_quoted(form: object, paths: list[list[str]]) -> None:
    with pytest.raises(FormError) as caught:
        read(json.dumps(form).encode())
    assert [list(path) for path, _ in caught.value.wrong] == paths
    assert not {"per_1", "DRONES", "yes", "west"} & {word for _, must in caught.value.wrong for word in must.split()}


@pytest.mark.parametrize("body", [b"", b"{", b"[" * 60_000, rb'{"narrative": "\ud800"}', b"\xff"])
def test_what_is_no_json_is_refused(body: bytes) -> None:
    with pytest.raises(FormError):
        read(body)


def test_what_is_no_form_or_too_long_is_answered_as_that(url: str, desk: Desk) -> None:
    assert send(url, {**FORM, "mood": "bad"}).json() == {"errors": [{"path": ["mood"], "message": "is not asked for"}]}
    assert send(url, {**FORM, "narrative": "x" * LONGEST}).status_code == 413
    assert httpx.post(url, data={"narrative": "Drums"}).status_code == 415
    assert httpx.get(url).status_code == 405
    assert desk.came == []


def test_what_the_contract_refuses_is_passed_on_by_its_path(url: str, desk: Desk) -> None:
    wrong = [{"path": ["input", "narrative"], "message": "is not blank"}]
    desk.answer = {"data": {"submitReferral": {"__typename": "InvalidInput", "fields": wrong}}}
    answer = send(url, {**FORM, "narrative": " "})
    assert (answer.status_code, answer.json()["errors"]) == (400, [{"path": ["narrative"], "message": "is not blank"}])
    desk.answer = {"data": {"submitReferral": {"__typename": "NotPermitted"}}}
    assert send(url, FORM).status_code == 403
    desk.answer = GraphUnavailable("bolt://10.0.0.1 is gone")
    answer = send(url, FORM)
    assert (answer.status_code, "10.0.0.1" in answer.text) == (503, False)
    desk.answer = {"data": None, "errors": [{"message": "masked"}], "extensions": {"ledger": "receipt"}}
    assert send(url, FORM).json() == {"errors": [{"message": "masked"}]}


@pytest.mark.parametrize(
    ("host", "named"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2::7", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:aaaa::9", "2001:db8:1:2::/64"),
        ("", ""),
    ],
)
def test_who_has_an_address_is_named_by_what_is_theirs_of_it(host: str, named: str) -> None:
    assert site(host) == named


def test_without_a_desk_there_is_no_such_place(client: httpx.Client) -> None:
    assert client.post("/refer", json=FORM).status_code == 404
