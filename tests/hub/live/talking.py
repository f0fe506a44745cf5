"""A client of `graphql-transport-ws` over a real socket."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from tests.support.hub import ASB
from tests.support.served import Served

PROTOCOL = Subprotocol("graphql-transport-ws")
SECONDS = 30.0
OPEN = """mutation($key: String!) { done: openCase(input: {idempotencyKey: $key, caseType: "NOISE"}) {
  ... on CaseChanged { case { id } } } }"""
NOTE = """mutation($id: ID!, $key: String!, $text: String!) { done: addNote(input: {
  idempotencyKey: $key, id: $id, text: $text, assertionType: FACT}) { __typename } }"""
CASE = """subscription($id: ID!, $after: String) { told: caseUpdates(id: $id, after: $after) { cursor kind
  case { id entries(first: 50, orderBy: MADE_AT) { edges { node { kind text } } } } } }"""
_keys = count(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """One conversation."""

    socket: ClientConnection

    def say(self, message: object) -> None:
        self.socket.send(message if isinstance(message, str) else json.dumps(message))

    def hear(self) -> dict[str, Any]:
        """Wait for the next message, which is a text frame."""
        message = self.socket.recv(SECONDS)
        assert isinstance(message, str)
        heard: dict[str, Any] = json.loads(message)
        return heard

    def begin(self, token: str, purpose: str | None = ASB) -> "Talk":
        """Say who one is, and be let in."""
        self.say(init(token, purpose))
        assert self.hear()["type"] == "connection_ack"
        return self

    def subscribe(self, query: str, ident: str = "1", **variables: object) -> "Talk":
        self.say({"type": "subscribe", "id": ident, "payload": {"query": query, "variables": variables}})
        return self

    def told(self) -> dict[str, Any]:
        """Wait for an event, and give what it tells."""
        message = self.hear()
        assert message["type"] == "next", message
        told: dict[str, Any] = message["payload"]["data"]["told"]
        return told

    def end(self) -> int:
        """Wait until the hub closes, and give the code."""
        with pytest.raises(ConnectionClosed) as closed:
            self._listen_on()
        assert closed.value.rcvd is not None
        return closed.value.rcvd.code

    def _listen_on(self) -> None:
        while True:
            self.socket.recv(SECONDS)


def init(token: str, purpose: str | None = ASB) -> Mapping[str, object]:
    given = {"Authorization": f"Bearer {token}"} | ({"Hub-Purpose": purpose} if purpose else {})
    return {"type": "connection_init", "payload": given}


@contextmanager
def talking(hub: Served, **how: Any) -> Iterator[Talk]:  # noqa: ANN401 - whatever the client takes
    """Open a conversation."""
    address = hub.url.replace("http", "ws", 1)
    with connect(address, **{"subprotocols": [PROTOCOL], "proxy": None, **how}) as socket:
        yield Talk(socket=socket)


def opened(hub: Served) -> str:
    """Open a case."""
    answer = hub.ask(OPEN, ASB, variables={"key": f"open-case-{next(_keys)}"}).json()
    return str(answer["data"]["done"]["case"]["id"])


def noted(hub: Served, case: str, text: str) -> None:
    """Note something in a case."""
    answer = hub.ask(NOTE, ASB, variables={"id": case, "key": f"note-case-{next(_keys)}", "text": text}).json()
    assert answer["data"]["done"]["__typename"] == "CaseChanged", answer


def texts(told: Mapping[str, Any]) -> list[str]:
    return [edge["node"]["text"] for edge in told["case"]["entries"]["edges"] if edge["node"]["text"]]
