"""A hub process holds an engine: what it finds there, and what it survives."""

import asyncio
import os
import signal
import stat
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from graph.errors import GraphUnavailable
from graph.store import Store, Transaction, answers
from hub.engine.embedded import Engine, embedded
from hub.engine.errors import EngineError
from hub.engine.place import Place
from tests.support.holding import HEAP, engines, eventually, holders, url, wardens

pytestmark = pytest.mark.timeout(300)
"""An engine is started several times, which takes long on a busy machine."""
COUNT = "MATCH (n:Kept) RETURN count(n)"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give the folder of an engine that another process holds meanwhile."""
    folder = tmp_path_factory.mktemp("engine")
    with holders(folder, 1) as (holder,):
        url(holder)
        yield folder
        os.kill(holder.pid, signal.SIGINT)
        holder.wait()


@asynccontextmanager
async def attached(folder: Path) -> AsyncIterator[tuple[Engine, Store]]:
    async with embedded(folder, heap=HEAP) as engine:
        store = Store(engine.connection())
        try:
            yield engine, store
        finally:
            await store.close()


async def write(transaction: Transaction) -> None:
    await transaction.run("CREATE (:Kept)")


async def read_again(store: Store) -> int:
    """Read as soon as the engine is back."""
    async with asyncio.timeout(60):
        while True:
            try:
                return int(await store.read(COUNT))
            except GraphUnavailable:
                await asyncio.sleep(0.05)


def test_a_second_process_attaches(folder: Path) -> None:
    async def attach() -> str:
        async with attached(folder) as (engine, store):
            await store.write(write)
            return engine.connection().url

    with holders(folder, 1) as (other,):
        assert url(other) == asyncio.run(attach())
    assert len(engines(folder)) == len(wardens(folder)) == 1


def test_both_ports_are_open_to_this_machine_only(folder: Path) -> None:
    address = Place(path=folder).address()
    assert address is not None
    for port in (address.port, address.http_port):
        assert listening(port) <= {"0100007F", "0000000000000000FFFF00000100007F"}
        assert listening(port)


def listening(port: int) -> set[str]:
    """The local addresses on which somebody listens, as the kernel writes them."""
    lines = (Path("/proc/net/tcp").read_text() + Path("/proc/net/tcp6").read_text()).splitlines()
    rows = [line.split() for line in lines if "local_address" not in line]
    return {row[1].split(":")[0] for row in rows if row[1].endswith(f":{port:04X}") and row[3] == "0A"}


def test_whatever_the_engine_writes_is_its_owner_s_alone(folder: Path) -> None:
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert Place(path=folder).password_file in files
    assert [path for path in files if stat.S_IMODE(path.stat().st_mode) & 0o077] == []


def test_a_wrong_password_is_refused(folder: Path) -> None:
    async def knock() -> bool:
        async with attached(folder) as (engine, _):
            known = engine.connection()
            return await answers(type(known)(url=known.url, user=known.user, password="guess"))

    with pytest.raises(GraphUnavailable, match="refuses the user or the password"):
        asyncio.run(knock())


def test_a_restart_keeps_address_and_data_for_everybody(folder: Path) -> None:
    async def restart() -> None:
        async with attached(folder) as (engine, store):
            before, connection, kept = engine.starts, engine.connection(), await store.read(COUNT)
            await engine.restart()
            assert (engine.starts, engine.connection()) == (before + 1, connection)
            assert await read_again(store) == kept

    asyncio.run(restart())


@pytest.mark.parametrize("victims", [engines, wardens])
def test_what_is_killed_comes_back_with_everything_committed(
    folder: Path, victims: Callable[[Path], list[int]]
) -> None:
    async def survive() -> None:
        async with attached(folder) as (_, store):
            await store.write(write)
            kept = await store.read(COUNT)
            before = engines(folder)
            for pid in victims(folder):
                os.kill(pid, signal.SIGKILL)
            eventually(lambda: engines(folder) != before)
            assert await read_again(store) == kept
            assert len(engines(folder)) == len(wardens(folder)) == 1

    asyncio.run(survive())


def test_an_engine_that_cannot_start_is_an_error_that_names_the_log(tmp_path: Path) -> None:
    async def start() -> None:
        async with embedded(tmp_path, heap=1):
            pass

    with pytest.raises(EngineError, match=f"ended while starting; its log is {tmp_path}/engine.log, and ends with: "):
        asyncio.run(start())
    assert not engines(tmp_path)
    assert not wardens(tmp_path)


def test_java_is_given_the_options_that_stand_in_the_folder(tmp_path: Path) -> None:
    Place(path=tmp_path).options.write_text("# of whoever keeps the folder\n-XX:+NoSuchOption\n")

    async def start() -> None:
        async with embedded(tmp_path, heap=HEAP):
            pass

    with pytest.raises(EngineError, match=r"ends with: .*Unrecognized VM option 'NoSuchOption'"):
        asyncio.run(start())
