"""Where the page, its files and the demo's presets are served: in the demo, and to this machine only."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route, request_response
from starlette.staticfiles import StaticFiles

from hub.demo_people import DEMO_PEOPLE
from hub.identity.issuing import TokenIssuer
from hub.loopback import Loopback

STATIC = Path(__file__).parent / "static"
LIFETIME = timedelta(hours=12)
SOURCES = (
    "default-src 'none'",
    "script-src 'self'",
    # GraphiQL's editor, CodeMirror, places its lines and cursors with style attributes
    "style-src 'self' 'unsafe-inline'",
    # and its stylesheet brings fonts and icons along as data
    "font-src data:",
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Explorer:
    """Gives whoever sits at this machine the tokens of the demo's people, and a query to begin with."""

    issuer: TokenIssuer
    clock: Callable[[], datetime]
    query: str

    def routes(self) -> list[BaseRoute]:
        """The routes, closed to other machines."""
        return [
            Route("/", Loopback(request_response(_page)), methods=["GET"]),
            Route("/explorer/viewers", Loopback(request_response(self._viewers)), methods=["GET"]),
            Mount("/explorer", Loopback(StaticFiles(directory=STATIC))),
        ]

    async def _viewers(self, request: Request) -> Response:
        del request
        now = self.clock()
        viewers = [
            {
                "name": person.name,
                "title": person.title,
                "agency": person.agency,
                "role": person.role,
                "wards": sorted(person.wards),
                "purposes": person.purposes,
                "token": self.issuer.issue(person.principal, now, LIFETIME),
            }
            for person in DEMO_PEOPLE
        ]
        return JSONResponse({"viewers": viewers, "query": self.query})


async def _page(request: Request) -> Response:
    del request
    return FileResponse(STATIC / "page.html", headers={"Content-Security-Policy": "; ".join(SOURCES)})
