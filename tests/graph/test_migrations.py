"""The steps that a stored graph takes."""

import asyncio

import pytest

from graph import chains, ddl
from graph.errors import GraphOutdated
from graph.migrations import migrate, missing_constraints, pending
from graph.store import Connection, Store
from tests.graph.making import person, write
from tests.support.engine import fresh_store, on_every_engine
from tests.support.neo4j.server import USER as NEO4J

RENAME = "MERGE (m:Migration {name: '9999-from-the-future'})"
FORGET = "MATCH (m:Migration {name: '9999-from-the-future'}) DELETE m"


def test_a_migrated_graph_enforces_what_the_model_declares(engine_connection: Connection) -> None:
    async def story() -> None:
        async with fresh_store(engine_connection) as store:
            assert await missing_constraints(store) == []
            assert await pending(store) == []
            assert await migrate(store, "2026-01-01T00:00:00Z") == []

    asyncio.run(story())


def test_a_graph_made_by_a_newer_version_is_refused(engine_connection: Connection) -> None:
    async def story() -> None:
        async with fresh_store(engine_connection) as store:
            await _run(store, RENAME)
            with pytest.raises(GraphOutdated, match="newer version: it records 9999-from-the-future"):
                await migrate(store, "2026-01-01T00:00:00Z")
            await _run(store, FORGET)

    asyncio.run(story())


def test_a_constraint_that_was_lost_is_named(engine_connection: Connection) -> None:
    async def story() -> None:
        async with fresh_store(engine_connection) as store:
            rule = next(rule for rule in ddl.rules() if rule.label == "FactClass")
            await _run(store, f"DROP CONSTRAINT {rule.name} IF EXISTS")
            try:
                assert await missing_constraints(store) == ["FactClass.name"]
            finally:
                await _run(store, rule.statement)

    asyncio.run(story())


@on_every_engine
def test_the_keys_that_reads_look_at_have_the_last_numbers_of_a_table(engine_connection: Connection) -> None:
    async def story() -> None:
        async with fresh_store(engine_connection) as store:
            if engine_connection.user == NEO4J:
                numbered = await store.read("CALL db.propertyKeys() YIELD propertyKey RETURN collect(propertyKey)")
                assert tuple(numbered[: len(chains.keys())]) == chains.keys()
            assert await store.read("MATCH (n:Turn) RETURN collect(n.name)") == ["writer"]

    assert chains.keys()[chains.PLACES - len(chains.NEAR) : chains.PLACES] == chains.NEAR
    assert len(set(chains.keys())) == len(chains.keys())
    asyncio.run(story())


def test_every_id_and_source_key_is_unique() -> None:
    unique = {f"{rule.label}.{rule.fields[0]}" for rule in ddl.rules() if rule.unique}
    assert unique >= {
        "PersonRecord.recordId",
        "PersonRecord.sourceKey",
        "Person.personId",
        "Premises.sourceKey",
        "Case.caseId",
        "FactClass.name",
    }


async def _run(store: Store, statement: str) -> None:
    await store.write(lambda transaction: transaction.run(statement))


def test_nobody_writes_in_a_graph_that_is_not_migrated(engine_connection: Connection) -> None:
    async def story() -> None:
        async with fresh_store(engine_connection) as store:
            await _run(store, "MATCH (t:Turn) DELETE t")
            with pytest.raises(GraphOutdated, match="not migrated"):
                await write(store, person("council/1"))

    asyncio.run(story())
