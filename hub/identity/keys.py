"""Keys that tell by a signature who issued a token."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, JWKRegistry, OKPKey, RSAKey

Key = OKPKey | ECKey | RSAKey
SHORTEST, LONGEST = 2_048, 8_192
"""Bits of an RSA key: below a signature is not believed, above it takes too long to check."""
MOST = 100
"""Keys that are taken of a set."""


class Keys(Protocol):
    """The keys by which an issuer signs at this moment."""

    def find(self, ident: str | None) -> Key | None:
        """Give the key of that id; with no id the only one."""
        ...

    def holds(self, key: Key) -> bool:
        """Whether the issuer signs by that key still."""
        ...

    async def renew(self) -> bool:
        """Look whether there are others by now; whether that could be found out."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnKey:
    """The one key of an issuer of the hub's own."""

    key: Key

    def find(self, ident: str | None) -> Key | None:
        """Give the key, which has no id."""
        return self.key if ident is None else None

    def holds(self, key: Key) -> bool:
        """It does for good."""
        return key is self.key

    async def renew(self) -> bool:
        """There are no others."""
        return False


def published(document: Mapping[str, Any]) -> dict[str | None, Key]:
    """Read the keys for signatures from a set as issuers publish it (RFC 7517); what cannot be used is passed over.

    An id that stands there twice is nobody's. Raises ValueError where there is no set.
    """
    listed = document.get("keys")
    if not isinstance(listed, list):
        raise ValueError("what it publishes is no set of keys")  # noqa: TRY004 - of what was read, not of a caller
    found: dict[str | None, Key] = {}
    doubtful: set[str | None] = set()
    for one in listed[:MOST]:
        key = _key(one)
        if key is None:
            continue
        ident = one.get("kid")
        if ident in found:
            doubtful.add(ident)
        found[ident] = key
    return {ident: key for ident, key in found.items() if ident not in doubtful}


def _key(said: Any) -> Key | None:  # noqa: ANN401 - whatever was published
    is_one = isinstance(said, dict) and isinstance(said.get("kid"), str | None) and said.get("use", "sig") == "sig"
    if not is_one or "d" in said or said.get("kty") not in ("RSA", "EC", "OKP") or not _is_of_a_size(said):
        return None
    try:
        key = JWKRegistry.import_key(said)
    except (JoseError, ValueError, TypeError, KeyError, AttributeError):
        return None
    return key if isinstance(key, OKPKey | ECKey | RSAKey) else None


def _is_of_a_size(said: Mapping[str, Any]) -> bool:
    """Whether the modulus of a key of RSA, of which each letter holds six bits, is neither too short nor too long."""
    modulus = said.get("n")
    return said["kty"] != "RSA" or (isinstance(modulus, str) and SHORTEST <= 6 * len(modulus) <= LONGEST + 6)
