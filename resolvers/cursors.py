"""Cursors that only the viewer to whom they were issued can read on with, for the same filter and order."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Malformed
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from graph.plan import Given, Position
from resolvers.errors import CursorRefused
from resolvers.givens import filled


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What a cursor says: a position, and below which node (its id; empty for the lists of the root)."""

    position: Position
    parent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Scope:
    """What the cursors of one page are bound to: viewer, page, filter and order, with names for what is given."""

    seal: AESSIV
    parts: Sequence[Any]

    def cursors(self, look: Callable[[Given], Any]) -> "Cursors":
        """Bind cursors to what is given."""
        scope = orjson.dumps(filled(self.parts, look), option=orjson.OPT_SORT_KEYS, default=str)
        return Cursors(seal=self.seal, scope=scope)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursors:
    """Issues and reads the cursors of one page of one viewer: `seal` is the hub's.

    The same position has the same cursor, so that one answer can be compared with another.
    """

    seal: AESSIV
    scope: bytes

    def issue(self, mark: Mark) -> str:
        """Write the mark down, sealed: it holds the value by which the page is ordered."""
        body = orjson.dumps([mark.position.key, mark.position.id, mark.parent])
        return urlsafe_b64encode(self.seal.encrypt(body, [self.scope])).decode()

    def read(self, cursor: str) -> Mark:
        """Read a cursor that was issued here; raises CursorRefused for any other."""
        try:
            raw = urlsafe_b64decode(cursor.encode())
        except (Malformed, ValueError):
            raise CursorRefused("this cursor is not one of the hub's") from None
        if urlsafe_b64encode(raw).decode() != cursor:  # a decoder overlooks what follows the padding
            raise CursorRefused("this cursor is not one of the hub's")
        try:
            body = self.seal.decrypt(raw, [self.scope])
        except InvalidTag:
            raise CursorRefused("this cursor was issued for another viewer, page, filter or order") from None
        key, ident, parent = orjson.loads(body)
        return Mark(position=Position(key=key, id=ident), parent=parent)
