"""Who works at this browser: a token and a purpose, kept in cookies that no script can read."""

from dataclasses import dataclass, field
from types import MappingProxyType

from starlette.requests import Request
from starlette.responses import Response

from hub.identity.bearer import Door
from hub.identity.errors import Unauthenticated
from hub.work.errors import SignedOut
from policies.viewer import Principal
from policies.vocabulary import Purpose

ROOT = "/work"
TOKEN, PURPOSE = "concord-token", "concord-purpose"
PATHS = MappingProxyType({TOKEN: "/", PURPOSE: ROOT})
"""Where each is sent; the explorer asks who is signed in too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """Somebody who is signed in, and what for."""

    token: str = field(repr=False)
    principal: Principal
    purpose: str

    @classmethod
    def of(cls, request: Request, door: Door) -> "Session":
        """Read the cookies; raises SignedOut where there are none, or the token does not hold."""
        token, principal = admitted(request, door)
        purpose = request.cookies.get(PURPOSE)
        if not purpose:
            raise SignedOut("nobody is signed in")
        return cls(token=token, principal=principal, purpose=purpose)

    @property
    def seat(self) -> str:
        """Stands in every form, which somebody else at the same browser must not send."""
        return f"{self.principal.subject} {self.principal.agency} {self.purpose}"


def admitted(request: Request, door: Door) -> tuple[str, Principal]:
    """Say whose browser this is, whether or not they said what for; raises SignedOut."""
    token = request.cookies.get(TOKEN)
    if not token:
        raise SignedOut("nobody is signed in")
    try:
        return token, door.admit(f"Bearer {token}")
    except Unauthenticated as error:
        raise SignedOut(str(error)) from error


def sign_in(response: Response, token: str | None, purpose: str, *, secure: bool) -> None:
    """Keep a purpose, with a token unless there is one, until the browser is closed; what is none is kept as none.

    A cookie could not even hold all that a form can. Pages that are reached from elsewhere do not get them.
    """
    stated = {PURPOSE: purpose if purpose in frozenset(Purpose) else ""}
    kept = stated if token is None else {TOKEN: token, **stated}
    for name, value in kept.items():
        response.set_cookie(name, value, path=PATHS[name], httponly=True, samesite="strict", secure=secure)


def sign_out(response: Response) -> None:
    """Forget who was here."""
    for name, path in PATHS.items():
        response.delete_cookie(name, path=path, httponly=True, samesite="strict")
