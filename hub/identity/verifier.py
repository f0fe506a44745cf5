"""Whether a token holds, and who it is of."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from joserfc import jws, jwt
from joserfc.errors import JoseError

from hub.identity.claims import AUDIENCE, Agencies, Reading, check
from hub.identity.errors import KeyUnknown, Unauthenticated
from hub.identity.keys import Key, Keys
from policies.viewer import Principal

LONGEST = 8_192
KEPT = 1_024
ACCESS_TOKEN = frozenset({"at+jwt", "application/at+jwt"})
"""What the header of an access token says that it is (RFC 9068), in small letters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """Somebody whose tokens are believed: by which keys and algorithms, for whom they are, and how they are read.

    No algorithm but those named is looked at: not `none`, and no secret that both sides share.
    """

    name: str
    keys: Keys
    algorithms: tuple[str, ...]
    audience: str = AUDIENCE
    types: frozenset[str] = ACCESS_TOKEN
    reading: Reading = field(default_factory=Reading)


@dataclass(slots=True, kw_only=True)
class Signed:
    """A token whose signature holds, as long as its issuer signs by that key.

    What it says was `checked` in that second (since 1970), and made a `principal` of, whose agency had these `roles`.
    """

    issuer: Issuer
    key: Key
    token: jwt.Token
    checked: int | None = None
    principal: Principal | None = None
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verifier:
    """Believes the issuers that it knows by name, of the agencies that take part at that moment.

    A signature that holds does so as long as its key does, and is kept; what a token says holds for the rest of a
    second, as its times are told in seconds. The agency and its roles are looked at anew each time.
    """

    issuers: Mapping[str, Issuer]
    agencies: Callable[[], Agencies]
    _signed: dict[str, Signed] = field(default_factory=dict, repr=False)

    def verify(self, token: str, now: datetime) -> Principal:
        """Say whose token it is; raises Unauthenticated, with a reason for people, where it does not hold."""
        if len(token) > LONGEST:
            raise Unauthenticated("the token is too long")
        signed = self._signed.get(token)
        if signed is None or not signed.issuer.keys.holds(signed.key):
            signed = self._keep(token, self._read(token))
        second = int(now.timestamp())
        if signed.checked != second:
            _check(signed, second)
        return self._principal(signed)

    def _principal(self, signed: Signed) -> Principal:
        agencies, who = self.agencies(), signed.principal
        if who is None or agencies.get(who.agency) != signed.roles:
            who = signed.issuer.reading.principal(signed.token.claims, agencies)
            signed.principal, signed.roles = who, agencies[who.agency]
        return who

    async def learn(self, issuer: str) -> bool:
        """Look whether an issuer has other keys by now; whether that could be found out."""
        return await self.issuers[issuer].keys.renew()

    def _keep(self, token: str, signed: Signed) -> Signed:
        if len(self._signed) >= KEPT:
            self._signed.clear()
        self._signed[token] = signed
        return signed

    def _read(self, token: str) -> Signed:
        """Find out whose signature holds; what a token says of its issuer only tells by whose keys to look."""
        name, ident = _named(token)
        issuer = self.issuers.get(name)
        if issuer is None:
            raise Unauthenticated("the token is of another issuer")
        key = issuer.keys.find(ident)
        if key is None:
            raise KeyUnknown(name)
        return Signed(issuer=issuer, key=key, token=signed_by(key, issuer.algorithms, token))


def _check(signed: Signed, second: int) -> None:
    """Look at whose it is, for whom and when, and whether it is an access token; raises Unauthenticated."""
    check(signed.token.claims, signed.issuer.name, signed.issuer.audience, second)
    if str(signed.token.header.get("typ", "")).lower() not in signed.issuer.types:
        raise Unauthenticated("the token is not an access token")
    signed.checked = second


def signed_by(key: Key, algorithms: tuple[str, ...], token: str) -> jwt.Token:
    """Read what is signed by a key; raises Unauthenticated."""
    try:
        return jwt.decode(token, key, algorithms=list(algorithms))
    except (JoseError, ValueError, TypeError, RecursionError) as error:
        raise Unauthenticated(_FORGED) from error


def key_named(token: str) -> str | None:
    """Give the id of the key by which a token says that it is signed; raises Unauthenticated."""
    return _named(token)[1]


def _named(token: str) -> tuple[str, str | None]:
    """What a token says of its issuer and key, before anything of it is believed."""
    try:
        read = jws.extract_compact(token.encode("ascii"))
        header, claims = read.headers(), json.loads(read.payload)
    except (JoseError, ValueError, TypeError, RecursionError) as error:
        raise Unauthenticated(_FORGED) from error
    ident = header.get("kid")
    if not isinstance(claims, dict) or not isinstance(ident, str | None):
        raise Unauthenticated(_FORGED)
    if not isinstance(claims.get("iss"), str):
        raise Unauthenticated("the token lacks 'iss'")
    return claims["iss"], ident


_FORGED = "the signature of the token does not hold"
