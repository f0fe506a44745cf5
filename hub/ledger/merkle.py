"""The Merkle root over the lines of a segment, as RFC 6962 builds it."""

import hashlib


class MerkleTree:
    """A tree that grows by a leaf at a time and remembers only its complete subtrees: one for each bit of the count."""

    def __init__(self) -> None:
        self.count = 0
        self._peaks: list[bytes] = []

    def add(self, leaf: str) -> None:
        """Add the hash (hex) of a line."""
        node = hashlib.sha256(b"\0" + bytes.fromhex(leaf)).digest()
        size = self.count
        while size & 1:
            node = _join(self._peaks.pop(), node)
            size >>= 1
        self._peaks.append(node)
        self.count += 1

    def root(self) -> str:
        """The root over the leaves so far, in hex."""
        if not self._peaks:
            return hashlib.sha256(b"").hexdigest()
        node = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            node = _join(peak, node)
        return node.hex()


def _join(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()
