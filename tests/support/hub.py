"""A hub inside the test: a real graph and real policies, and a ledger that is a list."""

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from strawberry.federation import Schema

from graph.change import Stamp
from graph.store import Store
from hub import stamps
from hub.answers import GraphQLRequest, refusal
from hub.bell import Bell
from hub.demo_people import DEMO_PEOPLE
from hub.graphql import GraphQLAnswerer, Means
from hub.policies import read_policies
from hub.scribe import GraphScribe
from hub.watch import PolicyWatch
from policies.engine import Engine, compile_engine
from policies.sealing import Seal
from policies.viewer import Principal
from resolvers.binding import bound_contract
from resolvers.documents import Documents
from resolvers.ledger import Entry, Ledger
from schema.catalogue import catalogue

DAY = "2026-11-24"
SECRET = bytes(range(32))
SEAL = Seal(master=SECRET, chance=secrets.token_bytes)
ASB = "ASB_PREVENTION"
PEOPLE = {person.name: person.principal for person in DEMO_PEOPLE}


@dataclass(slots=True)
class ListLedger(Ledger):
    """Keeps entries in memory and gives the same receipt each time, so that answers can be compared."""

    entries: list[Entry] = field(default_factory=list)

    async def record(self, entry: Entry) -> str:
        self.entries.append(entry)
        return "receipt"


@dataclass(slots=True, kw_only=True)
class TestHub:
    """Asks as somebody; `watch` is refreshed by hand, or by its own loop."""

    __test__ = False

    store: Store
    watch: PolicyWatch
    ledger: ListLedger
    answerer: GraphQLAnswerer
    bell: Bell

    async def body(
        self, who: str | Principal, purpose: str | None, query: str, variables: Mapping[str, Any] | None = None
    ) -> bytes:
        """Ask, and return the answer as it leaves; a refusal is worded as over HTTP."""
        principal = PEOPLE[who] if isinstance(who, str) else who
        try:
            answer = await self.answerer(GraphQLRequest(query=query, variables=variables or {}), principal, purpose)
        except Exception as error:  # noqa: BLE001 - whatever it is, it leaves as a refusal
            answer = refusal(error, "correlation")
        return answer.body

    async def ask(
        self, who: str | Principal, purpose: str | None, query: str, variables: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """Ask, and read the answer."""
        found: dict[str, Any] = json.loads(await self.body(who, purpose, query, variables))
        return found

    async def data(
        self, who: str | Principal, purpose: str | None, query: str, variables: Mapping[str, Any] | None = None
    ) -> Any:  # noqa: ANN401 - as asked
        """Ask what must be answered without an error, and return the data."""
        found = await self.ask(who, purpose, query, variables)
        assert "errors" not in found, found["errors"]
        return found["data"]

    async def code(
        self, who: str | Principal, purpose: str | None, query: str, variables: Mapping[str, Any] | None = None
    ) -> str:
        """Ask what must be refused whole, and return the code of the refusal."""
        found = await self.ask(who, purpose, query, variables)
        assert not found.get("data"), found
        return str(found["errors"][0]["extensions"]["code"])


@cache
def _shipped() -> Engine:
    """The shipped policies, compiled once: nothing changes them."""
    return compile_engine(read_policies(None), catalogue())


@cache
def _contract() -> Schema:
    return bound_contract()


@cache
def _documents() -> Documents:
    """What was found valid by the one contract, whichever hub was asked."""
    return Documents()


async def a_hub(
    store: Store, texts: Mapping[str, str] | None = None, stamp: Callable[[], Stamp] = stamps.stamp
) -> TestHub:
    """Open a hub over a migrated store, with the shipped policies or the given ones."""
    engine = _shipped() if texts is None else compile_engine(texts, catalogue())
    watch, ledger, bell = PolicyWatch(engine), ListLedger(), Bell()
    await watch.refresh(store)
    means = Means(
        schema=_contract(),
        store=store,
        scribe=GraphScribe(store=store, watch=watch, stamp=stamp, wake=bell.ring, seal=SEAL),
        policies=watch,
        ledger=ledger,
        cursor_secret=SECRET,
        today=lambda: DAY,
    )
    answerer = GraphQLAnswerer(means=means, documents=_documents())
    return TestHub(store=store, watch=watch, ledger=ledger, answerer=answerer, bell=bell)
