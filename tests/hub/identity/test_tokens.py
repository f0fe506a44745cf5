"""A token holds, or the request is nobody's."""

import hmac
import json
from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jws, jwt
from joserfc.jwk import ECKey, OKPKey

from hub.demo_people import DEMO_PEOPLE, WESTMINSTER
from hub.identity.bearer import Door
from hub.identity.errors import IssuerRefused, Unauthenticated
from hub.identity.issuing import ISSUER, TokenIssuer, development_issuer
from hub.identity.verifier import Verifier
from hub.policies import read_policies
from hub.settings import Mode
from policies.engine import compile_engine
from policies.viewer import Principal
from schema.catalogue import catalogue

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
SECRET = bytes(range(32))
AGENCIES = {"council": frozenset({"asb_officer", "auditor", "public"}), "housing": frozenset({"housing_officer"})}
WHO = Principal(
    subject="asb-officer", agency="council", roles=frozenset({"asb_officer"}), wards=frozenset({"E05013808"})
)
CLAIMS = {
    "iss": ISSUER,
    "aud": "concord",
    "sub": "asb-officer",
    "agency": "council",
    "roles": ["asb_officer"],
    "wards": [],
    "iat": NOON.timestamp(),
    "nbf": NOON.timestamp(),
    "exp": NOON.timestamp() + 3600,
}
LACKING = object()


@pytest.fixture(scope="module")
def issuer() -> TokenIssuer:
    return development_issuer(SECRET, Mode.DEMO)


@pytest.fixture(scope="module")
def verifier(issuer: TokenIssuer) -> Verifier:
    return Verifier(issuers={ISSUER: issuer.believed}, agencies=lambda: AGENCIES)


def signed(issuer: TokenIssuer, **changes: object) -> str:
    claims = {name: value for name, value in {**CLAIMS, **changes}.items() if value is not LACKING}
    header = {"alg": "Ed25519", "typ": "at+jwt"}
    return jws.serialize_compact(header, json.dumps(claims), issuer.key, algorithms=["Ed25519"])


def refusal(verifier: Verifier, token: str, now: datetime = NOON) -> str:
    with pytest.raises(Unauthenticated) as caught:
        verifier.verify(token, now)
    return str(caught.value)


def test_an_issued_token_says_who_it_was_issued_for(issuer: TokenIssuer, verifier: Verifier) -> None:
    token = issuer.issue(WHO, NOON, timedelta(hours=1))
    assert verifier.verify(token, NOON + timedelta(minutes=59)) == WHO


def test_a_token_that_was_believed_before_ends_with_its_time_and_with_its_agency(issuer: TokenIssuer) -> None:
    partners = dict(AGENCIES)
    verifier = Verifier(issuers={ISSUER: issuer.believed}, agencies=lambda: partners)
    token = issuer.issue(WHO, NOON, timedelta(hours=1))
    for _ in range(2):
        assert verifier.verify(token, NOON) == WHO
    assert refusal(verifier, token, NOON + timedelta(hours=2)) == "the token has expired"
    assert refusal(verifier, token[:-2]) == "the signature of the token does not hold"
    del partners["council"]
    assert refusal(verifier, token) == "the agency of the token is not a partner here"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"exp": NOON.timestamp() - 60}, "the token has expired"),
        ({"nbf": NOON.timestamp() + 60}, "the token does not hold yet"),
        ({"iat": NOON.timestamp() + 60}, "the token was issued in the future"),
        ({"iss": "somebody"}, "the token is of another issuer"),
        ({"aud": "another"}, "the token is for another audience"),
        ({"aud": ["another"]}, "the token is for another audience"),
        ({"sub": ""}, "the subject of the token is unreadable"),
        ({"sub": "\ud800"}, "the subject of the token is unreadable"),
        ({"sub": 7}, "the subject of the token is unreadable"),
        ({"exp": "tomorrow"}, "the expiry of the token is unreadable"),
        ({"agency": LACKING}, "the token names no agency"),
        ({"agency": ["council"]}, "the token names no agency"),
        ({"agency": "hub"}, "the agency of the token is not a partner here"),
        ({"agency": "nowhere"}, "the agency of the token is not a partner here"),
        ({"roles": ["housing_officer"]}, "the token names a role that its agency does not have"),
        ({"roles": ["asb_officer", "housing_officer"]}, "the token names a role that its agency does not have"),
        ({"roles": ["public"]}, "the token names a role that its agency does not have"),
        ({"roles": ["asb_officer", "public"]}, "the token names a role that its agency does not have"),
        ({"roles": []}, "the token names no role"),
        ({"roles": LACKING}, "the token names no role"),
        ({"roles": "asb_officer"}, "the roles of the token are unreadable"),
        ({"roles": None}, "the roles of the token are unreadable"),
        ({"wards": {"E05013808": 1}}, "the wards of the token are unreadable"),
        *(({name: LACKING}, f"the token lacks '{name}'") for name in ("iss", "aud", "sub", "exp", "iat")),
    ],
)
def test_a_token_that_says_something_wrong_is_refused_with_the_reason(
    issuer: TokenIssuer, verifier: Verifier, changes: dict[str, Any], reason: str
) -> None:
    assert refusal(verifier, signed(issuer, **changes)) == reason


def test_a_token_expires(issuer: TokenIssuer, verifier: Verifier) -> None:
    token = issuer.issue(WHO, NOON, timedelta(hours=1))
    assert refusal(verifier, token, NOON + timedelta(hours=1, seconds=10)) == "the token has expired"


def text(part: dict[str, Any]) -> str:
    return urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()


def forgeries(issuer: TokenIssuer) -> dict[str, str]:
    header, payload, signature = signed(issuer).split(".")
    stranger = OKPKey.generate_key("Ed25519")
    curve = ECKey.generate_key("P-256")
    shared = f"{text({'alg': 'HS256', 'typ': 'at+jwt'})}.{payload}"
    mac = urlsafe_b64encode(hmac.digest(issuer.public.as_pem(private=False), shared.encode(), "sha256"))
    promoted = text({**CLAIMS, "roles": ["auditor"]})
    return {
        "another key": jwt.encode({"alg": "Ed25519", "typ": "at+jwt"}, CLAIMS, stranger, algorithms=["Ed25519"]),
        "another kind of key": jwt.encode({"alg": "ES256", "typ": "at+jwt"}, CLAIMS, curve, algorithms=["ES256"]),
        "the public key as a shared secret": f"{shared}.{mac.rstrip(b'=').decode()}",
        "no algorithm": f"{text({'alg': 'none', 'typ': 'at+jwt'})}.{payload}.",
        "no signature": f"{header}.{payload}.",
        "changed claims": f"{header}.{promoted}.{signature}",
        "two parts": f"{header}.{payload}",
        "no JSON": "a.b.c",
        "nothing": "",
        "letters that are none": "\x00ü.\ud83d.é",
    }


def test_every_forgery_is_refused(issuer: TokenIssuer, verifier: Verifier) -> None:
    said = {kind: refusal(verifier, token) for kind, token in forgeries(issuer).items()}
    assert said == dict.fromkeys(said, "the signature of the token does not hold")


def test_a_token_of_another_type_is_refused(issuer: TokenIssuer, verifier: Verifier) -> None:
    token = jwt.encode({"alg": "Ed25519", "typ": "JWT"}, dict(CLAIMS), issuer.key, algorithms=["Ed25519"])
    assert refusal(verifier, token) == "the token is not an access token"


def test_a_token_that_never_ends_is_not_read(verifier: Verifier) -> None:
    assert refusal(verifier, "a" * 8_193) == "the token is too long"


@given(text=st.text(max_size=200))
def test_no_text_is_a_token(text: str) -> None:
    issuer = development_issuer(SECRET, Mode.DEMO)
    refusal(Verifier(issuers={ISSUER: issuer.believed}, agencies=lambda: AGENCIES), text)


def test_the_development_issuer_does_not_work_in_production() -> None:
    with pytest.raises(IssuerRefused, match="HUB_MODE is production"):
        development_issuer(SECRET, Mode.PRODUCTION)


@pytest.mark.parametrize("header", [None, "", "Bearer", "Basic YTpi", "bearer  ", "Token x"])
def test_a_request_without_a_bearer_token_is_told_how_to_send_one(verifier: Verifier, header: str | None) -> None:
    with pytest.raises(Unauthenticated, match="send a token") as caught:
        Door(verifier, lambda: NOON).admit(header)
    assert caught.value.challenge.startswith("Bearer")


def test_a_wrong_token_is_challenged_as_rfc_6750_says(verifier: Verifier) -> None:
    with pytest.raises(Unauthenticated, match="signature") as caught:
        Door(verifier, lambda: NOON).admit("Bearer a.b.c")
    assert caught.value.challenge == (
        'Bearer realm="concord", error="invalid_token", error_description="the signature of the token does not hold"'
    )


def test_a_good_token_is_let_in(issuer: TokenIssuer, verifier: Verifier) -> None:
    token = issuer.issue(WHO, NOON, timedelta(hours=1))
    assert Door(verifier, lambda: NOON).admit(f"Bearer {token}") == WHO
    assert Door(verifier, lambda: NOON).admit(f"bearer {token}") == WHO


def test_the_people_of_the_demo_have_names_of_their_own_and_know_the_borough() -> None:
    assert len({person.name for person in DEMO_PEOPLE}) == len(DEMO_PEOPLE) == 10
    assert len(WESTMINSTER) == 18
    assert all(person.wards <= WESTMINSTER for person in DEMO_PEOPLE)


def test_the_people_of_the_demo_act_for_partners_and_may_state_their_purposes() -> None:
    engine = compile_engine(read_policies(None), catalogue())
    for person in DEMO_PEOPLE:
        assert person.role in engine.agencies[person.agency].roles
        permitted = engine.purposes(person.agency, {person.role}, NOON.date().isoformat())
        assert person.purposes == permitted, person.name
