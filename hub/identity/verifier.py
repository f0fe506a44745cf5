"""Whether a token holds, and who it is of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey

from hub.identity.claims import Agencies, check, principal
from hub.identity.errors import Unauthenticated
from policies.viewer import Principal

ALGORITHMS = ("Ed25519", "ES256")
"""Nothing else is looked at: no `none`, and no secret that both sides share."""
LONGEST = 8_192
KEPT = 1_024

Key = OKPKey | ECKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Verifier:
    """Believes the issuers that it knows by name and key, of the agencies that take part at that moment.

    A signature that holds does so for good, and is kept with the name of its issuer; what a token says holds for the
    rest of a second, as its times are told in seconds. Agencies are looked at anew each time.
    """

    issuers: Mapping[str, Key]
    agencies: Callable[[], Agencies]
    _signed: dict[str, tuple[str, jwt.Token]] = field(default_factory=dict, repr=False)
    _checked: dict[str, int] = field(default_factory=dict, repr=False)

    def verify(self, token: str, now: datetime) -> Principal:
        """Say whose token it is; raises Unauthenticated, with a reason for people, where it does not hold."""
        if len(token) > LONGEST:
            raise Unauthenticated("the token is too long")
        issuer, decoded = self._signed.get(token) or self._read(token)
        second = int(now.timestamp())
        if self._checked.get(token) != second:
            check(decoded.claims, issuer, second)
            if str(decoded.header.get("typ", "")).lower() not in {"at+jwt", "application/at+jwt"}:
                raise Unauthenticated("the token is not an access token")
            self._checked[token] = second
        return principal(decoded.claims, self.agencies())

    def _read(self, token: str) -> tuple[str, jwt.Token]:
        """Find out whose signature holds."""
        for issuer, key in self.issuers.items():
            decoded = _decode(token, key)
            if decoded is not None:
                if len(self._signed) >= KEPT:
                    self._signed.clear()
                    self._checked.clear()
                self._signed[token] = (issuer, decoded)
                return issuer, decoded
        raise Unauthenticated("the signature of the token does not hold")


def _decode(token: str, key: Key) -> jwt.Token | None:
    try:
        return jwt.decode(token, key, algorithms=list(ALGORITHMS))
    except (JoseError, ValueError, TypeError, RecursionError):
        return None
