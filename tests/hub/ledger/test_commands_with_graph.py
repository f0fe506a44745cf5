"""`hub ledger` where it asks the graph."""

import asyncio
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from graph.store import Connection
from hub.cli.main import main
from hub.ledger.mirror import GraphMirror
from hub.ledger.segments import write_public_key
from tests.hub.ledger.test_graph_mirror import cut_last_line, made
from tests.hub.ledger.writing import checked, told, write
from tests.support.engine import fresh_store, on_one_engine

pytestmark = on_one_engine


@pytest.fixture
def folder(tmp_path: Path, engine_connection: Connection) -> Path:
    ledger = tmp_path / "data" / "ledger"
    head = write(ledger, [told("rec_1", "rec_9"), told("rec_2"), told("rec_3")])
    key = str(checked(ledger).key)
    write_public_key(ledger, key)
    (tmp_path / "data" / "format").write_text("1\n")

    async def fill() -> None:
        async with fresh_store(engine_connection) as store:
            await made(store)
            await GraphMirror(store).note(key, 0, head)

    asyncio.run(fill())
    return ledger


def run(folder: Path, connection: Connection, *arguments: str) -> Result:
    variables = {
        "HUB_DATA": str(folder.parent),
        "HUB_GRAPH_URL": connection.url,
        "HUB_GRAPH_USER": connection.user,
        "HUB_GRAPH_PASSWORD": connection.password,
    }
    return CliRunner().invoke(main, ["ledger", *arguments], env=variables)


@pytest.mark.parametrize("person", ["per_now", "per_older"])
def test_who_saw_finds_a_person_by_the_present_and_by_a_retired_id(
    folder: Path, engine_connection: Connection, person: str
) -> None:
    result = run(folder, engine_connection, "who-saw", person)
    assert result.exit_code == 0, result.output
    assert "2 disclosures of 2 records" in result.output
    assert "Person rec_1:" in result.output
    assert "rec_3" not in result.output


def test_who_saw_does_not_answer_for_a_person_that_the_graph_does_not_have(
    folder: Path, engine_connection: Connection
) -> None:
    result = run(folder, engine_connection, "who-saw", "per_no")
    assert (result.exit_code, "0 disclosures" in result.output) == (2, False)
    assert "the graph has no record of 'per_no'" in result.output


def test_verify_compares_the_open_end_with_the_graph(folder: Path, engine_connection: Connection) -> None:
    assert run(folder, engine_connection, "verify", "--mirror").exit_code == 0
    cut_last_line(folder)
    result = run(folder, engine_connection, "verify", "--mirror")
    assert result.exit_code == 1
    assert "WRONG  chain-000: it ends at line 3 of the chain, and had come to 4" in result.output
    assert run(folder, engine_connection, "verify").exit_code == 0
