"""What passes inside the hub while it answers: the statements that are run, and the ledger's entries."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bench import servers
from bench.holding import AGREED
from bench.loading import opened
from bench.questions import Dialect, Question, document
from bench.setting import Setting
from bench.unrecorded import RECEIPT
from graph.store import Store
from hub import stamps
from hub.answers import GraphQLRequest
from hub.graphql import GraphQLAnswerer, Means
from hub.policies import read_policies
from hub.scribe import GraphScribe
from hub.watch import PolicyWatch
from policies.engine import compile_engine
from policies.sealing import Seal
from resolvers.binding import bound_contract
from resolvers.ledger import Entry, Ledger
from schema.catalogue import catalogue

DAY = "2026-11-24"


@dataclass(slots=True, kw_only=True)
class Overheard(Ledger):
    """Takes the place of store and ledger, and keeps what passes."""

    store: Store
    statements: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)

    async def read(self, statement: str, parameters: Mapping[str, Any] | None = None) -> Any:  # noqa: ANN401 - the shape is the statement's
        """Run the statement, and keep it."""
        self.statements.append((statement, dict(parameters or {})))
        return await self.store.read(statement, parameters)

    async def record(self, entry: Entry) -> str:
        """Keep the entry."""
        self.entries.append(entry)
        return RECEIPT


async def overhear(setting: Setting, *questions: Question) -> Overheard:
    """Let the read path answer each once in this process."""
    async with opened(setting.ground.connection) as store:
        watch = PolicyWatch(compile_engine(read_policies(AGREED), catalogue()))
        await watch.refresh(store)
        overheard = Overheard(store=store)
        means = Means(
            schema=bound_contract(),
            store=overheard,
            scribe=GraphScribe(
                store=store,
                watch=watch,
                stamp=stamps.stamp,
                wake=lambda: None,
                seal=Seal(master=bytes(32), chance=bytes),
            ),
            policies=watch,
            ledger=overheard,
            cursor_secret=bytes(32),
            today=lambda: DAY,
        )
        answerer = GraphQLAnswerer(means=means)
        for question in questions:
            asked = document(question, Dialect.HUB, setting.town)
            request = GraphQLRequest(query=asked["query"], variables=asked["variables"])
            await answerer(request, servers.caller(), servers.PURPOSE)
    return overheard
