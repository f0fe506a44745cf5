"""A safeguarding lead who listens for alerts, and goes on from the last cursor whenever the line breaks."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from websockets.exceptions import WebSocketException
from websockets.sync.client import connect

from tests.hub.live.talking import PROTOCOL, init
from tests.support.served import Served

WHO, PURPOSE = "safeguarding-lead", "CHILD_SAFEGUARDING"
HEARING = "subscription($after: String) { alerts(after: $after) { cursor alert { id } } }"
PAUSE = 0.2


class Lead:
    """Hears alerts; `heard` are their ids as they came."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.cursor: str | None = None

    def listen(self, served: Served, is_over: threading.Event) -> None:
        """Listen until it is over, and come back whenever the hub, or its engine, was away."""
        while not is_over.is_set():
            with suppress(OSError, TimeoutError, WebSocketException):
                self._hear(served, is_over)
            is_over.wait(PAUSE)

    def _hear(self, served: Served, is_over: threading.Event) -> None:
        with connect(served.url.replace("http", "ws", 1), subprotocols=[PROTOCOL], proxy=None) as line:
            line.send(json.dumps(init(served.token, PURPOSE)))
            line.recv(PAUSE * 10)
            asked = {"query": HEARING, "variables": {"after": self.cursor}}
            line.send(json.dumps({"type": "subscribe", "id": "1", "payload": asked}))
            while not is_over.is_set():
                with suppress(TimeoutError):
                    message = json.loads(line.recv(PAUSE))
                    if message["type"] != "next":
                        return
                    told = message["payload"]["data"]["alerts"]
                    self.heard.append(told["alert"]["id"])
                    self.cursor = told["cursor"]


@contextmanager
def listening(served: Served, lead: Lead) -> Iterator[None]:
    """Have the lead listen until the block ends."""
    is_over = threading.Event()
    thread = threading.Thread(target=lead.listen, args=(served.as_seen_by(WHO), is_over), name="safeguarding lead")
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()
