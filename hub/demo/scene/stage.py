"""Where a scene plays: the hub as it serves, on the days on which each thing happens."""

import secrets
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import date, timedelta
from importlib.resources import files
from typing import TYPE_CHECKING, Any, cast

import orjson

from graph.change import Stamp
from graph.errors import GraphError
from hub import stamps
from hub.answers import Answer, GraphQLRequest
from hub.demo_people import DEMO_PEOPLE, DemoPerson
from hub.errors import SceneError
from hub.graphql import GraphQLAnswerer
from hub.live.streams import Streams
from policies.vocabulary import Purpose
from resolvers.errors import ReadRefused
from resolvers.ledger import LedgerUnavailable

if TYPE_CHECKING:
    from hub.scribe import GraphScribe

DOCUMENT = files("hub.demo.scene").joinpath("referral.graphql").read_text(encoding="utf-8")
PEOPLE = {person.name: person for person in DEMO_PEOPLE}
KEY_BYTES = 8
ASB = Purpose.ASB_PREVENTION


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A line of the scene: who, some days ago, did what, and what came of it."""

    days_ago: int
    who: str
    did: str
    came: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Asks as somebody on a day, by an operation of the document."""

    streams: Streams
    today: date
    tell: Callable[[Told], None]

    async def ask(
        self,
        who: str,
        operation: str,
        *,
        ago: int = 0,
        purpose: Purpose = ASB,
        **variables: Any,  # noqa: ANN401 - GraphQL variables
    ) -> dict[str, Any]:
        """Ask, and read the data; raises SceneError where there are errors."""
        request = GraphQLRequest(query=DOCUMENT, variables=variables, operation_name=operation)
        try:
            answer = await self._answerer(ago)(request, PEOPLE[who].principal, purpose)
        except (GraphError, LedgerUnavailable, ReadRefused) as error:
            raise SceneError(f"{operation} of {who} fails: {error}") from error
        return _data(answer, operation)

    async def do(
        self,
        who: str,
        operation: str,
        *,
        ago: int = 0,
        purpose: Purpose = ASB,
        **given: Any,  # noqa: ANN401 - any input
    ) -> dict[str, Any]:
        """Make a change; raises SceneError where it is refused."""
        given = {"idempotencyKey": secrets.token_hex(KEY_BYTES), **given}
        done: dict[str, Any] = (await self.ask(who, operation, ago=ago, purpose=purpose, input=given))["done"]
        if len(done) == 1:
            raise SceneError(f"{operation} of {who} is refused: {done['__typename']}")
        return done

    async def hear(self, who: str, operation: str, purpose: Purpose) -> AsyncGenerator[dict[str, Any], None]:
        """Listen, event by event."""
        listener: DemoPerson = PEOPLE[who]
        request = GraphQLRequest(query=DOCUMENT, operation_name=operation)
        async with aclosing(self.streams.answers(request, lambda: listener.principal, purpose)) as answers:
            async for answer in answers:
                yield _data(answer, operation)

    def day(self, ago: int) -> str:
        """The day so many days ago, in ISO."""
        return (self.today - timedelta(days=ago)).isoformat()

    def _answerer(self, ago: int) -> GraphQLAnswerer:
        """The hub some days ago, at ten in the morning."""
        if not ago:
            return self.streams.answerer
        means = self.streams.answerer.means
        day = self.day(ago)
        scribe = replace(
            cast("GraphScribe", means.scribe), stamp=lambda: Stamp(now=f"{day}T10:00:00.000Z", chance=stamps.identifier)
        )
        return GraphQLAnswerer(means=replace(means, scribe=scribe, today=lambda: day))


def nodes(connection: dict[str, Any]) -> list[dict[str, Any]]:
    """The things of a page."""
    return [edge["node"] for edge in connection["edges"]]


def _data(answer: Answer, operation: str) -> dict[str, Any]:
    told = orjson.loads(answer.body)
    if "errors" in told:
        raise SceneError(f"{operation} fails: {told['errors']}")
    data: dict[str, Any] = told["data"]
    return data
