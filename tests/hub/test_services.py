"""A graph is served when it is as this program expects, and not before."""

import asyncio
from pathlib import Path

import pytest

from graph.ddl import rules
from graph.errors import GraphOutdated, GraphUnavailable
from graph.migrations import missing_constraints, pending
from graph.store import Connection, Store, Transaction
from hub.engine.place import Place
from hub.folder import Folder
from hub.services import Services, bring_up_to_date, open_graph, open_services
from hub.settings import Settings
from tests.support.brief import let_be_brief
from tests.support.engine import fresh_store

pytestmark = pytest.mark.timeout(300)
"""An engine is started several times, which takes long on a busy machine."""


def starts(settings: Settings) -> int:
    address = Place(path=settings.data / "engine").address()
    return address.starts if address else 0


async def run(store: Store, statement: str) -> None:
    async def work(transaction: Transaction) -> None:
        await transaction.run(statement)

    await store.write(work)


def test_a_new_graph_is_migrated_once_and_its_engine_started_anew_after_that(tmp_path: Path) -> None:
    settings = Settings.read({"HUB_DATA": str(tmp_path / "hub")})
    let_be_brief(Folder.open(settings.data).engine)

    async def lacks() -> list[str]:
        async with open_graph(settings) as store:
            return [*await pending(store), *await missing_constraints(store)]

    async def open_several() -> None:
        async with open_services(settings):
            assert not any(await asyncio.gather(lacks(), lacks()))
            assert starts(settings) == 2
            assert await lacks() == []
            assert starts(settings) == 2

    asyncio.run(open_several())


def test_a_graph_without_one_of_its_constraints_is_not_served(engine_connection: Connection, tmp_path: Path) -> None:
    lost = next(rule for rule in rules() if rule.unique)

    async def serve() -> None:
        async with fresh_store(engine_connection) as store:
            services = Services(folder=Folder.open(tmp_path / "hub"), store=store, engine=None)
            await bring_up_to_date(services)
            await run(store, f"DROP CONSTRAINT {lost.name}")
            await bring_up_to_date(services)

    with pytest.raises(GraphOutdated, match=f"{lost.label}.{lost.fields[0]} not unique"):
        asyncio.run(serve())


def test_a_graph_of_a_newer_version_is_not_served(engine_connection: Connection, tmp_path: Path) -> None:
    async def serve() -> None:
        async with fresh_store(engine_connection) as store:
            await run(store, "CREATE (:Migration {name: '9999-later'})")
            await bring_up_to_date(Services(folder=Folder.open(tmp_path / "hub"), store=store, engine=None))

    with pytest.raises(GraphOutdated, match="9999-later"):
        asyncio.run(serve())


def test_a_server_that_does_not_answer_is_named(tmp_path: Path) -> None:
    given = {"HUB_GRAPH_URL": "bolt://127.0.0.1:1", "HUB_GRAPH_USER": "hub", "HUB_GRAPH_PASSWORD": "made up"}
    settings = Settings.read({"HUB_DATA": str(tmp_path / "hub"), **given})

    async def serve() -> None:
        async with open_services(settings, patience=0.1):
            pass

    with pytest.raises(GraphUnavailable, match=r"bolt://127\.0\.0\.1:1 does not answer; see HUB_GRAPH_URL"):
        asyncio.run(serve())
