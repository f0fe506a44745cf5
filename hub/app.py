"""The web application: GraphQL over HTTP and WebSocket, pages for people, what the public refers, and its health."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Route, WebSocketRoute

from hub.access_log import AccessLog
from hub.answers import Answerer
from hub.endpoint import GraphQLEndpoint
from hub.explorer.routes import Explorer
from hub.health import Health
from hub.identity.bearer import Door
from hub.live.endpoint import LiveEndpoint
from hub.protection import Protection
from hub.public import PublicDesk
from hub.work.reception import Reception
from hub.work.routes import routes as work_routes

Hook = Callable[[], AbstractAsyncContextManager[object]]
"""Something that is open for as long as the application runs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What the application is made of; `requests` makes their ids; outside the demo there is no explorer or reception.

    `public` is None where nothing is received from whoever has no token.
    Hooks open in order when the application starts and close in reverse when it stops.
    """

    answerer: Answerer
    door: Door
    health: Health
    requests: Callable[[], str]
    live: LiveEndpoint | None = None
    explorer: Explorer | None = None
    public: PublicDesk | None = None
    reception: Reception | None = None
    hooks: tuple[Hook, ...] = ()


def create_app(parts: Parts) -> Starlette:
    """Put the application together."""
    endpoint = GraphQLEndpoint(answerer=parts.answerer, door=parts.door)
    routes: list[BaseRoute] = [
        Route("/graphql", endpoint.serve, methods=["GET", "POST"]),
        Route("/health/live", parts.health.live, methods=["GET"]),
        Route("/health/ready", parts.health.ready, methods=["GET"]),
        *work_routes(parts.answerer, parts.reception),
    ]
    if parts.live is not None:
        routes.append(WebSocketRoute("/graphql", parts.live.serve))
    if parts.public is not None:
        routes.append(Route("/refer", parts.public.serve, methods=["POST"]))
    if parts.explorer is not None:
        routes += parts.explorer.routes()

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        del app
        async with AsyncExitStack() as stack:
            for hook in parts.hooks:
                await stack.enter_async_context(hook())
            yield

    middleware = [Middleware(AccessLog, ids=parts.requests), Middleware(Protection)]
    return Starlette(routes=routes, middleware=middleware, lifespan=lifespan)
