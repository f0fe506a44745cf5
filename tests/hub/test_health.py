"""Readiness names what is missing, to anybody, and says nothing of what the hub holds."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.routing import Route

from graph.ddl import rules
from graph.store import Connection, Store
from hub.checkup.finding import Finding
from hub.folder import Folder
from hub.health import REASONS, Examination, Health, examinations
from hub.policies import read_policies
from hub.services import Services
from policies.engine import compile_engine
from schema.catalogue import catalogue
from tests.support.engine import fresh_store
from tests.support.hub import DAY


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Hub:
    """The health of a hub over a real graph and folder; `day` may be set."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.clock = Clock()
        self.day = DAY
        engine = compile_engine(read_policies(None), catalogue())
        self.health = Health(examinations=examinations(services, lambda: engine, lambda: self.day), clock=self.clock)

    async def ask(self) -> tuple[int, dict[str, Any]]:
        """Ask after the last answer has gone stale."""
        self.clock.now += 10
        app = Starlette(routes=[Route("/", self.health.ready)])
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://hub") as client:
            answer = await client.get("/")
        return answer.status_code, json.loads(answer.content)

    async def missing(self) -> list[str]:
        status, told = await self.ask()
        assert set(told["checks"]) == set(REASONS)
        found = [name for name, check in told["checks"].items() if not check["ok"]]
        assert [told["checks"][name]["reason"] for name in found] == [REASONS[name] for name in found]
        assert (status, told["status"]) == ((503, "not ready") if found else (200, "ready"))
        return found


@asynccontextmanager
async def a_hub(connection: Connection, folder: Path) -> AsyncIterator[Hub]:
    async with fresh_store(connection) as store:
        hub = Hub(Services(folder=Folder.open(folder), store=store, engine=None))
        assert hub.services.folder.ledger.exists()
        assert await hub.missing() == []
        yield hub


def counted(examined: Mapping[str, Examination], looks: list[str]) -> Mapping[str, Examination]:
    """The same examinations, each of which notes that it was made."""

    def noting(name: str, examine: Examination) -> Examination:
        async def look() -> Finding:
            looks.append(name)
            return await examine()

        return look

    return {name: noting(name, examine) for name, examine in examined.items()}


async def run(store: Store, statement: str) -> None:
    await store.write(lambda transaction: transaction.run(statement))


def test_each_thing_that_is_missing_is_named(engine_connection: Connection, tmp_path: Path) -> None:
    async def look() -> None:
        lost = next(rule for rule in rules() if rule.unique)
        async with a_hub(engine_connection, tmp_path / "hub") as hub:
            hub.day = "1999-01-01"
            assert await hub.missing() == ["policies"]
            shutil.rmtree(hub.services.folder.path / "ledger")
            assert await hub.missing() == ["ledger", "policies"]
            await run(hub.services.store, f"DROP CONSTRAINT {lost.name}")
            assert await hub.missing() == ["migrations", "ledger", "policies"]
            await run(hub.services.store, lost.statement)
            assert hub.services.folder.ledger.exists()
            hub.day = DAY
            assert await hub.missing() == []

    asyncio.run(look())


def test_a_graph_that_is_away_is_named_and_its_address_is_not(tmp_path: Path) -> None:
    async def look() -> None:
        store = Store(Connection(url="bolt://127.0.0.1:1", user="hub", password="made up"))
        hub = Hub(Services(folder=Folder.open(tmp_path / "hub"), store=store, engine=None))
        assert hub.services.folder.ledger.exists()
        assert await hub.missing() == ["engine", "migrations"]
        _, told = await hub.ask()
        assert "127.0.0.1" not in str(told)
        await store.close()

    asyncio.run(look())


def test_however_often_it_is_asked_it_looks_once_a_second(engine_connection: Connection, tmp_path: Path) -> None:
    async def look() -> None:
        async with a_hub(engine_connection, tmp_path / "hub") as hub:
            looks: list[str] = []
            hub.health = replace(hub.health, examinations=counted(hub.health.examinations, looks))
            app = Starlette(routes=[Route("/", hub.health.ready)])
            async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://hub") as client:
                await asyncio.gather(*(client.get("/") for _ in range(20)))
                assert sorted(looks) == sorted(REASONS)
                hub.clock.now += 1
                await client.get("/")
                assert len(looks) == 2 * len(REASONS)

    asyncio.run(look())
