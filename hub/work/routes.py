"""Where the pages stand; where nobody can sign in, one page says so."""

import logging
import secrets
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus

from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from hub.answers import Answerer
from hub.errors import MASKED, BadRequest, Code
from hub.journal import REQUEST
from hub.work.asking import Asking
from hub.work.desk import Desk
from hub.work.errors import NotAnswered, SignedOut
from hub.work.files import Files
from hub.work.pages import PAGES
from hub.work.reception import SIGN_IN, Reception, Serve, Way
from hub.work.rendering import FOLDER, page
from hub.work.repertoire import ACTS
from hub.work.session import ROOT, TOKEN, sign_out

KEY_BYTES = 16
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guarded:
    """Serves, and answers with a page whatever comes in between."""

    serve: Serve

    async def answer(self, request: Request) -> Response:
        """Answer, whatever happens."""
        try:
            return await self.serve(request)
        except SignedOut as error:
            response = _at_the_door(request, error)
            sign_out(response)
            return response
        except BadRequest as error:
            return _problem(request, error)
        except ClientDisconnect:
            return Response(status_code=499)
        except Exception as error:  # noqa: BLE001 - people read a page, whatever happened
            _log.error("a page fails", exc_info=error)
            return _problem(request, NotAnswered(MASKED[Code.INTERNAL], 500, REQUEST.get()))


def routes(answerer: Answerer, reception: Reception | None) -> list[BaseRoute]:
    """The routes where people can sign in, or with no reception the page that says so."""
    static = Mount(f"{ROOT}/static", Files(directory=FOLDER / "static"))
    if reception is None:
        return [static, *(Route(path, _closed, methods=["GET"]) for path in (ROOT, f"{ROOT}/{{rest:path}}"))]
    desk = Desk(
        asking=Asking(answerer=answerer),
        door=reception.door,
        clock=reception.clock,
        keys=lambda: secrets.token_urlsafe(KEY_BYTES),
    )
    ways: list[Way] = [
        *reception.ways(),
        *((ROOT + act.path, partial(desk.do, act=act), "POST") for act in ACTS),
        *((ROOT + act.path, partial(desk.turn_back, act=act), "GET") for act in ACTS),
        *((ROOT + one.path, partial(desk.show, page=one), "GET") for one in PAGES),
        *((ROOT + one.path, partial(desk.search, page=one), "POST") for one in PAGES if one.looks),
        (f"{ROOT}/{{rest:path}}", _nowhere, "GET"),
    ]
    return [
        static,
        *(
            Route(path, Guarded(serve=serve).answer, methods=[method], middleware=reception.guards)
            for path, serve, method in ways
        ),
    ]


def _at_the_door(request: Request, error: SignedOut) -> Response:
    """Lead to where people sign in; whoever wrote something may do so beside the page that keeps it."""
    if error.unsent:
        return page(request, "ended", error.status, unsent=error.unsent)
    was_in = TOKEN in request.cookies
    return RedirectResponse(f"{SIGN_IN}?over" if was_in else SIGN_IN, 303)


def _problem(request: Request, error: BadRequest) -> Response:
    told = {"title": HTTPStatus(error.status).phrase, "message": str(error)}
    more = {"correlation": error.correlation, "unsent": error.unsent} if isinstance(error, NotAnswered) else {}
    return page(request, "problem", error.status, **told, **more)


async def _nowhere(request: Request) -> Response:
    del request
    raise BadRequest("there is no such page", 404)


async def _closed(request: Request) -> Response:
    return page(request, "closed")
