"""How soon a change is heard: a thousand notes a minute in one case, fifty who listen, and one who does not read.

It is measured from the moment a change is sent, so the change itself is part of it.
"""

import asyncio
import json
import secrets
import time
from collections.abc import Mapping
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass, field
from statistics import median

from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from bench import servers
from bench.deaf import BUFFER, Deaf
from bench.figures import Figure, Table, at_most
from bench.processes import BenchError, resident
from bench.questions import Asker
from bench.rounds import Span
from bench.setting import Setting
from bench.tables.changes import NOTE, TEXT

LISTENERS = 50
PER_MINUTE = 1_000
TARGET = at_most(1_000)
HEARING = "subscription($id: ID!) { caseUpdates(id: $id) { case { entries(first: 1) { totalCount } } } }"
DEAF = """subscription($id: ID!) { caseUpdates(id: $id) { case {
  entries(first: 100, orderBy: MADE_AT) { totalCount edges { node { text } } } } } }"""
LONG, LONG_NOTES = "x" * 15_000, 5
"""So that each event has kilobytes for who does not read, to whom sending soon must wait."""
PROTOCOL = Subprotocol("graphql-transport-ws")
MIB = 2**20


@dataclass(slots=True)
class Heard:
    """When each number of entries was first heard of, by everybody together: milliseconds since it was sent."""

    sent: dict[int, float] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)
    events: int = 0

    def hear(self, before: int, now: int) -> None:
        """Note that somebody who had heard of so many entries hears of so many."""
        at = time.perf_counter()
        self.events += 1
        self.waits += [(at - self.sent[number]) * 1000 for number in range(before + 1, now + 1) if number in self.sent]


@dataclass(slots=True, kw_only=True)
class Listener:
    """Somebody who listens, and of how many entries they have heard."""

    connection: ClientConnection
    count: int


async def compare(setting: Setting) -> list[Table]:
    """Send notes at an even pace for as long as a round lasts, and listen."""
    case = setting.town.matters[0].id
    table = setting.table(f"{PER_MINUTE:,} changes a minute, {LISTENERS} listeners and one who does not read", "ms")
    async with servers.hub(setting.ground, "live") as hub:
        heard, memory = Heard(), [resident(hub.process)]
        async with AsyncExitStack() as stack:
            await _lengthen(hub, case)
            init = {"type": "connection_init", "payload": dict(hub.headers)}
            deaf = stack.enter_context(closing(Deaf.follow(hub.url, init, DEAF, {"id": case})))
            changes = round(setting.plan.seconds * PER_MINUTE / 60)
            listeners = [await _listener(hub, case, stack) for _ in range(LISTENERS)]
            async with asyncio.TaskGroup() as tasks:
                for one in listeners:
                    tasks.create_task(_listen(one, heard, changes))
                first, last = listeners[0].count + 1, listeners[0].count + changes
                silence = tasks.create_task(_tell(hub, case, heard, range(first, last + 1), deaf))
            memory.append(resident(hub.process))
    waits = sorted(heard.waits)
    note = f"{len(heard.sent)} changes, {heard.events:,} events, all {len(waits):,} heard"
    table.figures += [
        Figure(name="p50", ours=Span.of([median(waits)]), note=note),
        Figure(name="p99", ours=Span.of([waits[len(waits) * 99 // 100]]), target=TARGET),
        Figure(name="longest", ours=Span.of([waits[-1]])),
        Figure(
            name="memory of the hub, MiB more than before",
            ours=Span.of([(memory[1] - memory[0]) / MIB]),
            note=f"who does not read: {silence.result()}",
        ),
    ]
    return [table]


async def _send(hub: Asker, case: str, heard: Heard, numbers: range) -> None:
    """Send at an even pace; the numbers are those of the entries that come of it."""
    begun = time.perf_counter()
    async with AsyncExitStack() as stack:
        connection = await _connection(hub, stack)
        for number in numbers:
            await asyncio.sleep(max(0.0, begun + (number - numbers.start) * 60 / PER_MINUTE - time.perf_counter()))
            given = {"idempotencyKey": secrets.token_hex(16), "id": case, "text": TEXT, "assertionType": "FACT"}
            heard.sent[number] = time.perf_counter()
            await _ask(connection, str(number), NOTE, {"input": given})
            done = json.loads(await connection.recv())["payload"]["data"]["addNote"]["__typename"]
            if done != "CaseChanged":
                raise BenchError(f"a note is not taken: {done}")
            await connection.recv()  # that this was all


async def _lengthen(hub: Asker, case: str) -> None:
    """Note at length."""
    async with AsyncExitStack() as stack:
        connection = await _connection(hub, stack)
        for number in range(LONG_NOTES):
            given = {"idempotencyKey": secrets.token_hex(16), "id": case, "text": LONG, "assertionType": "FACT"}
            await _ask(connection, str(number), NOTE, {"input": given})
            await connection.recv()
            await connection.recv()  # that this was all


async def _tell(hub: Asker, case: str, heard: Heard, numbers: range, deaf: Deaf) -> str:
    """Send in two halves, and say how it stands with who does not read.

    Raises BenchError where sending to them never had to wait: it does once the kernel has taken all that it takes, so
    that not one whole event more is there at the end than at half of the changes.
    """
    half = len(numbers) // 2
    await _send(hub, case, heard, numbers[:half])
    before = deaf.waiting()
    await _send(hub, case, heard, numbers[half:])
    if deaf.is_dropped:
        return "dropped by the hub"
    waiting = deaf.waiting()
    if waiting < BUFFER or waiting - before >= len(LONG) * LONG_NOTES:
        raise BenchError("the client that does not read never held anything up; measure for more SECONDS")
    return f"{waiting / 1024:.0f} KiB wait in the kernel, and the hub until it takes more"


async def _listener(hub: Asker, case: str, stack: AsyncExitStack) -> Listener:
    """Begin to listen, and hear the first event."""
    connection = await _connection(hub, stack)
    await _ask(connection, "1", HEARING, {"id": case})
    return Listener(connection=connection, count=await _count(connection))


async def _connection(hub: Asker, stack: AsyncExitStack) -> ClientConnection:
    opening = connect(hub.url.replace("http", "ws", 1), subprotocols=[PROTOCOL], proxy=None)
    connection = await stack.enter_async_context(opening)
    await connection.send(json.dumps({"type": "connection_init", "payload": dict(hub.headers)}))
    await connection.recv()
    return connection


async def _ask(connection: ClientConnection, ident: str, query: str, variables: Mapping[str, object]) -> None:
    asked = {"query": query, "variables": variables}
    await connection.send(json.dumps({"type": "subscribe", "id": ident, "payload": asked}))


async def _listen(listener: Listener, heard: Heard, changes: int) -> None:
    """Listen until the last change was heard of."""
    last = listener.count + changes
    while listener.count < last:
        count = await _count(listener.connection)
        heard.hear(listener.count, count)
        listener.count = count


async def _count(connection: ClientConnection) -> int:
    told = json.loads(await connection.recv())
    if told["type"] != "next":
        raise BenchError(f"a listener is told {told}")
    return int(told["payload"]["data"]["caseUpdates"]["case"]["entries"]["totalCount"])
