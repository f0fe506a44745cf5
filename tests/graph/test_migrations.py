"""The steps that a stored graph takes."""

import asyncio

import pytest

from graph import chains, consequences, ddl, enrolment
from graph.change import Change, commit
from graph.errors import GraphOutdated
from graph.migrations import migrate, missing_constraints, pending
from graph.store import Connection, Store
from graph.vocabulary import Node
from tests.graph.making import (
    case,
    concerns,
    differences,
    members_of,
    people,
    person,
    person_of,
    premises,
    resides,
    stamp,
    write,
)
from tests.support.engine import fresh_store, on_every_engine
from tests.support.neo4j.server import USER as NEO4J

RENAME = "MERGE (m:Migration {name: '9999-from-the-future'})"
NHS = "943 476 5919"
FORGET = "MATCH (m:Migration {name: '9999-from-the-future'}) DELETE m"


def test_a_migrated_graph_enforces_what_the_model_declares(engine_connection: Connection) -> None:
    async def story() -> None:
        async with fresh_store(engine_connection) as store:
            assert await missing_constraints(store) == []
            assert await pending(store) == []
            assert await migrate(store, stamp()) == []

    asyncio.run(story())


def test_a_graph_made_by_a_newer_version_is_refused(engine_connection: Connection) -> None:
    async def story() -> None:
        async with fresh_store(engine_connection) as store:
            await _run(store, RENAME)
            with pytest.raises(GraphOutdated, match="newer version: it records 9999-from-the-future"):
                await migrate(store, stamp())
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


def test_who_lived_at_a_hidden_place_comes_to_stand_apart(engine_connection: Connection) -> None:
    lodger, same, lair = person("police/1", nhsNumber=NHS), person("police/2", nhsNumber=NHS), premises("police/lair")

    async def hide(change: Change) -> None:
        """Hide the place as it was done before."""
        await change.take_turn()
        ids = await change.ask("MATCH (m:Premises) SET m.marked = ['covert'] RETURN collect(m.premisesId)", {})
        change.touch(Node.PREMISES, ids)
        await consequences.draw(change)

    async def story() -> None:
        async with fresh_store(engine_connection) as store:
            await write(store, lodger, same, lair, resides(lodger, lair))
            await commit(store, stamp(), hide)
            assert (await person_of(store, "police/2"))["protections"] == ["covert"]
            await _run(store, "MATCH (m:Migration {name: '0013-apart-by-home'}) DELETE m")
            assert await migrate(store, stamp()) == ["0013-apart-by-home"]
            assert (await person_of(store, "police/2"))["protections"] == []
            assert await people(store) == {frozenset({"police/1"}), frozenset({"police/2"})}
            assert await differences(store) == []

    asyncio.run(story())


def test_who_takes_part_in_cases_comes_to_stand_on_each_record_as_a_text(engine_connection: Connection) -> None:
    """Also where a hub broke it off, and an older one went on meanwhile; what is unknown stays so."""
    matter, place = case("police/c", "police", "council"), premises("council/1")
    matters = [concerns(matter, one) for one in (place, person("police/1"))]
    listed = "MATCH (n) WHERE n.caseAgencies IS NOT NULL RETURN collect(DISTINCT head(labels(n)))"
    texts = "MATCH (n) WHERE n.caseMembers IS NOT NULL RETURN collect(DISTINCT n.caseMembers)"

    async def story() -> None:
        async with fresh_store(engine_connection) as store:
            await write(store, matter, place, premises("council/2"), person("police/1"), person("police/2"), *matters)
            for statement in STORED_BEFORE:
                await _run(store, statement)
            assert await store.read(texts) == [",stale,"]
            await _run(store, "MATCH (m:Migration {name: '0017-members-of-cases'}) DELETE m")
            assert await migrate(store, stamp()) == ["0017-members-of-cases"]
            assert await store.read(listed) == ["Person"]
            assert await members_of(store) == {"police/1": ",council,police,", "police/2": ""}
            assert await members_of(store, "Premises") == {"council/1": ",council,police,", "council/2": None}
            assert {one.stored for one in await differences(store)} == {"None"}
            await enrolment.fill(store, stamp())
            assert await members_of(store) == {"police/1": ",council,police,", "police/2": ""}

    asyncio.run(story())


STORED_BEFORE = (
    "MATCH (m:Premises {key: '1'}) SET m.caseAgencies = ['council', 'police']",
    "MATCH (m:Premises) REMOVE m.caseMembers",
    "MATCH (r:PersonRecord {key: '1'}) REMOVE r.caseMembers",
    "MATCH (r:PersonRecord {key: '2'}) SET r.caseMembers = ',stale,'",
)


async def _run(store: Store, statement: str) -> None:
    await store.write(lambda transaction: transaction.run(statement))


def test_nobody_writes_in_a_graph_that_is_not_migrated(engine_connection: Connection) -> None:
    async def story() -> None:
        async with fresh_store(engine_connection) as store:
            await _run(store, "MATCH (t:Turn) DELETE t")
            with pytest.raises(GraphOutdated, match="not migrated"):
                await write(store, person("council/1"))

    asyncio.run(story())
