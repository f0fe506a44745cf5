"""The web application: the GraphQL endpoint, whether the hub lives, and in the demo the explorer page."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from hub.access_log import AccessLog
from hub.answers import Answerer
from hub.endpoint import GraphQLEndpoint
from hub.explorer.routes import Explorer
from hub.identity.bearer import Door
from hub.protection import Protection

Hook = Callable[[], AbstractAsyncContextManager[object]]
"""Something that is open for as long as the application runs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What the application is made of; `explorer` is None everywhere but in the demo.

    Hooks open in order when the application starts and close in reverse when it stops.
    """

    answerer: Answerer
    door: Door
    correlations: Callable[[], str]
    explorer: Explorer | None = None
    hooks: tuple[Hook, ...] = ()


def create_app(parts: Parts) -> Starlette:
    """Put the application together."""
    endpoint = GraphQLEndpoint(answerer=parts.answerer, door=parts.door, correlations=parts.correlations)
    routes: list[BaseRoute] = [
        Route("/graphql", endpoint.serve, methods=["GET", "POST"]),
        Route("/health/live", _live, methods=["GET"]),
    ]
    if parts.explorer is not None:
        routes += parts.explorer.routes()

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        del app
        async with AsyncExitStack() as stack:
            for hook in parts.hooks:
                await stack.enter_async_context(hook())
            yield

    return Starlette(routes=routes, middleware=[Middleware(AccessLog), Middleware(Protection)], lifespan=lifespan)


async def _live(request: Request) -> Response:
    del request
    return JSONResponse({"status": "live"})
