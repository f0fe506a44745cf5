"""A hub that is restored is the hub that was backed up; what is not whole is not restored at all."""

import asyncio
import os
import sys
from base64 import b64encode
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from graph.doctor import recompute
from graph.dump import LABELS
from graph.errors import GraphError, GraphOutdated
from graph.migrations import migrate, pending
from graph.mirror import read_heads
from graph.store import Connection, Store
from hub.backup.archive import Summary, verify
from hub.backup.errors import BackupError
from hub.backup.making import make
from hub.backup.restoring import fill, laid_out, look_through
from hub.cli.main import main
from hub.folder import Folder
from hub.ledger.seals import public_text
from hub.services import Services
from tests.hub.backup.keeping import FAMILY, OCCASION, a_hub, files, forge, held_by, lines_of
from tests.hub.ledger.writing import KEY, checked, told, write
from tests.support import hub as hubs
from tests.support import scenes
from tests.support.engine import fresh_store, wipe
from tests.support.scenes import person, sibling

pytestmark = pytest.mark.timeout(300)
Lines = list[dict[str, Any]]
MEMBERS = "0017-members-of-cases"
TELLING = """
MATCH (n) WHERE n.caseMembers <> '' WITH head(labels(n)) AS label, n.caseMembers AS members ORDER BY label
RETURN collect([label, members])"""


async def restore(path: Path, store: Store, folder: Path) -> Summary:
    services = Services(folder=Folder.open(folder), store=store, engine=None)
    summary = look_through(path)
    async with laid_out(path, services.folder) as drafts:
        await fill(path, summary, services, drafts)
    return summary


@asynccontextmanager
async def backed_up(connection: Connection, tmp_path: Path) -> AsyncIterator[Store]:
    """A hub whose backup stands in `backup`, and whose graph was then lost."""
    async with fresh_store(connection) as store:
        await make(tmp_path / "backup", await a_hub(store, tmp_path / "hub"), OCCASION)
        await wipe(store)
        yield store


async def answered(store: Store) -> list[bytes]:
    """What several people are answered about the family."""
    hub = await hubs.a_hub(store)
    people = ("asb-officer", "housing-officer", "police-officer", "councillor")
    return [await hub.body(who, hubs.ASB, FAMILY) for who in people]


def test_graph_answers_ledger_and_keys_are_what_they_were(engine_connection: Connection, tmp_path: Path) -> None:
    async def go() -> None:
        async with fresh_store(engine_connection) as store:
            services = await a_hub(store, tmp_path / "hub")
            held, told_before = await held_by(store), await answered(store)
            made = await make(tmp_path / "backup", services, OCCASION)
            await wipe(store)
            summary = await restore(tmp_path / "backup", store, tmp_path / "other")
            assert summary == made
            assert await held_by(store) == held
            assert await answered(store) == told_before
            assert b"Ada" in told_before[0]
            assert [difference async for difference in recompute(store)] == []
            assert await pending(store) == []
            key = public_text(KEY.public_key())
            heads = {head.chain: head for head in await read_heads(store, key)}
            assert checked(tmp_path / "other" / "ledger", heads).findings == []  # type: ignore[arg-type]  # both have number and hash

    asyncio.run(go())
    before, after = files(tmp_path / "hub"), files(tmp_path / "other")
    assert before.pop("keys/development-issuer")
    assert {name: content for name, content in before.items() if not name.endswith(".lock")} == after
    write(tmp_path / "other" / "ledger", [told("rec_later")], segment_bytes=2_000)
    assert checked(tmp_path / "other" / "ledger").findings == []


def test_a_backup_made_between_writes_holds_each_whole_or_not_at_all(
    engine_connection: Connection, tmp_path: Path
) -> None:
    async def go() -> None:
        async with fresh_store(engine_connection) as store:
            services, other = await a_hub(store, tmp_path / "hub"), Store(engine_connection)
            written = 0
            begun = asyncio.Event()

            async def work() -> None:
                nonlocal written
                while True:
                    one, two = (person(f"council/w{written}{side}", familyName="Elm") for side in "ab")
                    await scenes.write(other, one, two, sibling(one, two), seed=f"w{written}")
                    written += 1
                    begun.set()

            working = asyncio.create_task(work())
            await begun.wait()
            summary = await make(tmp_path / "backup", services, OCCASION)
            reached = written
            begun.clear()
            await begun.wait()
            assert written > reached
            working.cancel()
            await asyncio.wait([working])
            await other.close()
            await wipe(store)
            await restore(tmp_path / "backup", store, tmp_path / "other")
            pairs = await store.read("MATCH (a)-[:SIBLING_OF]->(b) WHERE a.familyName = 'Elm' RETURN count(*)")
            elms = await store.read("MATCH (a:PersonRecord) WHERE a.familyName = 'Elm' RETURN count(*)")
            assert elms == 2 * pairs
            assert summary.counts["nodes"]["PersonRecord"] == elms + 3
            assert 0 < pairs <= reached
            assert [difference async for difference in recompute(store)] == []

    asyncio.run(go())


def _of(kind: str, change: Callable[[dict[str, Any]], None]) -> Callable[[Lines], None]:
    def harm(lines: Lines) -> None:
        change(next(line for line in lines if line["kind"] == kind))

    return harm


def _ledger_edited(lines: Lines) -> None:
    segment = next(line for line in lines if line["of"].endswith(".jsonl")) if lines else {}
    segment["rows"][1] = b64encode(b'{"seq":2}\n').decode()


HARMS: dict[str, tuple[Callable[[Lines], None], str]] = {
    "a later step": (
        _of("header", lambda line: line["migrations"].append("9999-later")),
        "does not know: 9999-later",
    ),
    "a label unknown": (_of("nodes", lambda line: line.update(of="Robot")), "does not know: Robot"),
    "a link unknown": (_of("links", lambda line: line.update(of="A-EATS-B")), "does not know: A-EATS-B"),
    "a file elsewhere": (_of("file", lambda line: line.update(of="ledger/../../etc/passwd")), "no hub writes"),
    "a file of no text": (_of("file", lambda line: line.update(rows=["%"])), "cannot be read"),
    "a ledger edited": (lambda lines: _ledger_edited([line for line in lines if "of" in line]), "is not whole"),
}


def test_a_backup_that_does_not_fit_together_leaves_nothing_behind(
    engine_connection: Connection, tmp_path: Path
) -> None:
    async def go() -> None:
        async with backed_up(engine_connection, tmp_path) as store:
            for name, (harm, reason) in HARMS.items():
                lines = lines_of(tmp_path / "backup")
                harm(lines)
                forge(tmp_path / name, lines)
                with pytest.raises(BackupError, match=reason):
                    await restore(tmp_path / name, store, tmp_path / "other")
                assert await held_by(store) == ([], [])
                assert files(tmp_path / "other") == {}

    asyncio.run(go())
    assert {path.name for path in (tmp_path / "other").iterdir()} <= {"format", "ledger", "keys"}
    assert not (tmp_path / "etc").exists()


def _as_before(line: dict[str, Any]) -> None:
    """What a hub wrote that knew of no texts: the agencies of cases as lists."""
    if line["kind"] == "header":
        line["migrations"].remove(MEMBERS)
    for row in line["rows"] if line["kind"] == "nodes" else ():
        members = row.pop("caseMembers", None)
        if members is not None and line["of"] != "PersonRecord":
            row["caseAgencies"] = members.split(",")[1:-1]


def test_an_older_backup_is_migrated_once_it_is_restored(engine_connection: Connection, tmp_path: Path) -> None:
    async def go() -> None:
        async with backed_up(engine_connection, tmp_path) as store:
            lines = lines_of(tmp_path / "backup")
            for line in lines:
                _as_before(line)
            forge(tmp_path / "older", lines)
            await restore(tmp_path / "older", store, tmp_path / "other")
            assert await store.read(TELLING) == [
                ["Establishment", ",council,police,"],
                ["PersonRecord", ",council,police,"],
            ]
            assert [difference async for difference in recompute(store)] == []

    asyncio.run(go())


def test_a_place_that_is_not_empty_is_left_as_it_is(engine_connection: Connection, tmp_path: Path) -> None:
    async def go() -> None:
        async with backed_up(engine_connection, tmp_path) as store:
            await migrate(store, scenes.stamp("migration"))
            await scenes.write(store, person("council/1", familyName="Elm"))
            held = await held_by(store)
            with pytest.raises(GraphError, match="the graph is not empty"):
                await restore(tmp_path / "backup", store, tmp_path / "other")
            assert (await held_by(store), await pending(store)) == (held, [])
            await wipe(store)
            Folder.open(tmp_path / "other").secret("cursors", 32)
            with pytest.raises(BackupError, match="holds keys/cursors of another hub"):
                await restore(tmp_path / "backup", store, tmp_path / "other")
            assert await held_by(store) == ([], [])

    asyncio.run(go())


def test_a_graph_with_what_nobody_knows_is_not_backed_up(engine_connection: Connection, tmp_path: Path) -> None:
    async def go() -> None:
        async with fresh_store(engine_connection) as store:
            services = await a_hub(store, tmp_path / "hub")
            await store.write(lambda tx: tx.run("CREATE (:Robot {name: 'Ash'})"))
            await make(tmp_path / "backup", services, OCCASION)

    with pytest.raises(GraphError, match="does not know: Robot"):
        asyncio.run(go())
    assert not (tmp_path / "backup").exists()


def test_a_restoration_that_is_killed_is_used_by_nobody_and_can_be_repeated(
    engine_connection: Connection, tmp_path: Path
) -> None:
    variables = {
        "HUB_DATA": str(tmp_path / "other"),
        "HUB_GRAPH_URL": engine_connection.url,
        "HUB_GRAPH_USER": engine_connection.user,
        "HUB_GRAPH_PASSWORD": engine_connection.password,
    }

    async def go() -> None:
        async with backed_up(engine_connection, tmp_path) as store:
            lines = lines_of(tmp_path / "backup")
            more = [
                {"kind": "nodes", "of": "FactClass", "rows": [{"name": f"{page}-{at}"} for at in range(500)]}
                for page in range(40)
            ]
            forge(tmp_path / "long", [*lines[:-1], *more, lines[-1]])
            program = [sys.executable, "-m", "hub.cli.main", "restore", str(tmp_path / "long")]
            process = await asyncio.create_subprocess_exec(*program, env={**os.environ, **variables})
            async with asyncio.timeout(90):
                while await store.read("MATCH (m:FactClass) RETURN count(m)") < 500:
                    assert process.returncode is None
            process.kill()
            await process.wait()
            with pytest.raises(GraphOutdated, match="repeat `hub restore`"):
                await pending(store)
            refused = await asyncio.to_thread(CliRunner(env=variables).invoke, main, ["imports"])
            assert (refused.exit_code, "repeat `hub restore`" in refused.output) == (1, True)
            assert files(tmp_path / "other") == {}
            await restore(tmp_path / "backup", store, tmp_path / "other")
            assert await pending(store) == []
            summary = verify(tmp_path / "backup")
            for label in LABELS:
                assert await store.read(f"MATCH (n:{label}) RETURN count(n)") == summary.counts["nodes"].get(label, 0)

    asyncio.run(go())
