"""Where people sign in, say what for, and sign out again: those of the demo choose who they are."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from hub.demo_people import DEMO_PEOPLE
from hub.errors import BadRequest
from hub.identity.bearer import Door
from hub.identity.issuing import TokenIssuer
from hub.loopback import Loopback
from hub.work.forms import read_form
from hub.work.rendering import page
from hub.work.session import ROOT, admitted, sign_in, sign_out

LIFETIME = timedelta(hours=8)
"""A day's work."""
SIGN_IN = f"{ROOT}/sign-in"
Serve = Callable[[Request], Awaitable[Response]]
Way = tuple[str, Serve, str]
"""An address, what serves it, and by which method."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reception:
    """What there is wherever people sign in; it `is_secure` where browsers find the hub by https alone."""

    door: Door
    clock: Callable[[], datetime]
    is_secure: bool = False

    def ways(self) -> list[Way]:
        """The addresses at which people come and go."""
        return [
            (SIGN_IN, self.show, "GET"),
            (f"{ROOT}/purpose", self.change_purpose, "POST"),
            (f"{ROOT}/sign-out", self.dismiss, "POST"),
        ]

    @property
    def guards(self) -> list[Middleware]:
        """What closes the pages to whom they are not for."""
        return []

    async def show(self, request: Request) -> Response:
        """The page on which people sign in."""
        raise NotImplementedError

    async def change_purpose(self, request: Request) -> Response:
        """Go on working for something; whether that is permitted is asked with the next page."""
        form = await read_form(request)
        admitted(request, self.door)
        response = RedirectResponse(ROOT, 303)
        sign_in(response, None, form.get("purpose", ""), secure=self.is_secure)
        return response

    async def dismiss(self, request: Request) -> Response:
        """Sign out."""
        await read_form(request)
        response = RedirectResponse(SIGN_IN, 303)
        sign_out(response)
        return response


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoReception(Reception):
    """Gives whoever sits at this machine the token of the person whom they choose to be."""

    issuer: TokenIssuer

    def ways(self) -> list[Way]:
        """Those of every reception, and where somebody is chosen."""
        return [*Reception.ways(self), (SIGN_IN, self.admit, "POST")]

    @property
    def guards(self) -> list[Middleware]:
        """They are for this machine only."""
        return [Middleware(Loopback)]

    async def show(self, request: Request) -> Response:
        """The people to choose from."""
        return page(request, "sign_in", people=DEMO_PEOPLE, is_over="over" in request.query_params)

    async def admit(self, request: Request) -> Response:
        """Sign in as somebody for one of their purposes."""
        form = await read_form(request)
        person = next((one for one in DEMO_PEOPLE if one.name == form.get("person")), None)
        if person is None:
            raise BadRequest("nobody in the demo has this name", 422)
        token = self.issuer.issue(person.principal, self.clock(), LIFETIME)
        response = RedirectResponse(ROOT, 303)
        sign_in(response, token, form.get("purpose", ""), secure=self.is_secure)
        return response
