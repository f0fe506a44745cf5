"""Where people sign in at the provider of their agency, and come back with what it says of them."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from hub.errors import BadRequest
from hub.identity.code_flow import Attempt, CodeFlow
from hub.identity.errors import ProviderFailed, SignInRefused
from hub.identity.issuing import TokenIssuer
from hub.work.forms import read_form
from hub.work.reception import SIGN_IN, Reception, Way
from hub.work.rendering import page
from hub.work.session import ROOT, sign_in, sign_out
from policies.viewer import Principal
from policies.vocabulary import Purpose

ATTEMPT, PROVIDER = "concord-sign-in", "concord-provider"
ATTEMPT_SECONDS = 600
T = TypeVar("T")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrance:
    """One provider at which people sign in, and what the hub then signs for them."""

    flow: CodeFlow
    issuer: TokenIssuer


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyReception(Reception):
    """Sends people to the provider of their agency; `purposes` are what somebody may work for, and `url` is the hub's.

    What must come back with them is kept in a cookie that their browser sends with them when they do, and no longer.
    """

    entrances: Mapping[str, Entrance]
    purposes: Callable[[Principal], tuple[Purpose, ...]]
    url: str

    def ways(self) -> list[Way]:
        """Those of every reception, and how people go and come back."""
        return [
            *Reception.ways(self),
            (f"{SIGN_IN}/{{name}}", self.send, "GET"),
            (f"{SIGN_IN}/{{name}}/done", self.receive, "GET"),
        ]

    async def show(self, request: Request) -> Response:
        """The agencies to choose from."""
        titles = {name: one.flow.sign_in.title for name, one in self.entrances.items()}
        return page(request, "agencies", titles=titles, is_over="over" in request.query_params)

    async def send(self, request: Request) -> Response:
        """Send the browser to the provider."""
        name, entrance = self._entrance(request.path_params["name"])
        attempt = Attempt.begun()
        response = RedirectResponse(await _reached(entrance.flow.begin(attempt)), 303)
        where = f"{SIGN_IN}/{name}"
        # the provider sends the browser back, and from elsewhere it brings no cookie that is strict
        response.set_cookie(
            ATTEMPT, str(attempt), ATTEMPT_SECONDS, path=where, httponly=True, samesite="lax", secure=self.is_secure
        )
        return response

    async def receive(self, request: Request) -> Response:
        """Take in who comes back, and ask what for."""
        name, entrance = self._entrance(request.path_params["name"])
        try:
            attempt = Attempt.read(request.cookies.get(ATTEMPT))
            principal = await _reached(entrance.flow.finish(attempt, request.query_params))
        except SignInRefused as error:
            _log.warning("somebody is not signed in by %s: %s", name, str(error))
            raise BadRequest(str(error), 403) from error
        purposes = self.purposes(principal)
        if not purposes:
            raise BadRequest("no agreement in force permits your roles any purpose, so there is nothing to see", 403)
        response = page(request, "purpose", principal=principal, purposes=purposes)
        lifetime = timedelta(hours=entrance.flow.sign_in.hours)
        sign_in(response, entrance.issuer.issue(principal, self.clock(), lifetime), "", secure=self.is_secure)
        response.set_cookie(PROVIDER, name, path=ROOT, httponly=True, samesite="strict", secure=self.is_secure)
        response.delete_cookie(ATTEMPT, path=f"{SIGN_IN}/{name}", httponly=True, samesite="lax", secure=self.is_secure)
        return response

    async def dismiss(self, request: Request) -> Response:
        """Sign out here, and say where to at the provider: else whoever comes next need not prove who they are."""
        await read_form(request)
        entrance = self.entrances.get(request.cookies.get(PROVIDER, ""))
        elsewhere = None
        if entrance is not None:
            with suppress(ProviderFailed):  # who wants to leave does
                elsewhere = await entrance.flow.signed_out(f"{self.url}{SIGN_IN}")
        response = page(request, "signed_out", elsewhere=elsewhere)
        sign_out(response)
        return response

    def _entrance(self, name: str) -> tuple[str, Entrance]:
        entrance = self.entrances.get(name)
        if entrance is None:
            raise BadRequest("there is no such page", 404)
        return name, entrance


async def _reached(asked: Awaitable[T]) -> T:
    """What a provider is asked for; raises BadRequest where it fails."""
    try:
        return await asked
    except ProviderFailed as error:
        _log.warning("nobody can sign in: %s", str(error))
        raise BadRequest("your agency's provider does not answer as it must; try again in a while", 502) from error
