"""Signing in at the provider of one's agency: OpenID Connect's authorization code flow, with PKCE (RFC 7636)."""

import secrets
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote_plus

from authlib.common.urls import add_params_to_qs, add_params_to_uri
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri, prepare_token_request
from authlib.oauth2.rfc7636 import create_s256_code_challenge

from hub.identity.claims import Agencies, Reading, check
from hub.identity.errors import KeyUnknown, ProviderFailed, SignInRefused, Unauthenticated
from hub.identity.issuer_documents import SignIn
from hub.identity.provider import Provider, exchanged
from hub.identity.published_keys import PublishedKeys
from hub.identity.verifier import key_named, signed_by
from policies.viewer import Principal

CHANCE = 32
"""Bytes of each secret of a sign-in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What the browser keeps while somebody signs in elsewhere, and what must come back with them."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def begun(cls) -> "Attempt":
        """Begin one that nobody can guess."""
        return cls(**{name: secrets.token_urlsafe(CHANCE) for name in ("state", "nonce", "verifier")})

    @classmethod
    def read(cls, text: str | None) -> "Attempt":
        """Read what `str` gave; raises SignInRefused."""
        parts = (text or "").split(".")
        if len(parts) != len(cls.__slots__) or not all(parts):
            raise SignInRefused("this browser did not begin to sign in, or took too long; begin again")
        return cls(**dict(zip(cls.__slots__, parts, strict=True)))

    def __str__(self) -> str:
        return f"{self.state}.{self.nonce}.{self.verifier}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeFlow:
    """Signs people in at one provider, who come back to `back`, a page of the hub."""

    sign_in: SignIn
    secret: str | None
    algorithms: tuple[str, ...]
    reading: Reading
    keys: PublishedKeys
    agencies: Callable[[], Agencies]
    clock: Callable[[], datetime]
    back: str

    async def begin(self, attempt: Attempt) -> str:
        """Say where to send the browser; raises ProviderFailed."""
        provider = await self.keys.provider()
        if provider.authorization is None:
            raise ProviderFailed(f"{provider.issuer} names no `authorization_endpoint`")
        address = prepare_grant_uri(
            provider.authorization,
            client_id=self.sign_in.client,
            response_type="code",
            redirect_uri=self.back,
            scope=self.sign_in.scope,
            state=attempt.state,
            nonce=attempt.nonce,
            code_challenge=create_s256_code_challenge(attempt.verifier),
            code_challenge_method="S256",
        )
        return str(address)

    async def finish(self, attempt: Attempt, told: Mapping[str, str]) -> Principal:
        """Say who came back; raises SignInRefused, with what was wrong, and ProviderFailed."""
        provider = await self.keys.provider()
        if told.get("state") != attempt.state:
            raise SignInRefused("what came back does not belong to what this browser began; begin again")
        issuer = told.get("iss", None if provider.names_itself else provider.issuer)
        if issuer != provider.issuer:
            raise SignInRefused("what came back is of another provider; begin again")
        if "code" not in told:
            raise SignInRefused(f"your agency's provider did not sign you in ({_word(told.get('error'))})")
        token = await self._token(provider, attempt, told["code"])
        try:
            return self.reading.principal(await self._claims(token, attempt, provider), self.agencies())
        except Unauthenticated as error:
            raise SignInRefused(f"your agency's provider signed you in, but {error}") from error

    async def signed_out(self, to: str) -> str | None:
        """Where to sign out of the provider too, and come back from `to` a page; None where it has no such place."""
        provider = await self.keys.provider()
        if provider.sign_out is None:
            return None
        given = [("client_id", self.sign_in.client), ("post_logout_redirect_uri", to)]
        return str(add_params_to_uri(provider.sign_out, given))

    async def _token(self, provider: Provider, attempt: Attempt, code: str) -> str:
        """Change the code for what says who somebody is."""
        if provider.token is None:
            raise ProviderFailed(f"{provider.issuer} names no `token_endpoint`")
        form = prepare_token_request(
            "authorization_code", redirect_uri=self.back, code=code, code_verifier=attempt.verifier
        )
        given = await exchanged(self.keys.client, provider.token, *self._signed(provider, form))
        if "error" in given:
            reason = _word(given["error"])
            raise SignInRefused(f"your agency's provider refused the hub ({reason}); begin again")
        token = given.get("id_token")
        if not isinstance(token, str):
            raise ProviderFailed(f"{provider.token} gives no `id_token`; `scope` must have openid")
        return token

    def _signed(self, provider: Provider, form: str) -> tuple[str, dict[str, str]]:
        """The form and the headers by which the hub says which client it is (RFC 6749, section 2.3.1)."""
        client, secret = self.sign_in.client, self.secret
        if secret is None:
            return add_params_to_qs(form, [("client_id", client)]), {}
        if provider.by_post:
            return add_params_to_qs(form, [("client_id", client), ("client_secret", secret)]), {}
        named = f"{quote_plus(client)}:{quote_plus(secret)}".encode()
        return form, {"Authorization": f"Basic {b64encode(named).decode()}"}

    async def _claims(self, token: str, attempt: Attempt, provider: Provider) -> Mapping[str, object]:
        """What the provider says of who signed in, to this hub and in this attempt; raises Unauthenticated."""
        ident = key_named(token)
        if self.keys.find(ident) is None:
            await self.keys.renew()
        key = self.keys.find(ident)
        if key is None:
            raise KeyUnknown(provider.issuer)
        claims = signed_by(key, self.algorithms, token).claims
        check(claims, provider.issuer, self.sign_in.client, int(self.clock().timestamp()))
        is_for_others = claims["aud"] not in (self.sign_in.client, [self.sign_in.client])
        if claims.get("azp", None if is_for_others else self.sign_in.client) != self.sign_in.client:
            raise Unauthenticated("the token is for another audience")
        if claims.get("nonce") != attempt.nonce:
            raise Unauthenticated("the token is of another sign-in")
        return claims


def _word(text: object) -> str:
    """An error as the protocol names it, fit to be shown; anything else is not."""
    return text if isinstance(text, str) and text.isascii() and text.isidentifier() else "without a reason"
