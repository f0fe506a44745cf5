"""One conversation in the protocol `graphql-transport-ws`, whose rules the library keeps.

The token and the purpose come with `connection_init`, under the names that the headers have.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing, suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import orjson
from starlette.websockets import WebSocket, WebSocketDisconnect
from strawberry.exceptions import ConnectionRejectionError
from strawberry.http.exceptions import NonJsonMessageReceived, NonTextMessageReceived, WebSocketDisconnected
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import BaseGraphQLTransportWSHandler, Operation

from hub.answers import Answer, failure
from hub.identity.bearer import Door
from hub.identity.errors import Unauthenticated
from hub.journal import REQUEST
from hub.live.streams import Streams
from hub.reading import from_members
from policies.viewer import Principal

INIT_SECONDS = 10
MOST = 50
"""Operations that one client may have under way at once."""
PAUSE = 1.0
"""Seconds after which it is looked again whether the client's token still holds."""
FORBIDDEN, MALFORMED = 4403, 4400


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What a conversation needs; `ids` makes the name of each operation in what is logged."""

    streams: Streams
    door: Door
    ids: Callable[[], str]


class Frames:
    """Text frames of a WebSocket, as the library reads and writes them."""

    def __init__(self, socket: WebSocket) -> None:
        self._socket = socket

    async def iter_json(self) -> AsyncIterator[object]:
        """Give each message until the client leaves."""
        while (message := await self._socket.receive())["type"] != "websocket.disconnect":
            if message.get("text") is None:
                raise NonTextMessageReceived
            try:
                yield orjson.loads(message["text"])
            except orjson.JSONDecodeError as error:
                raise NonJsonMessageReceived from error

    async def send_json(self, message: object) -> None:
        """Send a message, once the client takes what was sent before."""
        try:
            await self._socket.send_text(orjson.dumps(message).decode())
        except (WebSocketDisconnect, RuntimeError) as error:
            raise WebSocketDisconnected from error

    async def close(self, code: int, reason: str) -> None:
        """Close, unless that was done."""
        try:
            await self._socket.close(code, reason)
        except (WebSocketDisconnect, RuntimeError) as error:
            raise WebSocketDisconnected from error


class Conversation(BaseGraphQLTransportWSHandler[dict[str, Any], None]):
    """Answers one client; each answer is made for who the client's token says it is at that moment."""

    def __init__(self, socket: WebSocket, means: Means) -> None:
        super().__init__(
            view=self,  # type: ignore[arg-type]  # of a view it asks `on_ws_connect` alone
            websocket=Frames(socket),  # type: ignore[arg-type]  # and of a socket these three
            context={},
            root_value=None,
            schema=None,  # type: ignore[arg-type]  # operations are run here
            connection_init_wait_timeout=timedelta(seconds=INIT_SECONDS),
            max_subscriptions_per_connection=MOST,
        )
        self._means = means
        self._authorization: str | None = None
        self._purpose: str | None = None
        self._ended: asyncio.Task[None] | None = None

    async def on_ws_connect(self, context: dict[str, Any]) -> dict[str, object]:
        """Let the client in who bears a token that holds; raises ConnectionRejectionError."""
        given = {str(name).lower(): value for name, value in context["connection_params"].items()}
        authorization, purpose = given.get("authorization"), given.get("hub-purpose")
        if not isinstance(authorization, str) or not isinstance(purpose, str | None):
            raise ConnectionRejectionError
        self._authorization, self._purpose = authorization, purpose
        try:
            await self._means.door.meet(authorization)
        except Unauthenticated as error:
            raise ConnectionRejectionError from error
        self._ended = asyncio.create_task(self._end_with_token(), name="token of a conversation")
        return {}

    async def handle_message(self, message: Any) -> None:  # noqa: ANN401 - whatever a client sends
        """Take a message that is one."""
        if _is_message(message):
            await super().handle_message(message)
        else:
            await self.handle_invalid_message("")

    async def handle_invalid_message(self, error_message: str) -> None:
        """End a conversation in which something is said that is no message; without quoting it."""
        del error_message
        await self.websocket.close(MALFORMED, "this is not a message of graphql-transport-ws")

    async def run_operation(self, operation: Operation[dict[str, Any], None]) -> None:
        """Send the answers of an operation, and say when there are no more."""
        REQUEST.set(self._means.ids())
        try:
            await self._run(operation)
        except Unauthenticated:
            await self._forbid()
        except WebSocketDisconnected:
            return

    async def cleanup_operation(self, operation_id: str) -> None:
        """End an operation, and wait for that: a change goes on to its end, and so many may be under way at once."""
        operation = self.operations.get(operation_id)
        await super().cleanup_operation(operation_id)
        if operation is not None and operation.task is not None:
            await asyncio.wait([operation.task])

    async def shutdown(self) -> None:
        """End all that goes on for this client."""
        if self._ended is not None:
            self._ended.cancel()
        await super().shutdown()

    async def _run(self, operation: Operation[dict[str, Any], None]) -> None:
        try:
            members = {
                "query": operation.query,
                "variables": operation.variables,
                "operationName": operation.operation_name,
            }
            answers = self._means.streams.answers(from_members(members, read_only=False), self._admit, self._purpose)
            async with aclosing(answers):
                async for answer in answers:
                    if not answer.is_answered:
                        await _refuse(operation, answer)
                        return
                    await _send(operation, answer)
        except (Unauthenticated, WebSocketDisconnected):
            raise
        except Exception as error:  # noqa: BLE001 - a client reads a masked answer, whatever happened
            await _refuse(operation, failure(error, REQUEST.get()))
            return
        await operation.send_operation_message({"id": operation.id, "type": "complete"})

    def _admit(self) -> Principal:
        return self._means.door.admit(self._authorization)

    async def _end_with_token(self) -> None:
        """Wait until the token holds no longer."""
        try:
            while True:
                await asyncio.sleep(PAUSE)
                self._admit()
        except Unauthenticated:
            with suppress(WebSocketDisconnected):
                await self._forbid()

    async def _forbid(self) -> None:
        """Close so that the client comes back with another token; nothing more is told."""
        for ident, operation in list(self.operations.items()):
            if operation.task is not asyncio.current_task():
                await self.cleanup_operation(ident)
        await self.websocket.close(FORBIDDEN, "the token does not hold any more")


async def _send(operation: Operation[dict[str, Any], None], answer: Answer) -> None:
    message: Any = {"id": operation.id, "type": "next", "payload": orjson.Fragment(answer.body)}
    await operation.send_operation_message(message)


async def _refuse(operation: Operation[dict[str, Any], None], answer: Answer) -> None:
    errors = orjson.loads(answer.body)["errors"]
    await operation.send_operation_message({"id": operation.id, "type": "error", "payload": errors})


def _is_message(message: object) -> bool:
    """Whether the members that its type needs are there, each of the right kind."""
    if not isinstance(message, dict) or not isinstance(message.get("type"), str):
        return False
    if message["type"] in {"subscribe", "complete"} and not isinstance(message.get("id"), str):
        return False
    payload = message.get("payload")
    return message["type"] != "subscribe" or (isinstance(payload, dict) and "query" in payload)
