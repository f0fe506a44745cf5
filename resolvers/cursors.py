"""Cursors that only the viewer to whom they were issued can read on with, for the same filter and order."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Malformed
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from graph.plan import Position
from policies.viewer import Viewer
from resolvers.errors import CursorRefused


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursors:
    """Issues and reads the cursors of one list: `seal` is the hub's, `scope` is viewer, filter and order.

    The same position has the same cursor, so that one answer can be compared with another.
    """

    seal: AESSIV
    scope: bytes

    @classmethod
    def of(cls, secret: bytes, viewer: Viewer, field: str, arguments: Mapping[str, Any]) -> "Cursors":
        """Bind to a viewer and to the arguments of a list, its page excepted; `secret` is of 32 bytes."""
        who = viewer.principal
        scope = orjson.dumps(
            [
                who.subject,
                who.agency,
                sorted(who.roles),
                sorted(who.wards),
                viewer.purpose,
                field,
                {name: value for name, value in arguments.items() if name not in {"first", "after"}},
            ],
            option=orjson.OPT_SORT_KEYS,
            default=str,
        )
        return cls(seal=AESSIV(secret), scope=scope)

    def issue(self, position: Position) -> str:
        """Write the position down, sealed: it holds the value by which the list is ordered."""
        body = orjson.dumps([position.key, position.id])
        return urlsafe_b64encode(self.seal.encrypt(body, [self.scope])).decode()

    def read(self, cursor: str) -> Position:
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
            raise CursorRefused("this cursor was issued for another viewer, filter or order") from None
        key, ident = orjson.loads(body)
        return Position(key=key, id=ident)
