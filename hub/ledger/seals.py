"""The closing line of a segment: how many lines it has and their Merkle root, signed."""

from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from hub.ledger.lines import Head
from hub.ledger.segments import SegmentName


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """What is signed: the segment, its lines before the seal, and the last hash, which stands for all before it."""

    segment: SegmentName
    count: int
    root: str
    last: Head

    def members(self, key: Ed25519PrivateKey) -> Mapping[str, object]:
        """The members of the closing line."""
        return {"count": self.count, "root": self.root, "signature": key.sign(self._message).hex()}

    def accepts(self, signature: str, key: Ed25519PublicKey) -> bool:
        """Whether `signature` (hex) is this seal's, made with the other half of `key`."""
        try:
            key.verify(bytes.fromhex(signature), self._message)
        except (InvalidSignature, ValueError):
            return False
        return True

    @property
    def _message(self) -> bytes:
        return "\n".join(
            ("concord ledger seal 1", str(self.segment), str(self.count), self.root, self.last.hash)
        ).encode()


def public_text(key: Ed25519PublicKey) -> str:
    """A public key as the ledger writes it: 64 hex digits."""
    return key.public_bytes_raw().hex()


def public_key(text: str) -> Ed25519PublicKey:
    """Read a public key; raises ValueError where it is none."""
    return Ed25519PublicKey.from_public_bytes(bytes.fromhex(text.strip()))
