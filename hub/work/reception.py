"""Where people of the demo sign in, say what for, and sign out again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from hub.demo_people import DEMO_PEOPLE
from hub.errors import BadRequest
from hub.identity.bearer import Door
from hub.identity.development import DevelopmentIssuer
from hub.work.forms import read_form
from hub.work.rendering import page
from hub.work.session import ROOT, Session, sign_in, sign_out

LIFETIME = timedelta(hours=8)
"""A day's work."""
SIGN_IN = f"{ROOT}/sign-in"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reception:
    """Gives whoever sits at this machine the token of the person whom they choose to be."""

    issuer: DevelopmentIssuer
    door: Door
    clock: Callable[[], datetime]

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
        sign_in(request, response, token, form.get("purpose", ""))
        return response

    async def change_purpose(self, request: Request) -> Response:
        """Go on working for something else; whether that is permitted is asked with the next page."""
        form = await read_form(request)
        Session.of(request, self.door)
        response = RedirectResponse(ROOT, 303)
        sign_in(request, response, None, form.get("purpose", ""))
        return response

    async def dismiss(self, request: Request) -> Response:
        """Sign out."""
        await read_form(request)
        response = RedirectResponse(SIGN_IN, 303)
        sign_out(response)
        return response
