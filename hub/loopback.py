"""What is for this machine only: whatever hands out the tokens of made-up people."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from hub.settings import LOOPBACK


class Loopback:
    """Answers this machine only, and as it names itself: a page elsewhere cannot point its own name here."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        app = self._app if is_local(scope) else Response(status_code=404)
        await app(scope, receive, send)


def is_local(scope: Scope) -> bool:
    """Whether a request comes from this machine and was sent to it by a loopback name."""
    client, host = scope.get("client"), Request(scope).url.hostname
    return client is not None and client[0] in LOOPBACK and host in LOOPBACK
