"""The doctor says what is configured oddly, and makes nothing."""

from pathlib import Path

import pytest

from hub.checkup.finding import Level
from hub.checkup.surroundings import examine_folder, examine_settings
from hub.folder import Folder
from hub.settings import Settings


@pytest.mark.parametrize(
    ("variables", "said", "advice"),
    [
        ({}, "embedded engine, which is made for trials", "HUB_GRAPH_URL"),
        ({"HUB_MODE": "demo", "HUB_HOST": "::"}, "demo mode hands out tokens, and listens at ::", "HUB_HOST=127.0.0.1"),
        ({"HUB_MODE": "demo", "HUB_POTR": "1"}, "HUB_POTR is not a setting", "meant was HUB_PORT?"),
        ({"HUB_MODE": "demo", "HUB_XYZ": "1"}, "HUB_XYZ is not a setting", "remove it"),
    ],
)
def test_odd_settings_are_noted_with_advice(variables: dict[str, str], said: str, advice: str) -> None:
    settings = Settings.read({"HUB_DATA": "/d", **variables})
    noted = [finding for finding in examine_settings(settings, variables) if finding.level is Level.NOTE]
    assert len(noted) == 1
    assert said in noted[0].text
    assert advice in noted[0].remedy


def test_good_settings_are_not_noted() -> None:
    variables = {"HUB_DATA": "/d", "HUB_MODE": "demo", "HUB_TEST_GRAPH_URL": "bolt://x", "HUB_HOST": "localhost"}
    levels = [finding.level for finding in examine_settings(Settings.read(variables), variables)]
    assert levels == [Level.OK]


def test_a_folder_that_is_not_there_is_noted_and_not_made(tmp_path: Path) -> None:
    (finding,) = examine_folder(tmp_path / "hub")
    assert finding.level is Level.NOTE
    assert not (tmp_path / "hub").exists()


def test_a_folder_of_a_newer_version_is_wrong(tmp_path: Path) -> None:
    Folder.open(tmp_path / "hub")
    (tmp_path / "hub" / "format").write_text("7\n")
    (finding,) = examine_folder(tmp_path / "hub")
    assert finding.level is Level.WRONG
    assert "has format 7" in finding.text


def test_a_folder_that_others_can_read_is_noted(tmp_path: Path) -> None:
    folder = Folder.open(tmp_path / "hub").path
    folder.chmod(0o755)
    assert f"chmod 700 {folder}" in [finding.remedy for finding in examine_folder(folder)]
