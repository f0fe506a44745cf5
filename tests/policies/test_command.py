"""`hub policy` and the reading of a folder of documents."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import policies
from hub.cli.policy import policy
from hub.policies import read_policies
from policies.errors import PolicyError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder of documents that may be changed."""
    shipped = Path(str(policies.__file__)).parent
    for name in ("agencies.yaml", "calendar.yaml", "limits.yaml"):
        shutil.copy(shipped / name, tmp_path)
    for name in ("agreements", "alerts", "criteria", "risk", "scenarios"):
        shutil.copytree(shipped / name, tmp_path / name)
    return tmp_path


def run(*arguments: str, env: dict[str, str] | None = None) -> Result:
    return CliRunner().invoke(policy, arguments, env=env)


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_the_shipped_documents_are_checked_and_tested_where_no_others_are_named() -> None:
    checked, tested = run("check", env={"HUB_POLICIES": ""}), run("test", env={"HUB_POLICIES": ""})
    assert (checked.exit_code, tested.exit_code) == (0, 0)
    assert checked.output.endswith("0 errors, 0 warnings\n")
    assert tested.output.endswith("0 failed\n")


@pytest.mark.parametrize("by_setting", [True, False])
def test_a_fault_is_printed_with_file_and_line_and_ends_with_1(folder: Path, by_setting: bool) -> None:  # noqa: FBT001 - a column of the table
    change(folder / "agreements" / "victim-care.yaml", "dateOfBirth: year", "dateOfBirth: yeer")
    arguments, env = (
        (("check",), {"HUB_POLICIES": str(folder)}) if by_setting else (("check", "--policies", str(folder)), {})
    )
    result = run(*arguments, env=env)
    assert result.exit_code == 1
    message = "error: unknown rung of dateOfBirth `yeer`; did you mean `year`?"
    assert f"agreements/victim-care.yaml:19: {message}\n" in result.output


def test_a_warning_is_printed_and_does_not_fail(folder: Path) -> None:
    change(folder / "agreements" / "victim-care.yaml", "review_by: 2027-09-30", "review_by: 2025-09-30")
    result = run("check", "--policies", str(folder))
    assert result.exit_code == 0
    assert "victim-care.yaml:8: warning: its review was due by 2025-09-30\n" in result.output


def test_a_scenario_that_fails_is_named_with_what_is_shown_instead(folder: Path) -> None:
    change(folder / "agreements" / "victim-care.yaml", "dateOfBirth: year", "dateOfBirth: full")
    result = run("test", "--policies", str(folder))
    assert result.exit_code == 1
    expected = "in a case that victim support takes part in: dateOfBirth: expected year, is full\n"
    assert f"scenarios/victim-care.yaml:4: failed: {expected}" in result.output


def test_a_scenario_about_visibility_can_fail_too(folder: Path) -> None:
    change(folder / "scenarios" / "victim-contact.yaml", "{visible: pointer}", "{visible: no}")
    result = run("test", "--policies", str(folder))
    assert result.exit_code == 1
    assert "visible: expected no, is pointer" in result.output


def test_a_folder_is_read_by_the_names_of_its_files(folder: Path) -> None:
    (folder / "README.md").write_text("not a document", encoding="utf-8")
    (folder / "agreements" / ".hidden.yaml").write_text("not a document", encoding="utf-8")
    assert read_policies(folder) == read_policies(None)


def test_a_misspelt_file_name_is_not_passed_over(folder: Path) -> None:
    (folder / "limits.yaml").rename(folder / "limits.yml")
    result = run("check", "--policies", str(folder))
    assert result.exit_code == 1
    assert "limits.yaml:1: error: the document is missing\nlimits.yml:1: error: not a policy document" in result.output


def test_a_file_that_is_not_text_is_an_error_with_its_name(folder: Path) -> None:
    (folder / "agreements" / "audit.yaml").write_bytes(b"id: \xff\xfe")
    with pytest.raises(PolicyError, match=r"agreements/audit\.yaml:1: error: not UTF-8 text"):
        read_policies(folder)
