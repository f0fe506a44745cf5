"""`/graphql` as a WebSocket: who may open one, and how many there may be."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from starlette.responses import Response
from starlette.websockets import WebSocket

from hub.answers import RETRY_SECONDS
from hub.live.conversation import Conversation, Means

PROTOCOL = "graphql-transport-ws"
UNKNOWN_PROTOCOL = 4406
MOST = 4_000
"""Conversations in one process."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveEndpoint:
    """Opens conversations."""

    means: Means
    most: int = MOST
    _open: set[WebSocket] = field(default_factory=set)

    async def serve(self, socket: WebSocket) -> None:
        """Hold one conversation to its end; not with a page of another origin, which could bear somebody's token."""
        if not _is_own(socket):
            await socket.send_denial_response(Response(status_code=403))
            return
        if len(self._open) >= self.most:
            await socket.send_denial_response(Response(status_code=503, headers={"Retry-After": RETRY_SECONDS}))
            return
        if PROTOCOL not in socket.scope["subprotocols"]:
            await socket.accept()
            await socket.close(UNKNOWN_PROTOCOL, f"speak {PROTOCOL}")
            return
        self._open.add(socket)
        try:
            await socket.accept(PROTOCOL)
            await Conversation(socket, self.means).handle()
        finally:
            self._open.discard(socket)


def _is_own(socket: WebSocket) -> bool:
    """Whether no browser opens it, or one for a page of the hub itself."""
    origin = socket.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == socket.headers.get("host")
