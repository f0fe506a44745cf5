"""The engine lives exactly as long as some hub process holds it, whatever is killed."""

import os
import re
import signal
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from hub.engine.place import Place
from tests.support.holding import engines, eventually, holders, url, wardens

pytestmark = pytest.mark.timeout(300)
"""An engine is started several times, which takes long on a busy machine."""


def has_ended(folder: Path) -> bool:
    return not engines(folder) and not wardens(folder)


def is_ready(place: Place) -> bool:
    address = place.address()
    return address is not None and address.ready


def _listening(folder: Path, seen: dict[str, int]) -> bool:
    """Note on which port each engine listens that runs now; whether there was one more than once."""
    for pid in engines(folder):
        with suppress(OSError):
            command = Path(f"/proc/{pid}/cmdline").read_text("utf-8")
            if found := re.search(r"bolt\.port=(\d+)", command):
                seen[f"{pid}"] = int(found[1])
    return len(seen) > 1


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

    known = place.address()
    assert known is not None
    seen: dict[str, int] = {}
    with holders(tmp_path, 1) as (holder,):
        eventually(lambda: _listening(tmp_path, seen) and is_ready(place))
        url(holder)
        assert known.port not in list(seen.values())[:-1], "it answers from stale indexes where clients find it"
        assert place.address() == replace(known, starts=known.starts + 1, ready=True)
        assert place.log.read_text().count("Server started in") == 3
        os.killpg(holder.pid, signal.SIGINT)
        assert holder.wait() == 0
        assert has_ended(tmp_path), "the last holder waits for the engine's end"
    assert not place.unclean.exists()
