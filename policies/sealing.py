"""Sealed texts: what must not be read off the store is kept as ciphertext, and opened where masks are applied."""

import base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

KEY_SIZE, NONCE_SIZE = 32, 12
WRAPPED_SIZE = KEY_SIZE + 8
_SCHEME = b"concord sealed text 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """Seals each text with a key of its own (AES-256-GCM), which the master key wraps (RFC 3394).

    `chance` gives as many random bytes as it is asked for.
    """

    master: bytes = field(repr=False)
    chance: Callable[[int], bytes]

    def close(self, text: str) -> str:
        """Seal a text: in Base64 its wrapped key, the nonce and the ciphertext."""
        key, nonce = self.chance(KEY_SIZE), self.chance(NONCE_SIZE)
        sealed = AESGCM(key).encrypt(nonce, text.encode(), _SCHEME)
        return base64.b64encode(aes_key_wrap(self.master, key) + nonce + sealed).decode()

    def open(self, sealed: Sequence[str]) -> list[str]:
        """Read sealed texts.

        Raises what cryptography raises, without the text, for one that was sealed under another master key or changed.
        """
        return list(map(self._open, sealed))

    def opens(self, sealed: Sequence[str]) -> bool:
        """Whether texts were sealed under this master key and are as they were."""
        try:
            self.open(sealed)
        except (InvalidUnwrap, InvalidTag, ValueError):
            return False
        return True

    def _open(self, sealed: str) -> str:
        whole = base64.b64decode(sealed, validate=True)
        end = WRAPPED_SIZE + NONCE_SIZE
        key = aes_key_unwrap(self.master, whole[:WRAPPED_SIZE])
        return AESGCM(key).decrypt(whole[WRAPPED_SIZE:end], whole[end:], _SCHEME).decode()
