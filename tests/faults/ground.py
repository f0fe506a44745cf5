"""A data folder with an engine that can be killed, and what must hold of both after a fault."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from click.testing import CliRunner

from graph.store import Connection, Store
from hub.cli.main import main
from hub.engine.embedded import Engine, embedded
from hub.folder import Folder
from hub.ledger.reading import recorded
from tests.faults.tenants import write_tenants
from tests.support.brief import let_be_brief
from tests.support.engine import HEAP, a_neo4j
from tests.support.holding import engines, eventually
from tests.support.served import hub_variables

STORED = "MATCH (p:PersonRecord) WHERE p.key STARTS WITH $key RETURN count(p)"
OF_RUNS = """
MATCH (i:ImportRun {file: $file})
RETURN collect([i.rowsIn, i.stored, i.unchanged, i.quarantined,
    COUNT { MATCH (p:PersonRecord {importRun: i.importRunId}) }])"""


@dataclass(slots=True, kw_only=True)
class Tally:
    """What a whole story of faults came to."""

    rounds: int = 0
    acknowledged: int = 0
    receipts: set[str] = field(default_factory=set)

    def count(self, acknowledged: int, receipts: set[str]) -> None:
        self.rounds += 1
        self.acknowledged += acknowledged
        self.receipts |= receipts

    def say(self) -> None:
        """Say, to whoever runs the tests with `-s`, how far it came without a loss."""
        sys.stderr.write(f"{self.rounds} rounds, {self.acknowledged} rows, {len(self.receipts)} receipts, 0 lost\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Where hubs stand: `variables` are their settings; `kill` ends the engine by force, `revive` has it back."""

    variables: dict[str, str]
    connection: Connection
    kill: Callable[[], None]
    revive: Callable[[], None]

    @property
    def folder(self) -> Path:
        return Path(self.variables["HUB_DATA"])

    def file(self, at: int, count: int) -> Path:
        """The `at`-th file of tenants."""
        return write_tenants(self.folder.with_name(f"tenants-{at}.csv"), at, count)

    def another(self) -> dict[str, str]:
        """The settings of another hub on the same folder and engine, on a port of its own."""
        return self.variables | hub_variables(self.folder)

    def command(self, *arguments: str) -> str:
        """Run a command of the hub that must find nothing wrong, and give what it says."""
        done = CliRunner(env=self.variables).invoke(main, arguments, catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.output

    def read(self, statement: str, **parameters: object) -> object:
        """Ask the engine, over a connection of one's own."""

        async def ask() -> object:
            store = Store(self.connection)
            try:
                return await store.read(statement, parameters)
            finally:
                await store.close()

        return asyncio.run(ask())

    def is_whole(self, receipts: set[str]) -> None:
        """Check that the ledger holds these receipts and verifies, and that every fact is what follows."""
        missing = receipts - {one.receipt for one in recorded(self.folder / "ledger")}
        assert not missing, f"{len(missing)} of {len(receipts)} receipts are in no ledger"
        self.command("ledger", "verify")
        assert "every one is what follows" in self.command("doctor", "--facts")

    def holds(self, file: Path, acknowledged: int) -> None:
        """Check that what the runs of a file say was stored is stored, and no less than was acknowledged."""
        runs = self.read(OF_RUNS, file=file.name)
        assert isinstance(runs, list)
        for rows, stored, unchanged, quarantined, found in runs:
            assert (rows, quarantined) == (stored + unchanged, 0)
            assert stored == found, f"{stored} rows are counted as stored, {found} are there"
        assert sum(rows for rows, *_ in runs) >= acknowledged


@contextmanager
def a_ground(kind: str, folder: Path) -> Iterator[Ground]:
    """Hold an engine of that kind and a data folder, both new. Raises NotInstalled."""
    variables = hub_variables(folder / "hub")
    with _embedded(variables) if kind == "embedded" else _neo4j(folder / "neo4j", variables) as ground:
        ground.command("imports")
        yield ground


@contextmanager
def _embedded(variables: dict[str, str]) -> Iterator[Ground]:
    folder = Folder.open(Path(variables["HUB_DATA"])).engine
    let_be_brief(folder)
    killed = list[int]()

    def kill() -> None:
        killed[:] = engines(folder)
        for pid in killed:
            os.kill(pid, signal.SIGKILL)

    with asyncio.Runner() as runner:
        holding = embedded(folder, heap=HEAP)
        engine: Engine = runner.run(holding.__aenter__())

        def revive() -> None:
            eventually(lambda: bool(set(engines(folder)) - set(killed)))
            runner.run(engine.ready())

        try:
            yield Ground(variables=variables, connection=engine.connection(), kill=kill, revive=revive)
        finally:
            runner.run(holding.__aexit__(None, None, None))


@contextmanager
def _neo4j(folder: Path, variables: dict[str, str]) -> Iterator[Ground]:
    folder.mkdir(mode=0o700)
    with a_neo4j(folder) as server:
        connection = server.connection()
        graph = {"URL": connection.url, "USER": connection.user, "PASSWORD": connection.password}
        named = variables | {f"HUB_GRAPH_{name}": value for name, value in graph.items()}
        yield Ground(variables=named, connection=connection, kill=server.kill, revive=server.start)
