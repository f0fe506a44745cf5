"""The hub without its ledger against the bare driver that runs the same statement, one client."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bench import servers
from bench.figures import Figure, Table, at_most
from bench.holding import AGREED
from bench.loading import opened
from bench.questions import Dialect, Question, document
from bench.rounds import Span, alternate, times
from bench.setting import Setting
from bench.unrecorded import Unrecorded
from graph.store import Store
from hub.answers import GraphQLRequest
from hub.graphql import GraphQLAnswerer, Means
from hub.policies import read_policies
from hub.watch import PolicyWatch
from policies.engine import compile_engine
from resolvers.binding import bound_contract
from schema.catalogue import catalogue

QUESTIONS = (Question.LIST, Question.CASE)
TARGET = at_most(1.5)
DAY = "2026-11-24"


@dataclass(slots=True, kw_only=True)
class Overheard:
    """A store that keeps the statements that pass."""

    store: Store
    statements: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    async def read(self, statement: str, parameters: Mapping[str, Any] | None = None) -> Any:  # noqa: ANN401 - the shape is the statement's
        """Run the statement, and keep it."""
        self.statements.append((statement, dict(parameters or {})))
        return await self.store.read(statement, parameters)


async def compare(setting: Setting) -> list[Table]:
    """Measure list and case view."""
    table = setting.table("Against the bare driver with orjson behind Starlette, one client, no ledger", "ms, p50")
    async with servers.hub(setting.ground, "unrecorded", ledger=False) as ours:
        for question in QUESTIONS:
            statement, parameters = await overhear(setting, question)
            async with servers.bare(setting.ground, statement, parameters) as theirs:
                samples = await alternate((ours, theirs), question, setting.town, setting.effort())
            table.figures.append(
                Figure(
                    name=question.value,
                    ours=Span.of([one.p50 for one in samples[ours.name]]),
                    theirs=Span.of([one.p50 for one in samples[theirs.name]]),
                    ratio=times(samples, ours.name, theirs.name),
                    target=TARGET,
                )
            )
    return [table]


async def overhear(setting: Setting, question: Question) -> tuple[str, dict[str, Any]]:
    """The statement by which the read path answers, with its parameters."""
    async with opened(setting.ground.connection) as store:
        watch = PolicyWatch(compile_engine(read_policies(AGREED), catalogue()))
        await watch.refresh(store)
        overheard = Overheard(store=store)
        means = Means(
            schema=bound_contract(),
            store=overheard,
            policies=watch,
            ledger=Unrecorded(),
            cursor_secret=bytes(32),
            today=lambda: DAY,
        )
        asked = document(question, Dialect.HUB, setting.town)
        request = GraphQLRequest(query=str(asked["query"]), variables=asked["variables"])
        await GraphQLAnswerer(means=means)(request, servers.caller(), servers.PURPOSE)
    (statement,) = overheard.statements
    return statement
