"""One line for each request, without anything that a client wrote: no query, no address, no header."""

import logging
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_log = logging.getLogger("hub.access")


class AccessLog:
    """Logs method, route, status, bytes and milliseconds; what is asked, and by whom, stands in the ledger alone."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        status = size = 0

        async def counted(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
            else:
                size += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, counted)
        finally:
            route = getattr(scope.get("route"), "path", "-")
            took = (time.perf_counter() - started) * 1000
            _log.info("%s %s %d %d bytes %.1f ms", scope["method"], route, status, size, took)
