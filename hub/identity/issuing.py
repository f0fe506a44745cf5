"""Tokens that the hub signs itself: for people of the demo, and for who signed in at their agency's provider."""

from base64 import urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from joserfc import jwt
from joserfc.jwk import OKPKey

from hub.identity.claims import AUDIENCE, Reading
from hub.identity.errors import IssuerRefused
from hub.identity.keys import OwnKey
from hub.identity.verifier import Issuer
from hub.settings import Mode
from policies.viewer import Principal

ISSUER = "concord-development"
SESSIONS = "concord-session"
ALGORITHM = "Ed25519"
TOKEN_TYPE = "at+jwt"  # noqa: S105 - the media type of an access token, not a token
KEY_NAME, SESSION_KEY_NAME = "development-issuer", "sessions"
KEY_SIZE = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenIssuer:
    """Make one with `development_issuer` or `session_issuer`; it speaks for `agencies`, or where None for any."""

    name: str
    key: OKPKey
    agencies: frozenset[str] | None = None

    def issue(self, who: Principal, now: datetime, lifetime: timedelta) -> str:
        """Sign a token that says who somebody is, from now on for `lifetime`."""
        moment = int(now.timestamp())
        claims = {
            "iss": self.name,
            "aud": AUDIENCE,
            "sub": who.subject,
            "agency": who.agency,
            "roles": sorted(who.roles),
            "wards": sorted(who.wards),
            "iat": moment,
            "nbf": moment,
            "exp": moment + int(lifetime.total_seconds()),
        }
        return jwt.encode({"alg": ALGORITHM, "typ": TOKEN_TYPE}, claims, self.key, algorithms=[ALGORITHM])

    @property
    def public(self) -> OKPKey:
        """The half of the key that checks tokens."""
        return OKPKey.import_key({name: str(self.key[name]) for name in ("kty", "crv", "x")})

    @property
    def believed(self) -> Issuer:
        """What a verifier has to know."""
        reading = Reading(agencies=self.agencies)
        return Issuer(name=self.name, keys=OwnKey(key=self.public), algorithms=(ALGORITHM,), reading=reading)


def development_issuer(secret: bytes, mode: Mode) -> TokenIssuer:
    """Make the issuer for people of the demo from its 32 secret bytes; raises IssuerRefused in production."""
    if mode is not Mode.DEMO:
        raise IssuerRefused(f"the development issuer signs tokens in demo mode only, and HUB_MODE is {mode}")
    return TokenIssuer(name=ISSUER, key=_pair(secret))


def session_issuer(secret: bytes, name: str, agencies: Iterable[str]) -> TokenIssuer:
    """Make the issuer for who signed in at the provider of that name, from its 32 secret bytes."""
    return TokenIssuer(name=f"{SESSIONS}/{name}", key=_pair(secret), agencies=frozenset(agencies))


def _pair(secret: bytes) -> OKPKey:
    pair = Ed25519PrivateKey.from_private_bytes(secret)
    public = _text(pair.public_key().public_bytes_raw())
    return OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "d": _text(secret), "x": public})


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()
