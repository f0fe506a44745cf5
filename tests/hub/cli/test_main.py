"""The command lists its commands at once, and says known errors in one sentence."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from hub.cli.main import COMMANDS, KNOWN, Hub, innermost, is_known, main
from hub.settings import SettingsError


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_of_the_list_is_there(name: str) -> None:
    assert Hub().get_command(click.Context(main), name) is not None


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_every_known_error_is_a_base_of_its_package(name: str) -> None:
    module, _, base = name.rpartition(".")
    assert issubclass(getattr(import_module(module), base), Exception)


def test_the_list_of_commands_needs_none_of_them() -> None:
    code = "import sys; from hub.cli.main import main; main(['--help'], standalone_mode=False); print(*sys.modules)"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "Say what is set up, and what is wrong." in answer
    assert {"neo4j", "strawberry", "starlette", "pydantic"}.isdisjoint(answer.split())


def test_a_known_error_is_one_sentence_and_exit_code_1(tmp_path: Path) -> None:
    answer = CliRunner(env={"HUB_DATA": str(tmp_path), "HUB_PORT": "eighty"}).invoke(main, ["doctor"])
    assert answer.exit_code == 1
    assert answer.output == "Error: HUB_PORT is 'eighty'; allowed is a port number from 1 to 65535\n"


def test_an_unknown_command_is_a_usage_error() -> None:
    answer = CliRunner().invoke(main, ["dcotor"])
    assert answer.exit_code == 2
    assert "No such command 'dcotor'" in answer.output


def test_an_error_from_a_group_of_tasks_is_found() -> None:
    cause = SettingsError("HUB_PORT")
    assert innermost(ExceptionGroup("tasks", [ExceptionGroup("inner", [cause])])) is cause
    assert is_known(cause)
    assert not is_known(ValueError("HUB_PORT"))
    two = ExceptionGroup("tasks", [cause, ValueError()])
    assert innermost(two) is two
