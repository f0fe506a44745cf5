"""Where the page, its files and who may be seen as are served: people of the demo, or whoever is signed in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from hub.demo_people import DEMO_PEOPLE
from hub.identity.bearer import Door
from hub.identity.issuing import TokenIssuer
from hub.loopback import Loopback
from hub.work.errors import SignedOut
from hub.work.reception import SIGN_IN
from hub.work.session import admitted
from policies.viewer import Principal
from policies.vocabulary import Purpose

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
    """A page on which somebody asks in GraphQL, and a query to begin with."""

    query: str

    @property
    def guards(self) -> list[Middleware]:
        """What closes it to whom it is not for."""
        return []

    def routes(self) -> list[BaseRoute]:
        """The routes, of which the files are the same for everybody."""
        return [
            Route("/", self.page, methods=["GET"], middleware=self.guards),
            Route("/explorer/viewers", self.presets, methods=["GET"], middleware=self.guards),
            Mount("/explorer", StaticFiles(directory=STATIC), middleware=self.guards),
        ]

    async def page(self, request: Request) -> Response:
        """Give the page."""
        del request
        return FileResponse(STATIC / "page.html", headers={"Content-Security-Policy": "; ".join(SOURCES)})

    async def presets(self, request: Request) -> Response:
        """Give who may be seen as, for which purposes, and the query."""
        try:
            viewers = self.viewers(request)
        except SignedOut as error:
            return JSONResponse({"error": str(error)}, 401)
        return JSONResponse({"viewers": viewers, "query": self.query, "note": self.note})

    @property
    def note(self) -> str:
        """What stands below it."""
        return "What is answered here, to whom and for what purpose, stands in the hub's ledger."

    def viewers(self, request: Request) -> list[dict[str, Any]]:
        """Say who may be seen as, each with a token; raises SignedOut."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoExplorer(Explorer):
    """Gives whoever sits at this machine the tokens of the demo's people."""

    issuer: TokenIssuer
    clock: Callable[[], datetime]

    @property
    def guards(self) -> list[Middleware]:
        """It is for this machine only."""
        return [Middleware(Loopback)]

    @property
    def note(self) -> str:
        """Who they are."""
        return "Everybody in this demo is made up."

    def viewers(self, request: Request) -> list[dict[str, Any]]:
        """Everybody of the demo."""
        del request
        now = self.clock()
        return [
            _viewer(person.principal, person.title, person.purposes, self.issuer.issue(person.principal, now, LIFETIME))
            for person in DEMO_PEOPLE
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionExplorer(Explorer):
    """Is for whoever is signed in to the pages, as nobody else."""

    door: Door
    purposes: Callable[[Principal], tuple[Purpose, ...]]

    async def page(self, request: Request) -> Response:
        """Give the page, or lead to where people sign in."""
        try:
            admitted(request, self.door)
        except SignedOut:
            return RedirectResponse(SIGN_IN, 303)
        return await Explorer.page(self, request)

    def viewers(self, request: Request) -> list[dict[str, Any]]:
        """Whoever is signed in."""
        token, who = admitted(request, self.door)
        return [_viewer(who, who.subject, self.purposes(who), token)]


def _viewer(who: Principal, title: str, purposes: tuple[Purpose, ...], token: str) -> dict[str, Any]:
    return {
        "name": who.subject,
        "title": title,
        "agency": who.agency,
        "role": ", ".join(sorted(who.roles)),
        "wards": sorted(who.wards),
        "purposes": purposes,
        "token": token,
    }
