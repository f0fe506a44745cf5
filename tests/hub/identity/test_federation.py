"""Tokens of partners' providers: believed of whom, by which keys, and never beyond."""

import asyncio
import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

import pytest
from httpx2 import AsyncClient
from hypothesis import given
from hypothesis import strategies as st
from joserfc.jwk import OKPKey
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response

from hub.federation import issuer_of
from hub.identity.bearer import Door
from hub.identity.errors import KeyUnknown, ProviderFailed, Unauthenticated
from hub.identity.issuer_documents import IssuerDocument
from hub.identity.keys import published
from hub.identity.provider import LONGEST, connections, discover, keys_of
from hub.identity.published_keys import KEPT_SECONDS, LOOKS, PublishedKeys
from hub.identity.verifier import Verifier
from policies.viewer import Principal
from tests.hub.identity.scripted import DISCOVERY, NOW, Scripted, curve, rsa, scripted

AGENCIES = {
    "council": frozenset({"asb_officer", "auditor", "public"}),
    "police": frozenset({"officer"}),
    "housing": frozenset({"housing_officer"}),
}
ROLES = {"asb_officer": ["Concord ASB"], "auditor": ["Concord Audit", "Governance"]}
FIRST, SECOND, CURVED = rsa("first"), rsa("second"), curve("curved")


@dataclass(slots=True)
class Clock:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass(slots=True, kw_only=True)
class Gate:
    """A door to which some providers' tokens are brought."""

    door: Door
    keys: list[PublishedKeys]
    clock: Clock

    async def admitted(self, token: str) -> Principal:
        return await self.door.meet(f"Bearer {token}")

    async def refused(self, token: str) -> str:
        with pytest.raises(Unauthenticated) as caught:
            await self.admitted(token)
        return str(caught.value)


def at_the_gate(*partners: tuple[Scripted, dict[str, Any]], do: Callable[[Gate], Awaitable[None]]) -> None:
    """Do something at a door that believes these providers as their documents say."""

    async def whole() -> None:
        clock = Clock()
        async with connections() as client:
            documents = [
                IssuerDocument.model_validate({"issuer": one.issuer, "agencies": "council", **said})
                for one, said in partners
            ]
            keys = [PublishedKeys(issuer=one.issuer, client=client, clock=clock) for one in documents]
            issuers = {one.issuer: issuer_of(one, mine) for one, mine in zip(documents, keys, strict=True)}
            verifier = Verifier(issuers=issuers, agencies=lambda: AGENCIES)
            await do(Gate(door=Door(verifier, lambda: NOW), keys=keys, clock=clock))

    asyncio.run(whole())


@pytest.fixture(scope="module")
def council() -> Iterator[Scripted]:
    with scripted(FIRST, CURVED) as provider:
        yield provider


@pytest.fixture(scope="module")
def police() -> Iterator[Scripted]:
    with scripted(SECOND) as provider:
        yield provider


def test_whoever_bears_a_partners_token_is_named_with_their_agency(council: Scripted) -> None:
    async def story(gate: Gate) -> None:
        who = await gate.admitted(council.token(wards=["E05013808"]))
        assert who == Principal(
            subject="council:jo",
            agency="council",
            roles=frozenset({"asb_officer"}),
            wards=frozenset({"E05013808"}),
        )

    at_the_gate((council, {}), do=story)


def test_an_issuer_is_believed_of_its_agencies_alone(council: Scripted, police: Scripted) -> None:
    async def story(gate: Gate) -> None:
        assert await gate.refused(council.token(agency="police", roles=["officer"])) == (
            "the issuer of the token may not speak for this agency"
        )
        assert await gate.refused(council.token(agency="nowhere")) == (
            "the issuer of the token may not speak for this agency"
        )
        assert await gate.refused(council.token(agency=["council"])) == "the token names no agency"
        assert await gate.refused(police.token()) == "the token names a role that its agency does not have"
        assert await gate.refused(council.token(iss=police.issuer, kid="first")) == (
            "the key of the token is not among those that its issuer publishes"
        )
        forged = council.token(iss=police.issuer, header={"kid": "second"}, roles=["officer"])
        assert await gate.refused(forged) == "the signature of the token does not hold"
        assert (await gate.admitted(police.token(roles=["officer"]))).agency == "police"

    at_the_gate((council, {}), (police, {"agencies": ["police"]}), do=story)


def test_two_partners_people_of_one_name_are_two(council: Scripted, police: Scripted) -> None:
    async def story(gate: Gate) -> None:
        ours, theirs = council.token(), police.token(roles=["officer"])
        assert (await gate.admitted(ours)).subject != (await gate.admitted(theirs)).subject

    at_the_gate((council, {}), (police, {"agencies": ["police"]}), do=story)


def test_an_issuer_of_several_agencies_must_say_which(council: Scripted) -> None:
    async def story(gate: Gate) -> None:
        assert await gate.refused(council.token()) == "the token names no agency"
        told = await gate.admitted(council.token(agency="housing", roles=["housing_officer"]))
        assert told.subject == "housing:jo"

    at_the_gate((council, {"agencies": ["council", "housing"]}), do=story)


def test_roles_are_what_the_issuers_words_stand_for_wherever_they_are_nested(council: Scripted) -> None:
    async def story(gate: Gate) -> None:
        told = await gate.admitted(council.token(roles=None, realm={"roles": ["Concord ASB", "Governance", "Payroll"]}))
        assert told.roles == {"asb_officer", "auditor"}
        wrong: list[Any] = [{"roles": ["asb_officer"]}, {"roles": []}, ["Concord ASB"], "Concord ASB", None]
        for said in wrong:
            assert await gate.refused(council.token(roles=None, realm=said)) == "the token names no role"
        assert await gate.refused(council.token(realm={"roles": "Concord ASB"})) == (
            "the roles of the token are unreadable"
        )

    at_the_gate((council, {"roles": ROLES, "claims": {"roles": ["realm", "roles"]}}), do=story)


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        ({"aud": "payroll"}, "the token is for another audience"),
        ({"aud": ["payroll", "pensions"]}, "the token is for another audience"),
        ({"exp": int(NOW.timestamp()) - 60}, "the token has expired"),
        ({"exp": None}, "the token lacks 'exp'"),
        ({"iat": int(NOW.timestamp()) + 60}, "the token was issued in the future"),
        ({"nbf": int(NOW.timestamp()) + 60}, "the token does not hold yet"),
        ({"iss": "https://login.example.org"}, "the token is of another issuer"),
        ({"iss": None}, "the token lacks 'iss'"),
        ({"sub": None}, "the token lacks 'sub'"),
        ({"roles": ["public"]}, "the token names a role that its agency does not have"),
    ],
)
def test_what_does_not_hold_is_refused_with_the_reason(council: Scripted, claims: dict[str, Any], reason: str) -> None:
    async def story(gate: Gate) -> None:
        assert await gate.refused(council.token(**claims)) == reason

    at_the_gate((council, {}), do=story)


def _text(part: dict[str, Any]) -> str:
    return urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()


def test_no_forgery_is_believed(council: Scripted) -> None:
    head, body, signature = council.token().split(".")
    shared = f"{_text({'alg': 'HS256', 'typ': 'at+jwt', 'kid': 'first'})}.{body}"
    mac = urlsafe_b64encode(hmac.digest(FIRST.as_pem(private=False), shared.encode(), "sha256")).rstrip(b"=").decode()
    own = _text({"alg": "RS256", "typ": "at+jwt", "kid": "first", "jwk": SECOND.as_dict(private=False)})
    forgeries = {
        "another key by the same id": council.token(SECOND, {"kid": "first"}),
        "a key that the header brings": f"{own}.{body}.{council.token(SECOND).rpartition('.')[2]}",
        "the public key as a shared secret": f"{shared}.{mac}",
        "no algorithm": f"{_text({'alg': 'none', 'kid': 'first'})}.{body}.",
        "no signature": f"{head}.{body}.",
        "another's signature": f"{head}.{_text({'iss': council.issuer, 'roles': ['auditor']})}.{signature}",
        "an algorithm that the document does not name": council.token(CURVED),
    }

    async def story(gate: Gate) -> None:
        said = {kind: await gate.refused(token) for kind, token in forgeries.items()}
        assert said == dict.fromkeys(said, "the signature of the token does not hold")

    at_the_gate((council, {}), do=story)


def test_what_says_who_signed_in_is_no_access_token(council: Scripted) -> None:
    async def story(gate: Gate) -> None:
        for kind in ("JWT", None, "id+jwt"):
            assert await gate.refused(council.token(header={"typ": kind})) == "the token is not an access token"

    at_the_gate((council, {}), do=story)

    async def plain(gate: Gate) -> None:
        assert (await gate.admitted(council.token(header={"typ": "JWT"}))).agency == "council"

    at_the_gate((council, {"token_types": ["JWT"]}), do=plain)


def test_a_new_key_is_believed_at_once_and_one_that_is_withdrawn_no_longer() -> None:
    with scripted(FIRST) as provider:

        async def story(gate: Gate) -> None:
            old = provider.token()
            await gate.admitted(old)
            provider.keys = [SECOND, FIRST]
            new = provider.token()
            await gate.admitted(new)
            await gate.admitted(old)
            provider.keys = [SECOND]
            assert await gate.keys[0].renew()
            await gate.admitted(new)
            assert "not among those" in await gate.refused(old)

        at_the_gate((provider, {}), do=story)


def test_who_comes_with_unknown_keys_makes_the_hub_look_a_few_times_a_minute_alone() -> None:
    with scripted(FIRST) as provider:

        async def story(gate: Gate) -> None:
            await gate.admitted(provider.token())
            before = provider.asked.count("/keys")
            for number in range(50):
                await gate.refused(provider.token(SECOND, {"kid": f"made up {number}"}))
            assert provider.asked.count("/keys") - before == LOOKS - 1
            gate.clock.now += 60
            provider.keys = [SECOND]
            await gate.admitted(provider.token())

        at_the_gate((provider, {}), do=story)


def test_many_who_come_at_once_make_it_look_once() -> None:
    with scripted(FIRST) as provider:

        async def story(gate: Gate) -> None:
            await asyncio.gather(*(gate.admitted(provider.token()) for _ in range(20)))
            assert provider.asked.count("/keys") == 1

        at_the_gate((provider, {}), do=story)


def test_keys_of_an_issuer_that_does_not_answer_are_believed_for_an_hour() -> None:
    with scripted(FIRST) as provider:

        async def story(gate: Gate) -> None:
            (keys,) = gate.keys
            await gate.admitted(provider.token())
            provider.answers["/keys"] = PlainTextResponse("down", 503)
            gate.clock.now += KEPT_SECONDS - 1
            assert not await keys.renew()
            await gate.admitted(provider.token())
            gate.clock.now += 2
            assert not await keys.renew()
            assert "not among those" in await gate.refused(provider.token())

        at_the_gate((provider, {}), do=story)


def test_an_issuer_that_does_not_answer_keeps_nobody_else_out(police: Scripted) -> None:
    with scripted(FIRST) as gone:
        pass

    async def story(gate: Gate) -> None:
        assert "not among those" in await gate.refused(gone.token())
        assert (await gate.admitted(police.token(roles=["officer"]))).agency == "police"

    at_the_gate((gone, {}), (police, {"agencies": ["police"]}), do=story)


@pytest.mark.parametrize(
    ("path", "answer", "reason"),
    [
        (DISCOVERY, PlainTextResponse("no", 500), "answers 500"),
        (DISCOVERY, PlainTextResponse("no"), "answers no JSON"),
        (DISCOVERY, JSONResponse([]), "answers no JSON object"),
        (DISCOVERY, JSONResponse({"issuer": "https://login.example.org", "jwks_uri": "https://x"}), "another issuer"),
        (DISCOVERY, RedirectResponse("/elsewhere"), "answers 307"),
        (DISCOVERY, PlainTextResponse("a" * (LONGEST + 1)), "answers more than"),
        ("/keys", JSONResponse({"keys": 7}), "no set of keys"),
        ("/keys", JSONResponse({"keys": []}), "no key that can be used"),
        ("/keys", PlainTextResponse("no", 404), "answers 404"),
    ],
)
def test_a_provider_that_does_not_say_what_it_must_is_told_of(path: str, answer: Response, reason: str) -> None:
    with scripted(FIRST) as provider:
        provider.answers[path] = answer

        async def story(gate: Gate) -> None:
            async with connections() as client:
                with pytest.raises(ProviderFailed, match=reason):
                    await keys_of(client, await discover(client, provider.issuer))
            with pytest.raises(KeyUnknown):
                await gate.admitted(provider.token())

        at_the_gate((provider, {}), do=story)


@pytest.mark.parametrize("where", ["http://login.example.org/keys", "file:///etc/passwd", "https://a:b@c/", "", 7])
def test_keys_are_fetched_where_nobody_listens_in(where: object) -> None:
    with scripted(FIRST) as provider:
        provider.answers[DISCOVERY] = JSONResponse({"issuer": provider.issuer, "jwks_uri": where})

        async def story(gate: Gate) -> None:
            del gate
            async with connections() as client:
                with pytest.raises(ProviderFailed, match="no address of https"):
                    await discover(client, provider.issuer)

        at_the_gate((provider, {}), do=story)


@pytest.mark.parametrize(
    "where", ["http://127.0.0.1:x/", "http://127.0.0.1/a b\x00", "http://[::1", "http://127.0.0.1:99999"]
)
def test_an_address_that_is_none_stops_nothing(where: str) -> None:
    with scripted(FIRST) as provider:
        provider.answers[DISCOVERY] = JSONResponse({"issuer": provider.issuer, "jwks_uri": where})

        async def story(gate: Gate) -> None:
            (keys,) = gate.keys
            assert not await keys.renew()
            with pytest.raises(ProviderFailed):
                await keys.provider()

        at_the_gate((provider, {}), do=story)


def test_who_would_sign_in_makes_the_hub_ask_a_provider_that_is_away_a_few_times_a_minute_alone() -> None:
    with scripted(FIRST) as provider:
        provider.answers[DISCOVERY] = PlainTextResponse("down", 503)

        async def story(gate: Gate) -> None:
            (keys,) = gate.keys
            for _ in range(30):
                with pytest.raises(ProviderFailed, match="answers 503"):
                    await keys.provider()
            assert provider.asked.count(DISCOVERY) == LOOKS

        at_the_gate((provider, {}), do=story)


class Broken(AsyncClient):
    """Connections with a fault of the hub's own."""

    def stream(self, *_: Any, **__: Any) -> NoReturn:  # noqa: ANN401 - whatever is asked
        raise RuntimeError("a fault of the hub's own")


def test_a_fault_in_reading_one_issuer_is_logged_and_stops_nothing(caplog: pytest.LogCaptureFixture) -> None:
    async def story() -> None:
        async with Broken() as client:
            keys = PublishedKeys(issuer="https://login.example.org", client=client)
            assert not await keys.renew()
            with pytest.raises(ProviderFailed, match="publishes cannot be read"):
                await keys.provider()

    asyncio.run(story())
    assert "what an issuer publishes cannot be read" in caplog.text


def test_of_what_is_published_only_sound_keys_for_signatures_are_taken() -> None:
    good = FIRST.as_dict(private=False)
    assert set(published({"keys": [good, CURVED.as_dict(private=False)]})) == {"first", "curved"}
    refused: list[Any] = [
        FIRST.as_dict(private=True),
        {**good, "n": good["n"][:340]},
        {**good, "use": "enc"},
        {**good, "kid": 7},
        {**good, "n": "AQAB"},
        {"kty": "oct", "k": "c2VjcmV0", "kid": "shared"},
        {"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"},
        {"kty": "new", "kid": "new"},
        {},
        None,
        "key",
    ]
    assert published({"keys": refused}) == {}
    assert published({"keys": [good, {**good, "n": SECOND.as_dict(private=False)["n"]}]}) == {}
    okp = OKPKey.generate_key("Ed25519", {"kid": "edwards"}).as_dict(private=False)
    assert set(published({"keys": [okp]})) == {"edwards"}


@given(
    keys=st.lists(
        st.recursive(
            st.none()
            | st.booleans()
            | st.integers()
            | st.text(max_size=8)
            | st.sampled_from(["RSA", "EC", "OKP", "sig"]),
            lambda one: st.dictionaries(st.sampled_from(["kty", "kid", "n", "e", "x", "y", "crv", "use", "d"]), one),
            max_leaves=12,
        ),
        max_size=4,
    )
)
def test_whatever_is_published_is_read_or_passed_over(keys: list[Any]) -> None:
    assert all(isinstance(ident, str | None) for ident in published({"keys": keys}))
