"""The built-in development issuer: signs tokens for people of the demo, and nowhere else."""

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from joserfc import jwt
from joserfc.jwk import OKPKey

from hub.identity.claims import AUDIENCE
from hub.identity.errors import IssuerRefused
from hub.settings import Mode
from policies.viewer import Principal

ISSUER = "concord-development"
ALGORITHM = "Ed25519"
TOKEN_TYPE = "at+jwt"  # noqa: S105 - the media type of an access token, not a token
KEY_NAME = "development-issuer"
KEY_SIZE = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class DevelopmentIssuer:
    """Make one with `development_issuer`."""

    key: OKPKey

    def issue(self, who: Principal, now: datetime, lifetime: timedelta) -> str:
        """Sign a token that says who somebody is, from now on for `lifetime`."""
        moment = int(now.timestamp())
        claims = {
            "iss": ISSUER,
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


def development_issuer(secret: bytes, mode: Mode) -> DevelopmentIssuer:
    """Make the issuer from its 32 secret bytes; raises IssuerRefused in production."""
    if mode is not Mode.DEMO:
        raise IssuerRefused(f"the development issuer signs tokens in demo mode only, and HUB_MODE is {mode}")
    pair = Ed25519PrivateKey.from_private_bytes(secret)
    public = _text(pair.public_key().public_bytes_raw())
    return DevelopmentIssuer(key=OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "d": _text(secret), "x": public}))


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()
