"""`hub doctor` says in words what is set up, and its exit code whether something is wrong."""

import asyncio
import re
import secrets
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from graph.store import Connection, Transaction
from hub.cli.main import main
from hub.folder import Folder, FolderError
from hub.ledger.segments import PUBLIC_KEY
from hub.master_key import NAME, master_key
from hub.services import Services
from hub.settings import Settings
from policies.sealing import Seal
from tests.support.engine import fresh_store, on_one_engine

pytestmark = on_one_engine


@pytest.fixture
def variables(engine_connection: Connection, tmp_path: Path) -> dict[str, str]:
    return {
        "HUB_MODE": "demo",
        "HUB_DATA": str(Folder.open(tmp_path / "hub").path),
        "HUB_GRAPH_URL": engine_connection.url,
        "HUB_GRAPH_USER": engine_connection.user,
        "HUB_GRAPH_PASSWORD": engine_connection.password,
    }


def doctor(variables: dict[str, str], *arguments: str) -> Result:
    return CliRunner(env=variables).invoke(main, ["doctor", *arguments])


def prepare(connection: Connection, *statements: str) -> None:
    async def work(transaction: Transaction) -> None:
        for statement in statements:
            await transaction.run(statement)

    async def run() -> None:
        async with fresh_store(connection) as store:
            await store.write(work)

    asyncio.run(run())


def test_a_sound_hub_has_nothing_wrong(engine_connection: Connection, variables: dict[str, str]) -> None:
    prepare(engine_connection)
    answer = doctor(variables, "--facts")
    assert [line for line in answer.output.splitlines() if not line.startswith("ok ")] == [
        "note   ledger   nothing is recorded yet",
        "nothing is wrong",
    ]
    assert answer.exit_code == 0


def test_a_graph_that_was_not_migrated_is_noted(engine_connection: Connection, variables: dict[str, str]) -> None:
    prepare(engine_connection, "MATCH (m:Migration) DELETE m")
    answer = doctor(variables)
    assert "not migrated yet: 0000-property-keys" in answer.output
    assert "-> `hub serve` does it" in answer.output
    assert answer.exit_code == 0


def test_many_fact_classes_are_noted(engine_connection: Connection, variables: dict[str, str]) -> None:
    prepare(engine_connection, "UNWIND range(1, 301) AS n CREATE (:FactClass {name: 'class ' + toString(n)})")
    assert "301 fact classes, more than 300" in doctor(variables).output


def test_a_graph_of_a_newer_version_is_wrong(engine_connection: Connection, variables: dict[str, str]) -> None:
    prepare(engine_connection, "CREATE (:Migration {name: '9999-later'})")
    answer = doctor(variables)
    assert "9999-later" in answer.output
    assert answer.output.endswith("1 thing is wrong\n")
    assert answer.exit_code == 1


def test_a_fact_that_does_not_follow_is_wrong(engine_connection: Connection, variables: dict[str, str]) -> None:
    prepare(
        engine_connection,
        "CREATE (:Ward {wardId: 'ward_1', sourceKey: 'hub/wards-2025/1', owner: 'hub', dataset: 'wards-2025',"
        " sensitivity: 'OFFICIAL', marked: [], facts: 'Ward/police/wards-2025/OFFICIAL/-'})",
    )
    answer = doctor(variables, "--facts")
    assert "Ward/police/wards-2025" in answer.output
    assert "-> restore the graph from a backup" in answer.output
    assert answer.exit_code == 1


def test_a_graph_that_is_away_is_wrong_and_the_rest_is_said(variables: dict[str, str]) -> None:
    answer = doctor({**variables, "HUB_GRAPH_URL": "bolt://127.0.0.1:1"})
    assert "bolt://127.0.0.1:1 does not answer" in answer.output
    assert "ok     folder" in answer.output
    assert answer.exit_code == 1


def test_bad_policies_are_wrong(variables: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "agreements").mkdir()
    (tmp_path / "agreements" / "asb.yaml").write_text("id: [")
    answer = doctor({**variables, "HUB_POLICIES": str(tmp_path)})
    assert "WRONG  policies" in answer.output
    assert answer.exit_code == 1


def test_every_mapping_that_does_not_hold_is_wrong(variables: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "mappings").mkdir()
    for name in ("wardens", "rangers"):
        (tmp_path / "mappings" / f"{name}.yaml").write_text(f"name: {name}")
    answer = doctor({**variables, "HUB_MAPPINGS": str(tmp_path / "mappings")})
    for name in ("wardens", "rangers"):
        assert f"WRONG  mappings {name}.yaml:1: error: `title` is missing" in answer.output
        assert f"-> until it is mended or taken away {name} cannot be imported" in answer.output
    assert re.search("ok     mappings [0-9]+ datasets can be imported", answer.output)
    assert "2 things are wrong" in answer.output
    assert answer.exit_code == 1


def test_issuers_that_are_not_as_they_must_be_are_told_of(
    engine_connection: Connection, variables: dict[str, str], tmp_path: Path
) -> None:
    prepare(engine_connection)
    production = {**variables, "HUB_MODE": "production"}
    assert "note   issuers  HUB_ISSUERS is not set, so nobody can sign in" in doctor(production).output
    issuers = tmp_path / "issuers"
    issuers.mkdir()
    production["HUB_ISSUERS"] = str(issuers)
    assert "has no document, so nobody can sign in" in doctor(production).output
    nobody = "issuer: http://127.0.0.1:9\nagencies: council\nsign_in: {title: City Council, client: hub}\n"
    (issuers / "council.yaml").write_text(nobody, encoding="utf-8")
    answer = doctor(production)
    assert "WRONG  issuers  people sign in, and HUB_URL does not say where browsers find the hub" in answer.output
    assert "127.0.0.1:9/.well-known/openid-configuration does not answer: ConnectError" in answer.output
    assert "until it answers nobody of council can sign in" in answer.output
    assert answer.exit_code == 1
    (issuers / "council.yaml").write_text("issuer: here\n", encoding="utf-8")
    answer = doctor(production)
    assert "WRONG  issuers  council.yaml:1: error: `agencies` is missing" in answer.output
    assert "until it is mended the hub does not serve" in answer.output


def test_a_key_that_does_not_open_what_is_sealed_is_wrong_and_never_shown(
    engine_connection: Connection, variables: dict[str, str]
) -> None:
    key, other = "5e" * 32, "6f" * 32
    seal = Seal(master=bytes.fromhex(key), chance=secrets.token_bytes)
    sealed = [f"['{seal.close('Drums')}']", f"['{seal.close('Drums')}', 'torn']"]
    prepare(engine_connection, f"CREATE (:Referral {{referralId: 'ref_1', receivedAt: '1', narrative: {sealed[0]}}})")
    keyless = doctor(variables).output
    assert "narratives are sealed, and there is no master key" in keyless
    assert "until then the hub does not start" in keyless
    assert not Folder.open(Path(variables["HUB_DATA"])).keeps(NAME), "the doctor makes none"
    for given, words, code in (
        ({"HUB_MASTER_KEY": key}, "ok     sealed   the master key opens", 0),
        ({"HUB_MASTER_KEY": other}, "WRONG  sealed   the master key does not open every narrative", 1),
        ({"HUB_MASTER_KEY": f"{other}7"}, "HUB_MASTER_KEY is no key", 1),
    ):
        answer = doctor({**variables, **given})
        assert words in answer.output
        assert answer.exit_code == code
        assert not any(shown in answer.output for shown in (key, other, "Drums"))
    prepare(engine_connection, f"CREATE (:Referral {{referralId: 'ref_1', receivedAt: '1', narrative: {sealed[1]}}})")
    keyed = doctor({**variables, "HUB_MASTER_KEY": key}).output
    assert "does not open every narrative" in keyed
    assert "until then it is told as an error" in keyed


def test_no_new_key_is_made_where_something_is_sealed_under_one_that_is_gone(
    engine_connection: Connection, tmp_path: Path
) -> None:
    folder = Folder.open(tmp_path / "hub")
    settings = Settings.read({"HUB_DATA": str(folder.path)})
    referral = "CREATE (:Referral {referralId: 'ref_1', receivedAt: '1', narrative: ['x']})"

    async def run() -> None:
        async with fresh_store(engine_connection) as store:
            services = Services(folder=folder, store=store, engine=None)
            made = await master_key(settings, services)
            assert made == await master_key(settings, services)
            await store.write(lambda transaction: transaction.run(referral))
            assert made == await master_key(settings, services)
            (folder.path / "keys" / NAME).unlink()
            with pytest.raises(FolderError, match="name a new one there"):
                await master_key(settings, services)
            assert not folder.keeps(NAME)
            named = Settings.read({"HUB_DATA": str(folder.path), "HUB_MASTER_KEY": "5e" * 32})
            assert await master_key(named, services) == bytes.fromhex("5e" * 32)

    asyncio.run(run())


def test_a_changed_ledger_is_wrong(variables: dict[str, str]) -> None:
    ledger = Folder.open(Path(variables["HUB_DATA"])).ledger
    (ledger / PUBLIC_KEY).write_text("no key")
    answer = doctor(variables)
    assert "WRONG  ledger" in answer.output
    assert answer.exit_code == 1
