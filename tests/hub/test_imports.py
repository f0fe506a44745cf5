"""Files on their way into a real graph."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from connectors.errors import FileRefused, ImportRefused
from connectors.registry import connectors, named
from graph import casework, referring, tasks
from graph.runs import Counts, RunReport, quarantined, runs
from graph.store import Connection, Store
from graph.vocabulary import RunState
from hub import partnership, stamps
from hub.cli.main import main
from hub.demo.datasets import bring_in
from hub.imports import Progress, Task, import_file, owner_of
from policies import alert_documents
from policies.errors import PolicyError
from tests.connectors import standard
from tests.support import policies
from tests.support.engine import fresh_store

COUNT = "MATCH (n) WHERE n.sourceKey IS NOT NULL RETURN count(n)"
PARTNERSHIP = (
    "wards-2025",
    "council-asb-cases",
    "council-asb-people",
    "housing-tenancies",
    "police-nominals",
    "police-associations",
    "school-roll-larkhall",
    "school-roll-fennel",
    "school-siblings-larkhall",
    "victim-support-clients",
)
SCHOOLS = Task(
    connector=named("schools-register"),
    path=Path(__file__).parents[2] / "connectors/data/schools-register-made-up.csv",
    owner="hub",
)
"""The register's schools, to which pupils are linked."""
MARKED = "MATCH (p:PersonRecord {sourceKey: $key}) RETURN [p.sensitivity, p.marked, p.facts]"


def _silent(progress: Progress) -> None:
    assert progress.done <= progress.rows


def _run(connection: Connection, work: Callable[[Store], Awaitable[None]]) -> None:
    async def whole() -> None:
        async with fresh_store(connection) as store:
            await partnership.state(store, partnership.read_partnership(None), stamps.stamp())
            await work(store)

    asyncio.run(whole())


def _task(folder: Path, name: str, data: bytes | None = None) -> Task:
    specimen = standard.specimen(name)
    path = folder / f"{name}.data"
    path.write_bytes(specimen.data if data is None else data)
    return Task(connector=specimen.connector, path=path, owner=specimen.owner)


def _small(name: str, lines: int) -> bytes:
    return b"".join(standard.specimen(name).data.splitlines(keepends=True)[:lines])


def test_a_partnership_is_stored_and_the_second_time_nothing_changes(
    engine_connection: Connection, tmp_path: Path
) -> None:
    async def work(store: Store) -> None:
        wards, *others = (_task(tmp_path, name) for name in PARTNERSHIP)
        tasks = [wards, SCHOOLS, *others]
        first = [await import_file(store, task, _silent) for task in tasks]
        stored = await store.read(COUNT)
        second = [await import_file(store, task, _silent) for task in tasks]
        for one, two in zip(first, second, strict=True):
            rows = one.counts.rows_in
            assert one.counts == Counts(rows_in=rows, stored=rows), one
            assert two.counts == Counts(rows_in=rows, unchanged=rows), two
            assert one.set_aside == two.set_aside == 0
        assert await store.read(COUNT) == stored
        marked = await store.read(MARKED, {"key": "victim_support/victim-support-clients/VS0000002"})
        assert marked[:2] == ["OFFICIAL_SENSITIVE", ["refuge"]]
        unmarked = await store.read(MARKED, {"key": "council/council-asb-people/AP0000003"})
        assert unmarked[:2] == ["OFFICIAL", []]
        assert unmarked[2].endswith("/-/refuge")

    _run(engine_connection, work)


def test_what_is_set_aside_is_kept_with_line_column_and_reason(engine_connection: Connection, tmp_path: Path) -> None:
    async def work(store: Store) -> None:
        header, one, two, *_ = standard.specimen("police-nominals").data.splitlines(keepends=True)
        torn = two[:20]
        unborn = two.replace(two.split(b",")[0], b"N-1", 1).replace(b"29/01/2001", b"29/01/2100")
        data = header + one + one + two.replace(b"29/01/2001", b"some day") + unborn + torn
        result = await import_file(store, _task(tmp_path, "police-nominals", data), _silent)
        assert result.counts == Counts(rows_in=5, stored=3, quarantined=2)
        assert result.set_aside == 4
        kept = await quarantined(store, result.run.id)
        assert [(reject.line, reject.column, reject.reason) for reject in kept] == [
            (3, None, "has the same key as line 2"),
            (4, "DOB", "is no date of the form DD/MM/YYYY or YYYY-MM-DD or MM/YYYY or YYYY"),
            (5, "DOB", "is a date that is still to come"),
            (6, None, "the row has 3 columns, the header 15"),
        ]

    _run(engine_connection, work)


def test_two_imports_of_one_file_at_once_store_it_once(engine_connection: Connection, tmp_path: Path) -> None:
    async def work(store: Store) -> None:
        task = _task(tmp_path, "housing-tenancies")
        one, two = await asyncio.gather(*(import_file(store, task, _silent) for _ in range(2)))
        rows = one.counts.rows_in
        assert one.counts.stored + two.counts.stored >= rows
        again = await import_file(store, task, _silent)
        assert again.counts == Counts(rows_in=rows, unchanged=rows)

    _run(engine_connection, work)


def test_of_a_refused_file_only_the_refusal_is_kept_and_a_broken_off_one_says_so(
    engine_connection: Connection, tmp_path: Path
) -> None:
    def broken(_: Progress) -> None:
        raise KeyboardInterrupt

    async def work(store: Store) -> None:
        before = await store.read(COUNT)
        with pytest.raises(FileRefused, match="NUL"):
            await import_file(store, _task(tmp_path, "police-nominals", b"NOMINAL\n\0"), _silent)
        with pytest.raises(ImportRefused, match="import wards-2025 first"):
            await import_file(store, _task(tmp_path, "food-hygiene"), _silent)
        assert await store.read(COUNT) == before
        (refused,) = await runs(store)
        assert (refused.state, refused.run.file) == (RunState.REFUSED, "police-nominals.data")
        assert (refused.counts, refused.finished_at) == (Counts(), refused.started_at)
        assert await quarantined(store, refused.run.id) == []
        with pytest.raises(KeyboardInterrupt):
            await import_file(store, _task(tmp_path, "police-nominals"), broken)
        assert [report.state for report in await runs(store)] == [RunState.FAILED, RunState.REFUSED]

    _run(engine_connection, work)


def test_a_killed_import_is_repeated_without_harm_and_recorded_as_failed(
    engine_connection: Connection, tmp_path: Path
) -> None:
    task = _task(tmp_path, "food-hygiene", _small("food-hygiene", 2_200))

    async def work(store: Store) -> None:
        await import_file(store, _task(tmp_path, "wards-2025"), _silent)
        with _command(engine_connection, tmp_path, "import", "food-hygiene", str(task.path)) as process:
            while not await _of(store, "food-hygiene"):  # its rows, all in one batch, are then on their way
                assert process.poll() is None, "it ended before it could be killed"
                await asyncio.sleep(0.02)
            process.send_signal(signal.SIGKILL)
            process.wait()
        (broken,) = await _of(store, "food-hygiene")
        assert broken.state is RunState.RUNNING
        assert not stamps.is_alive(broken.run.process)
        result = await import_file(store, task, _silent)
        assert (result.counts.rows_in, result.counts.quarantined) == (2_199, 0)
        assert {report.state for report in await _of(store, "food-hygiene")} == {RunState.FINISHED, RunState.FAILED}
        again = await import_file(store, task, _silent)
        assert again.counts == Counts(rows_in=2_199, unchanged=2_199)

    _run(engine_connection, work)


@pytest.mark.parametrize(
    ("name", "agency", "owner"),
    [
        ("food-hygiene", None, "council"),
        ("food-hygiene", "council", "council"),
        ("wards-2025", None, "hub"),
        ("school-roll", "fennel", "fennel"),
    ],
)
def test_a_dataset_belongs_to_whom_it_should(name: str, agency: str | None, owner: str) -> None:
    assert owner_of(named(name), agency, partnership.read_partnership(None)) == owner


@pytest.mark.parametrize(
    ("name", "agency", "reason"),
    [
        ("food-hygiene", "police", "council's dataset, not police's"),
        ("school-roll", None, "say whose school-roll it is with --agency: fennel or larkhall"),
        ("school-roll", "police", "police cannot bring school-roll: fennel or larkhall can"),
        ("school-roll", "nobody", "nobody cannot bring school-roll"),
    ],
)
def test_nobody_brings_anothers_dataset(name: str, agency: str | None, reason: str) -> None:
    with pytest.raises(ImportRefused) as refused:
        owner_of(named(name), agency, partnership.read_partnership(None))
    assert reason in str(refused.value)


def test_an_owner_outside_the_partnership_cannot_bring_anything() -> None:
    stranger = replace(named("food-hygiene"), owner="another council")
    with pytest.raises(ImportRefused, match="not in the partnership"):
        owner_of(stranger, None, partnership.read_partnership(None))


def test_the_partnership_is_read_whatever_is_wrong_in_other_documents(tmp_path: Path) -> None:
    (tmp_path / "agreements").mkdir()
    (tmp_path / "agreements" / "broken.yaml").write_text("[")
    (tmp_path / "agencies.yaml").write_text(policies.partnership())
    assert set(partnership.read_partnership(tmp_path)) == set(policies.OWNERS)
    (tmp_path / "agencies.yaml").write_text("agencies: none")
    with pytest.raises(PolicyError) as caught:
        partnership.read_partnership(tmp_path)
    assert {finding.file for finding in caught.value.findings} == {"agencies.yaml"}


def test_every_dataset_of_the_partnership_has_a_connector() -> None:
    brought = {dataset for entry in partnership.read_partnership(None).values() for dataset in entry.datasets}
    assert brought - {
        casework.DATASET,
        alert_documents.DATASET,
        tasks.DATASET,
        referring.ORDINARY,
        referring.INTELLIGENCE,
        referring.DESK,
    } <= set(connectors().sound)


def test_the_command_says_what_became_of_the_rows(engine_connection: Connection, tmp_path: Path) -> None:
    asyncio.run(_wiped(engine_connection))
    wards, hygiene = (
        _task(tmp_path, "wards-2025").path,
        _task(tmp_path, "food-hygiene", _small("food-hygiene", 60)).path,
    )
    (tmp_path / "mappings").mkdir()
    (tmp_path / "mappings" / "typo.yaml").write_text("name: typo")
    headed = tmp_path / "headed.csv"
    headed.write_bytes(_small("food-hygiene", 1))
    archive = tmp_path / "archive.csv"
    archive.write_bytes(b"PK\x03\x04" + b"x" * 100)
    expected = (
        (("import", "wards-2025", str(wards)), 0, "18 rows = 18 stored + 0 unchanged + 0 set aside"),
        (("import", "food-hygiene", str(hygiene)), 3, "line 7, Longitude, Latitude: is a point that lies in no ward"),
        (("import", "food-hygiene", str(headed)), 0, "note: headed.csv has no rows"),
        (("import", "food-hygiene", str(archive)), 1, "Error: archive.csv: the file is a ZIP archive"),
        (("import", "food-hygeine", str(hygiene)), 1, "did you mean `food-hygiene`?"),
        (("import", "typo", str(hygiene)), 1, "typo.yaml:1: error: `title` is missing"),
        (
            ("import", "typos", str(hygiene)),
            1,
            "did you mean `typo`? (mappings that do not hold: typo.yaml; `hub doctor` says why",
        ),
        (("import", "school-roll", str(hygiene)), 1, "say whose school-roll it is"),
        (("import", "food-hygiene", str(tmp_path / "none.csv")), 2, "does not exist"),
        (("imports",), 0, "food-hygiene"),
        (("imports",), 0, "refused"),
    )
    for arguments, code, words in expected:
        variables = {**_variables(engine_connection, tmp_path), "HUB_MAPPINGS": str(tmp_path / "mappings")}
        done = CliRunner().invoke(main, arguments, env=variables)
        assert words in done.output
        assert done.exit_code == code, done.output


async def _wiped(connection: Connection) -> None:
    async with fresh_store(connection):
        pass


async def _of(store: Store, connector: str) -> list[RunReport]:
    return [report for report in await runs(store) if report.run.connector == connector]


def _command(connection: Connection, folder: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "hub.cli.main", *arguments],
        env={**os.environ, **_variables(connection, folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def _variables(connection: Connection, folder: Path) -> dict[str, str]:
    return {
        "HUB_DATA": str(folder / "hub"),
        "HUB_GRAPH_URL": connection.url,
        "HUB_GRAPH_USER": connection.user,
        "HUB_GRAPH_PASSWORD": connection.password,
    }


def test_the_demo_puts_nobody_made_up_among_somebody_elses_data(engine_connection: Connection, tmp_path: Path) -> None:
    async def work(store: Store) -> None:
        await import_file(store, _task(tmp_path, "wards-2025"), _silent)
        partners = partnership.read_partnership(None)
        with pytest.raises(ImportRefused, match="not the demo's"):
            _ = [extract async for extract in bring_in(store, partners, tmp_path, 1)]

    _run(engine_connection, work)
