"""One line for each request, without anything that a client wrote: no query, no address, no header."""

import logging
import re
import time
from collections.abc import Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hub.journal import REQUEST

HEADER = "X-Request-ID"
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
PROBES = "/health/"
_GIVEN = re.compile(r"(?=.*\d)[0-9a-f][0-9a-f-]{14,62}[0-9a-f]")
"""A UUID or the id of a trace: longer than any telephone number, and nobody's name."""
_log = logging.getLogger("hub.access")


class AccessLog:
    """Logs method, route, status, bytes, milliseconds and agency; what is asked, and by whom, the ledger alone knows.

    A request has an id, its client's where that is one; the response names it, and so does all that is logged.
    """

    def __init__(self, app: ASGIApp, ids: Callable[[], str]) -> None:
        self._app = app
        self._ids = ids

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get(HEADER, "")
        request = given if _GIVEN.fullmatch(given) else self._ids()
        started = time.perf_counter()
        status = size = 0

        async def counted(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[HEADER] = request
            else:
                size += len(message.get("body", b""))
            await send(message)

        token = REQUEST.set(request)
        try:
            await self._app(scope, receive, counted)
        finally:
            _tell(scope, status, size, (time.perf_counter() - started) * 1000)
            REQUEST.reset(token)


def _tell(scope: Scope, status: int, size: int, took: float) -> None:
    route = getattr(scope.get("route"), "path", "-")
    is_usual = route.startswith(PROBES) and status < 400  # noqa: PLR2004 - below are the answers that went well
    members = {
        "method": scope["method"] if scope["method"] in METHODS else "-",
        "route": route,
        "status": status,
        "bytes": size,
        "ms": round(took, 1),
        "agency": scope.get("agency"),
    }
    level = logging.DEBUG if is_usual else logging.INFO
    if _log.isEnabledFor(level):  # where in the code is known, and looking for it takes as long as all the rest
        extra = {"members": members}
        _log.handle(_log.makeRecord(_log.name, level, __file__, 0, "request", (), None, extra=extra))
