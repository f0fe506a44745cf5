"""The engine lives exactly as long as some hub process holds it, whatever is killed."""

import os
import signal
from pathlib import Path

import pytest

from hub.engine.place import Place
from tests.support.holding import engines, eventually, holders, url, wardens

pytestmark = pytest.mark.timeout(300)
"""An engine is started several times, which takes long on a busy machine."""


def has_ended(folder: Path) -> bool:
    return not engines(folder) and not wardens(folder)


def test_processes_started_at_one_moment_share_an_engine_that_outlives_all_but_the_last(tmp_path: Path) -> None:
    with holders(tmp_path, 3) as (first, second, third):
        assert len({url(first), url(second), url(third)}) == 1
        engine = engines(tmp_path)
        assert len(engine) == 1
        sessions = {os.getsid(pid) for pid in engine + wardens(tmp_path)}
        assert sessions == set(wardens(tmp_path)), "the terminal's signals do not reach another session"

        for interrupted in (first, second):
            os.killpg(interrupted.pid, signal.SIGINT)
            assert interrupted.wait() == 0
        assert engines(tmp_path) == engine

        third.kill()
        eventually(lambda: has_ended(tmp_path))
        address = Place(path=tmp_path).address()
        assert address is not None
        assert (address.starts, address.ready) == (1, False)
        assert not Place(path=tmp_path).unclean.exists()


def test_after_everything_was_killed_the_engine_is_started_twice(tmp_path: Path) -> None:
    with holders(tmp_path, 1) as (holder,):
        url(holder)
        for pid in (holder.pid, *engines(tmp_path), *wardens(tmp_path)):
            os.kill(pid, signal.SIGKILL)
        eventually(lambda: has_ended(tmp_path))
    place = Place(path=tmp_path)
    assert place.unclean.exists()

    with holders(tmp_path, 1) as (holder,):
        url(holder)
        assert place.log.read_text().count("Server started in") == 3
        os.killpg(holder.pid, signal.SIGINT)
        assert holder.wait() == 0
        assert has_ended(tmp_path), "the last holder waits for the engine's end"
    assert not place.unclean.exists()
