"""The port between HTTP and GraphQL: a request in, bytes out."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import orjson

from hub.errors import MASKED, BadRequest, Code, code_of, message_of
from hub.identity.errors import Unauthenticated
from policies.viewer import Principal
from resolvers.errors import PurposeRequired

RETRY_SECONDS = "5"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphQLRequest:
    """What a client asks; `read_only` is set where a mutation must be refused because it came by GET."""

    query: str
    variables: Mapping[str, Any] = field(default_factory=dict)
    operation_name: str | None = None
    read_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A GraphQL response in JSON with the status that it has as `application/graphql-response+json`."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_answered(self) -> bool:
        """Whether it tells anything, and not only why it does not."""
        return self.status == 200  # noqa: PLR2004 - OK


class Answerer(Protocol):
    """Whatever answers GraphQL requests."""

    async def __call__(self, request: GraphQLRequest, principal: Principal, purpose: str | None) -> Answer:
        """Answer; may raise whatever `hub.errors` knows, which then becomes the answer."""
        ...


def refusal(error: BaseException, correlation: str) -> Answer:
    """The answer that is nothing but an error."""
    code = code_of(error)
    extensions: dict[str, object] = {"code": code}
    headers: dict[str, str] = {}
    if code in MASKED:
        extensions["correlationId"] = correlation
    if isinstance(error, PurposeRequired):
        extensions["purposes"] = error.purposes
    if isinstance(error, Unauthenticated):
        headers["WWW-Authenticate"] = error.challenge
    if code.status == 503:  # noqa: PLR2004 - Service Unavailable
        headers["Retry-After"] = RETRY_SECONDS
    body = orjson.dumps({"errors": [{"message": message_of(error), "extensions": extensions}]})
    return Answer(status=error.status if isinstance(error, BadRequest) else code.status, body=body, headers=headers)


def failure(error: Exception, correlation: str) -> Answer:
    """The same for whatever went wrong, which is logged where it is the hub's own fault."""
    code = code_of(error)
    if code is Code.INTERNAL:
        _log.error("a request fails", exc_info=error)
    elif code.status >= 500:  # noqa: PLR2004 - the hub's own faults
        _log.error("a request is refused, %s: %s", code, error)
    return refusal(error, correlation)
