"""The data folder: private, of a version, and made once."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from hub.folder import Folder, FolderError


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_folder_is_its_owner_s_alone(tmp_path: Path) -> None:
    folder = Folder.open(tmp_path / "a" / "hub")
    folder.secret("cursor", 32)
    assert [mode(path) for path in (folder.path, folder.engine, folder.ledger, folder.path / "keys")] == [0o700] * 4
    assert [mode(path) for path in (folder.path / "format", folder.path / "keys" / "cursor")] == [0o600] * 2


def test_a_secret_stays_and_is_the_same_for_all_who_ask_at_once(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        keys = set(pool.map(lambda _: Folder.open(tmp_path / "hub").secret("cursor", 32), range(64)))
    assert len(keys) == 1
    assert len(keys.pop()) == 32
    assert [path.name for path in (tmp_path / "hub" / "keys").iterdir()] == ["cursor"]


def test_a_damaged_secret_is_refused(tmp_path: Path) -> None:
    folder = Folder.open(tmp_path / "hub")
    folder.secret("cursor", 32)
    (folder.path / "keys" / "cursor").write_bytes(b"short")
    with pytest.raises(FolderError, match="has 5 bytes, expected 32"):
        folder.secret("cursor", 32)


def test_a_folder_made_by_a_newer_version_is_refused(tmp_path: Path) -> None:
    Folder.open(tmp_path / "hub")
    (tmp_path / "hub" / "format").write_text("2\n")
    with pytest.raises(FolderError, match="has format 2 and was made by a newer hub; this one reads up to 1"):
        Folder.open(tmp_path / "hub")


@pytest.mark.parametrize(("name", "content"), [("format", "one"), ("format", ""), ("letters.txt", "Dear Ada")])
def test_a_folder_of_something_else_is_refused(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(FolderError):
        Folder.open(tmp_path)


def test_a_path_that_cannot_be_a_folder_is_refused_by_its_setting(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FolderError, match="HUB_DATA"):
        Folder.open(tmp_path / "file" / "hub")


def test_a_mounted_volume_may_bring_its_own_folder(tmp_path: Path) -> None:
    (tmp_path / "lost+found").mkdir()
    Folder.open(tmp_path)


def test_a_place_that_is_taken_is_refused_by_its_setting(tmp_path: Path) -> None:
    folder = Folder.open(tmp_path / "hub")
    (folder.path / "keys").touch()
    with pytest.raises(FolderError, match=r"keys cannot be made: .*; see HUB_DATA"):
        folder.secret("cursor", 32)
