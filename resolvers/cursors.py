"""Cursors that only the viewer to whom they were issued can use, for the same filter and order."""

import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Malformed
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from graph.plan import Position
from policies.viewer import Viewer
from resolvers.errors import CursorRefused

_TAG = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursors:
    """Issues and reads the cursors of one list: `secret` is the hub's, `scope` is viewer, filter and order."""

    secret: bytes
    scope: bytes

    @classmethod
    def of(cls, secret: bytes, viewer: Viewer, field: str, arguments: Mapping[str, Any]) -> "Cursors":
        """Bind to a viewer and to the arguments of a list, its page excepted."""
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
        return cls(secret=secret, scope=scope)

    def issue(self, position: Position) -> str:
        """Write the position down, authenticated."""
        body = orjson.dumps([position.key, position.id])
        return urlsafe_b64encode(self._tag(body) + body).decode()

    def read(self, cursor: str) -> Position:
        """Read a cursor that was issued here; raises CursorRefused for any other."""
        try:
            raw = urlsafe_b64decode(cursor.encode())
        except (Malformed, ValueError):
            raise CursorRefused("this cursor is not one of the hub's") from None
        if urlsafe_b64encode(raw).decode() != cursor:  # a decoder overlooks what follows the padding
            raise CursorRefused("this cursor is not one of the hub's")
        tag, body = raw[:_TAG], raw[_TAG:]
        if not hmac.compare_digest(tag, self._tag(body)):
            raise CursorRefused("this cursor was issued for another viewer, filter or order")
        key, ident = orjson.loads(body)
        return Position(key=key, id=ident)

    def _tag(self, body: bytes) -> bytes:
        return hmac.new(self.secret, self.scope + b"\0" + body, hashlib.sha256).digest()[:_TAG]
