"""`hub ledger` on real folders."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hub.cli.main import main
from hub.ledger.following import Follower, latest
from hub.ledger.segments import names, write_public_key
from tests.hub.ledger.writing import KEY, REFUSED, checked, told, write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    ledger = tmp_path / "data" / "ledger"
    write(ledger, [told("rec_a", "rec_b"), told("rec_c"), REFUSED, told("rec_a")], segment_bytes=1_500)
    write_public_key(ledger, checked(ledger).key or "")
    return ledger


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["ledger", *arguments], env={"HUB_DATA": str(folder.parent)})


def test_verify_says_that_a_ledger_is_whole(folder: Path) -> None:
    result = run(folder, "verify")
    assert result.exit_code == 0, result.output
    assert f"{len(names(folder))} segments, 7 lines: whole" in result.output


def test_verify_works_on_a_copy_without_a_data_folder(folder: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(folder, tmp_path / "copy")
    assert CliRunner().invoke(main, ["ledger", "verify", str(copy)], env={"HUB_DATA": ""}).exit_code == 0


def test_verify_names_segment_and_line_of_an_edit_and_exits_with_1(folder: Path) -> None:
    path = folder / str(names(folder)[0])
    path.write_bytes(path.read_bytes().replace(b"rec_b", b"rec_z"))
    result = run(folder, "verify")
    assert result.exit_code == 1
    assert f"WRONG  {path.name}, line 2: its bytes do not fit its hash" in result.output


def test_verify_needs_a_key(folder: Path) -> None:
    (folder / "public.key").unlink()
    result = run(folder, "verify")
    assert result.exit_code == 1
    assert "--key" in result.output


def test_who_saw_lists_time_agency_subject_purpose_fields_agreement_and_receipt(folder: Path) -> None:
    result = run(folder, "who-saw", "rec_a")
    assert result.exit_code == 0, result.output
    first, *_ = result.output.split("\n2026")
    words = "housing  housing-officer  ASB_PREVENTION", "dateOfBirth (year), familyName (full)", "asb-panel@7", "r0"
    assert all(word in first for word in words), first
    assert "2 disclosures of 1 record\n" in result.output
    assert "rec_b" not in result.output


def test_tail_prints_the_last_entries_and_refusals(folder: Path) -> None:
    result = run(folder, "tail", "-n", "2")
    lines = result.output.splitlines()
    assert [line.split("  ")[-2] for line in lines] == ["refused UNAUTHENTICATED", "1 Person"]


def test_a_folder_without_a_ledger_is_named(tmp_path: Path) -> None:
    result = run(tmp_path / "nothing" / "ledger", "tail")
    assert result.exit_code == 1
    assert str(tmp_path / "nothing" / "ledger") in result.output


def test_the_newest_entries_are_the_newest_of_all_chains(folder: Path) -> None:
    assert [one.receipt for one in latest(folder, 3)] == ["r1", "r2", "r3"]
    assert latest(folder, 0) == []


def test_following_shows_what_came_since(folder: Path) -> None:
    follower = Follower(folder)
    assert follower.more() == []
    write(folder, [told("rec_new")], segment_bytes=1_500)
    assert [one.entry.disclosures[0].records for one in follower.more()] == [("rec_new",)]
    assert follower.more() == []


def test_the_key_of_the_tests_is_the_key_in_the_folder(folder: Path) -> None:
    assert (folder / "public.key").read_text().strip() == KEY.public_key().public_bytes_raw().hex()
