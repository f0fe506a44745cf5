"""Who comes back from a provider is let in by what it says of them, to this hub, now, and in this very attempt."""

import asyncio
from base64 import b64decode
from collections.abc import Awaitable, Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from starlette.responses import JSONResponse, PlainTextResponse, Response

from hub.federation import issuer_of
from hub.identity.code_flow import Attempt, CodeFlow
from hub.identity.errors import ProviderFailed, SignInRefused
from hub.identity.issuer_documents import IssuerDocument, SignIn
from hub.identity.provider import LONGEST, connections
from hub.identity.published_keys import PublishedKeys
from policies.viewer import Principal
from tests.hub.identity.scripted import NOW, Scripted, curve, rsa, scripted

AGENCIES = {"council": frozenset({"asb_officer"}), "police": frozenset({"officer"})}
BACK = "https://hub.example.org/work/sign-in/council/done"
CLIENT, SECRET = "hub-pages", "a+b%c:d"
FIRST, SECOND, CURVED = rsa("first"), rsa("second"), curve("curved")
ATTEMPT = Attempt(state="s" * 43, nonce="n" * 43, verifier="v" * 43)
CAME = {"code": "c0de", "state": ATTEMPT.state}


@pytest.fixture
def council() -> Iterator[Scripted]:
    with scripted(FIRST, CURVED) as provider:
        yield provider


def gives(provider: Scripted, **claims: Any) -> None:  # noqa: ANN401 - as JSON has it
    """Let a provider give a token for the next code."""
    said: dict[str, Any] = {"aud": CLIENT, "nonce": ATTEMPT.nonce, **claims}
    token = provider.token(header={"typ": "JWT"}, **said)
    provider.answers["/token"] = JSONResponse({"id_token": token, "access_token": "a", "token_type": "Bearer"})


def flowing(provider: Scripted, do: Callable[[CodeFlow], Awaitable[Any]], secret: str | None = SECRET) -> Any:  # noqa: ANN401 - whatever it gives
    """Do something with a flow over real connections."""

    async def whole() -> Any:  # noqa: ANN401 - as above
        async with connections() as client:
            document = IssuerDocument(issuer=provider.issuer, agencies=("council",))
            keys = PublishedKeys(issuer=provider.issuer, client=client)
            flow = CodeFlow(
                sign_in=SignIn(title="City Council", client=CLIENT),
                secret=secret,
                algorithms=document.algorithms,
                reading=issuer_of(document, keys).reading,
                keys=keys,
                agencies=lambda: AGENCIES,
                clock=lambda: NOW,
                back=BACK,
            )
            return await do(flow)

    return asyncio.run(whole())


def let_in(provider: Scripted, told: dict[str, str] | None = None, secret: str | None = SECRET) -> Principal:
    found: Principal = flowing(provider, lambda flow: flow.finish(ATTEMPT, told or CAME), secret)
    return found


def refusal(provider: Scripted, told: dict[str, str] | None = None) -> str:
    with pytest.raises(SignInRefused) as caught:
        let_in(provider, told)
    return str(caught.value)


def test_the_browser_is_sent_with_what_must_come_back(council: Scripted) -> None:
    address = flowing(council, lambda flow: flow.begin(ATTEMPT))
    assert address.startswith(f"{council.issuer}/authorize?")
    assert {name: one for name, (one,) in parse_qs(urlsplit(address).query).items()} == {
        "response_type": "code",
        "client_id": CLIENT,
        "redirect_uri": BACK,
        "scope": "openid",
        "state": ATTEMPT.state,
        "nonce": ATTEMPT.nonce,
        "code_challenge": create_s256_code_challenge(ATTEMPT.verifier),
        "code_challenge_method": "S256",
    }
    assert ATTEMPT.verifier not in address


def test_an_attempt_is_read_as_it_was_written_and_no_two_are_alike() -> None:
    attempts = {str(Attempt.begun()) for _ in range(20)}
    assert len(attempts) == 20
    assert all(str(Attempt.read(text)) == text for text in attempts)
    for text in (None, "", "..", "a.b", "a.b.c.d", "a..c"):
        with pytest.raises(SignInRefused, match="did not begin"):
            Attempt.read(text)


def test_who_comes_back_is_who_the_provider_says(council: Scripted) -> None:
    gives(council, wards=["E05013808"])
    assert let_in(council) == Principal(
        subject="council:jo", agency="council", roles=frozenset({"asb_officer"}), wards=frozenset({"E05013808"})
    )
    (form,) = council.forms
    assert b64decode(form.pop("by").removeprefix("Basic ")) == b"hub-pages:a%2Bb%25c%3Ad"
    assert form == {
        "grant_type": ["authorization_code"],
        "redirect_uri": [BACK],
        "code": ["c0de"],
        "code_verifier": [ATTEMPT.verifier],
    }


def test_the_client_says_who_it_is_as_the_provider_takes_it(council: Scripted) -> None:
    council.said["token_endpoint_auth_methods_supported"] = ["client_secret_post"]
    gives(council)
    let_in(council)
    let_in(council, secret=None)
    by_post, public = council.forms
    assert (by_post["client_id"], by_post["client_secret"], by_post["by"]) == ([CLIENT], [SECRET], None)
    assert (public["client_id"], public["by"]) == ([CLIENT], None)
    assert "client_secret" not in public


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        ({"nonce": "another"}, "of another sign-in"),
        ({"nonce": None}, "of another sign-in"),
        ({"aud": "another"}, "for another audience"),
        ({"aud": [CLIENT, "another"]}, "for another audience"),
        ({"aud": [CLIENT, "another"], "azp": "another"}, "for another audience"),
        ({"azp": "another"}, "for another audience"),
        ({"aud": "concord"}, "for another audience"),
        ({"iss": "https://login.example.org"}, "of another issuer"),
        ({"exp": int(NOW.timestamp()) - 60}, "has expired"),
        ({"agency": "police", "roles": ["officer"]}, "may not speak for this agency"),
        ({"roles": ["officer"]}, "a role that its agency does not have"),
        ({"roles": []}, "names no role"),
        ({"sub": "j" * 256}, "subject of the token is unreadable"),
    ],
)
def test_what_the_provider_says_must_be_for_this_hub_and_attempt(
    council: Scripted, claims: dict[str, Any], reason: str
) -> None:
    gives(council, **claims)
    assert reason in refusal(council)


def test_a_token_of_several_audiences_is_taken_where_it_was_made_for_this_hub(council: Scripted) -> None:
    gives(council, aud=[CLIENT, "another"], azp=CLIENT)
    assert let_in(council).subject == "council:jo"


def test_no_forged_token_is_taken(council: Scripted) -> None:
    said: dict[str, Any] = {"aud": CLIENT, "nonce": ATTEMPT.nonce}
    for token in (
        council.token(SECOND, {"kid": "first"}, **said),
        council.token(SECOND, **said),
        council.token(CURVED, **said),
        f"{council.token(**said).rpartition('.')[0]}.",
        "a.b.c",
        "",
    ):
        gives(council)
        council.answers["/token"] = JSONResponse({"id_token": token})
        assert "signed you in, but" in refusal(council)


def test_a_key_that_is_new_is_looked_for(council: Scripted) -> None:
    async def story(flow: CodeFlow) -> None:
        await flow.keys.provider()
        council.keys = [SECOND]
        gives(council)
        assert (await flow.finish(ATTEMPT, CAME)).subject == "council:jo"

    flowing(council, story)


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({}, "does not belong to what this browser began"),
        ({"code": "c0de"}, "does not belong"),
        ({**CAME, "state": "another"}, "does not belong"),
        ({**CAME, "state": ATTEMPT.nonce}, "does not belong"),
        ({**CAME, "state": "\ud800"}, "does not belong"),
        ({**CAME, "iss": "https://login.example.org"}, "of another provider"),
        ({"state": ATTEMPT.state}, "did not sign you in (without a reason)"),
        ({"state": ATTEMPT.state, "error": "access_denied"}, "did not sign you in (access_denied)"),
        ({"state": ATTEMPT.state, "error": "<b>no</b>"}, "did not sign you in (without a reason)"),
    ],
)
def test_what_comes_back_must_belong_to_what_was_begun(council: Scripted, told: dict[str, str], reason: str) -> None:
    gives(council)
    said = refusal(council, told or {"x": "y"})
    assert reason in said
    assert council.forms == [], "nothing is sent to the provider"


def test_a_provider_that_names_itself_must_do_so(council: Scripted) -> None:
    council.said["authorization_response_iss_parameter_supported"] = True
    gives(council)
    assert "of another provider" in refusal(council)
    assert let_in(council, {**CAME, "iss": council.issuer}).subject == "council:jo"


def test_a_code_that_the_provider_refuses_lets_nobody_in(council: Scripted) -> None:
    council.answers["/token"] = JSONResponse({"error": "invalid_grant", "error_description": "jo did it"}, 400)
    said = refusal(council)
    assert "(invalid_grant)" in said
    assert "jo" not in said


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (PlainTextResponse("no", 500), "answers 500"),
        (PlainTextResponse("no"), "answers no JSON"),
        (JSONResponse({}), "gives no `id_token`"),
        (JSONResponse({"id_token": 7}), "gives no `id_token`"),
        (PlainTextResponse("a" * (LONGEST + 1)), "answers more than"),
    ],
)
def test_a_provider_that_does_not_answer_as_it_must_lets_nobody_in(
    council: Scripted,
    answer: Response,
    reason: str,
) -> None:
    council.answers["/token"] = answer
    with pytest.raises(ProviderFailed, match=reason):
        let_in(council)


@pytest.mark.parametrize("name", ["authorization_endpoint", "token_endpoint"])
def test_a_provider_at_which_nobody_can_sign_in_says_so(council: Scripted, name: str) -> None:
    council.said[name] = None
    with pytest.raises(ProviderFailed, match=f"names no `{name}`"):
        flowing(council, lambda flow: flow.begin(ATTEMPT) if name.startswith("a") else flow.finish(ATTEMPT, CAME))
