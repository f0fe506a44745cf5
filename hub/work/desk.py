"""Where pages are shown and forms are carried out, for whoever is signed in."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from hub.errors import BadRequest
from hub.identity.bearer import Door
from hub.work.acts import Act, Refusal, refusal
from hub.work.asking import CHANGES, Asking
from hub.work.errors import NotAnswered, SignedOut, Unfit
from hub.work.forms import read_form
from hub.work.offers import offered, permitted
from hub.work.pages import Page
from hub.work.questions import Visit
from hub.work.rendering import page as rendered
from hub.work.repertoire import SAID
from hub.work.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What was written in a form, and why it was not carried out; with no reason it was there to look for something."""

    refusal: Refusal | None = None
    kept: Mapping[str, str] = field(default_factory=dict)


NONE = Attempt()


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """`keys` makes those by which a form that is sent twice changes something once."""

    asking: Asking
    door: Door
    clock: Callable[[], datetime]
    keys: Callable[[], str]

    async def show(self, request: Request, page: Page) -> Response:
        """Show a page; raises SignedOut and NotAnswered."""
        return await self._page(request, page, Session.of(request, self.door), NONE)

    async def search(self, request: Request, page: Page) -> Response:
        """Show what is found by a form, and what else was written in it."""
        session, form = await self._seated(request)
        with _keeping(form):
            return await self._page(request, page, session, Attempt(kept=form))

    async def do(self, request: Request, act: Act) -> Response:
        """Carry out a form, and show what came of it, or why nothing did; raises also BadRequest."""
        session, form = await self._seated(request)
        with _keeping(form):
            return await self._done(request, act, session, form)

    async def _done(self, request: Request, act: Act, session: Session, form: Mapping[str, str]) -> Response:
        try:
            variables = {"input": act.input(request.path_params, form)}
            done = (await self.asking.ask(session, CHANGES, variables, act.operation))["done"]
            refused = refusal(act, done)
        except Unfit as error:
            refused = Refusal(act=act.name, message=str(error), status=error.status, fields=error.fields)
        except NotAnswered as error:
            if error.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                error.unsent = form
                raise
            refused = Refusal(act=act.name, message=str(error), status=error.status)
        if refused is not None:
            return await self._page(request, act.page, session, Attempt(refusal=refused, kept=form))
        where = act.after(done.get("made"), request.path_params)
        return RedirectResponse(f"{where}?done={act.done}", 303)

    async def turn_back(self, request: Request, act: Act) -> Response:
        """Lead to the form whoever asks for the address that it is sent to, as a reader of a refusal may."""
        return RedirectResponse(act.page.address(request.path_params), 303)

    async def _seated(self, request: Request) -> tuple[Session, Mapping[str, str]]:
        """Say who sends a form, which is the one to whom it was shown; raises SignedOut and BadRequest."""
        try:
            session = Session.of(request, self.door)
        except SignedOut as error:
            with suppress(BadRequest):  # what is no form of the hub's is not kept
                error.unsent = await read_form(request)
            raise
        form = await read_form(request)
        if form.get("seat") != session.seat:
            raise BadRequest("since this form was shown, somebody else has signed in here, or for another purpose", 409)
        return session, form

    async def _page(self, request: Request, page: Page, session: Session, attempt: Attempt) -> Response:
        request.scope["agency"] = session.principal.agency  # for the access log
        asked = attempt.kept or request.query_params
        visit = Visit(principal=session.principal, path=request.path_params, query=asked)
        data = await self.asking.ask(session, page.name, page.variables(visit))
        is_missing = page.thing is not None and data[page.thing] is None
        may = permitted(data, page)
        refused = {attempt.refusal.act} if attempt.refusal is not None else frozenset[str]()  # keeps what was written
        return rendered(
            request,
            "missing" if is_missing else page.name,
            404 if is_missing else attempt.refusal.status if attempt.refusal else 200,
            page=page,
            address=_address(request, page),
            session=session,
            data=data,
            query=asked,
            said=SAID.get(request.query_params.get("done", "")),
            may=may,
            offered=offered(may, page) | refused,
            refusal=attempt.refusal,
            kept=attempt.kept,
            key=self.keys,
            now=self.clock(),
        )


@contextmanager
def _keeping(form: Mapping[str, str]) -> Iterator[None]:
    """Keep what was written where it turns out that nobody is signed in any more."""
    try:
        yield
    except SignedOut as error:
        error.unsent = form
        raise


def _address(request: Request, page: Page) -> str:
    """Where a page can be asked for again, also one that answers a form."""
    address, asked = page.address(request.path_params), request.url.query
    return f"{address}?{asked}" if asked and request.method == "GET" else address
