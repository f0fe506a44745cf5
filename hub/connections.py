"""Connections that end when a client takes too long to say what it asks, or to take what it asked for."""

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

ASKING_SECONDS = 30.0
"""From the first byte of a request, or from a new connection, to the request's last byte."""
TAKING_SECONDS = 60.0
"""For what the kernel does not take of an answer at once, and the hub keeps in memory until then."""


class Connection(HttpToolsProtocol):
    """A connection of the server, which by itself bounds nothing but the pause between two requests."""

    asking_seconds = ASKING_SECONDS
    taking_seconds = TAKING_SECONDS
    _asking: asyncio.TimerHandle | None = None
    _taking: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        super().connection_made(transport)
        self._await_request()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._has_asked()
        self._has_taken()

    def data_received(self, data: bytes) -> None:
        if self._asking is None:
            self._await_request()
        super().data_received(data)

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self._has_asked()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._await_taking()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._has_taken()

    def timeout_keep_alive_handler(self) -> None:
        super().timeout_keep_alive_handler()
        if self.transport.get_write_buffer_size():
            self._await_taking()

    def _await_request(self) -> None:
        self._asking = self.loop.call_later(self.asking_seconds, self._give_up_request)

    def _await_taking(self) -> None:
        self._has_taken()
        self._taking = self.loop.call_later(self.taking_seconds, self.transport.abort)

    def _give_up_request(self) -> None:
        if self.flow.read_paused:  # it is us who do not read what follows
            self._await_request()
        else:
            self.transport.abort()

    def _has_asked(self) -> None:
        if self._asking is not None:
            self._asking.cancel()
            self._asking = None

    def _has_taken(self) -> None:
        if self._taking is not None:
            self._taking.cancel()
            self._taking = None


class Conversation(WebSocketsSansIOProtocol):
    """A WebSocket, which the server asks whether it is still there, but waits for it to take all that was sent."""

    def keepalive_timeout(self) -> None:
        super().keepalive_timeout()
        self.transport.abort()
