"""The engine's folder takes no more: what was acknowledged is there when it does again, and it goes on."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from hub.cli.main import main
from hub.folder import Folder
from tests.faults.ground import STORED, Ground, a_ground
from tests.faults.tenants import DATASET
from tests.faults.traffic import WHO, traffic
from tests.support.served import served

SIZE = 96 * 1024 * 1024
LEFT = 256 * 1024
"""Bytes that the folder has left when an import begins that needs more."""
ROWS = 5_000
pytestmark = [pytest.mark.soak, pytest.mark.timeout(1200)]


@contextmanager
def mounted(folder: Path) -> Iterator[None]:
    """Give a folder a small disk of its own, which only root can."""
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    options = f"size={SIZE},mode=0700"
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], check=False, capture_output=True)  # noqa: S607 - the machine's own
    if done.returncode:
        pytest.skip(f"no small disk can be mounted here: {done.stderr.decode().strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)  # noqa: S607 - the machine's own


def fill(file: Path) -> None:
    """Leave so little room in the file's folder."""
    free = os.statvfs(file.parent)
    with file.open("wb") as stream:
        os.posix_fallocate(stream.fileno(), 0, free.f_bavail * free.f_frsize - LEFT)


def imported(ground: Ground, at: int, rows: int) -> tuple[int, str]:
    """Import the `at`-th file; gives the exit code and what was said."""
    done = CliRunner(env=ground.variables).invoke(main, ["import", DATASET, str(ground.file(at, rows))])
    return done.exit_code, done.output


def test_a_full_folder_is_said_and_once_there_is_room_everything_goes_on(tmp_path: Path) -> None:
    folder = Folder.open(tmp_path / "hub").engine
    with mounted(folder), a_ground("embedded", tmp_path) as ground:
        assert imported(ground, 0, 100)[0] == 0
        with served(ground.variables, who=WHO) as hub:
            with traffic(hub, clients=1) as before:
                before.await_answers(1)
            fill(folder / "filler")
            code, said = imported(ground, 1, ROWS)
            assert code == 1
            assert said.splitlines()[-1].startswith("Error: "), said
            (folder / "filler").unlink()
            with traffic(hub, clients=1) as after:
                after.await_answers(1)
        assert ground.read(STORED, key="T0-") == 100
        code, said = imported(ground, 1, ROWS)
        assert code == 0, said
        assert ground.read(STORED, key="T1-") == ROWS
        ground.is_whole(before.told | after.told)
