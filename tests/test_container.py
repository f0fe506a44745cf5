"""The container's files name what is there: they cannot be built where the tests run, so what can be checked is."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from hub.cli.main import Hub, main
from hub.settings import NAMES, Settings
from hub.supervisor import END_SECONDS

ROOT = Path(__file__).parents[1]
DOCKERFILE = re.sub(r"\\\n\s*", "", (ROOT / "Dockerfile").read_text())
STAGES = re.split(r"(?m)^(?=FROM )", DOCKERFILE)[1:]


def instructions(word: str, text: str = DOCKERFILE) -> list[str]:
    return re.findall(rf"(?m)^\s*{word} (.+)$", text)


def environment(text: str) -> dict[str, str]:
    return dict(pair.split("=", 1) for line in instructions("ENV", text) for pair in line.split())


@pytest.fixture
def compose() -> Any:  # noqa: ANN401 - as it is written
    return yaml.safe_load((ROOT / "compose.yaml").read_text())


def test_what_is_copied_is_there_and_not_ignored() -> None:
    kept = [line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]
    copied = [name for line in instructions("COPY", STAGES[0]) for name in line.split()[:-1]]
    assert sorted(copied) == sorted(kept)
    assert [name for name in copied if not (ROOT / name).exists()] == []


def test_every_package_of_the_wheel_is_copied() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "bench"}
    assert packages <= {line.split()[0] for line in instructions("COPY", STAGES[0])}


def test_everything_is_installed_from_the_hashed_lock() -> None:
    installs = [line for line in instructions("RUN") if "pip install" in line]
    assert [("--require-hashes" in line) or ("--no-deps" in line) for line in installs] == [True] * 2
    assert re.search(r"(?m)^setuptools==", (ROOT / "requirements.lock").read_text()), "the build needs no isolation"
    assert instructions("RUN", STAGES[0])[-1].endswith("pip uninstall --yes setuptools pip"), "nothing installs later"


def test_it_runs_as_nobody_in_particular_with_settings_that_there_are() -> None:
    last = STAGES[-1]
    assert instructions("USER", last) == ["hub"]
    given = {name: value for name, value in environment(last).items() if name.startswith("HUB_")}
    assert given.keys() <= set(NAMES)
    settings = Settings.read(given)
    assert instructions("VOLUME", last) == [str(settings.data)]
    assert instructions("EXPOSE", last) == [str(settings.port)]


def test_its_command_is_one_that_the_program_understands() -> None:
    assert json.loads(instructions("ENTRYPOINT")[0]) == ["hub"]
    name, *options = json.loads(instructions("CMD")[-1])
    command = Hub().get_command(click.Context(main), name)
    assert command is not None
    command.make_context(name, options)


def test_its_health_is_the_readiness_that_the_hub_serves() -> None:
    health = instructions("HEALTHCHECK")[0]
    port = environment(STAGES[-1])["HUB_PORT"]
    assert f"http://127.0.0.1:{port}/health/ready" in health
    source = (ROOT / "hub" / "app.py").read_text()
    assert '"/health/ready"' in source


def test_the_services_of_the_composition_are_open_to_this_machine_only(compose: Any) -> None:  # noqa: ANN401 - as it is written
    for service in compose["services"].values():
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))
        assert service["restart"] == "unless-stopped"
        own = [volume for volume in service["volumes"] if not volume.startswith("./")]
        assert {volume.split(":")[0] for volume in own} <= compose["volumes"].keys()
        assert all(volume in own or volume.endswith(":ro") for volume in service["volumes"])
        assert set(service["secrets"]) <= compose["secrets"].keys()
    assert compose["services"]["graph"]["healthcheck"]["test"]
    assert compose["services"]["hub"]["depends_on"] == {"graph": {"condition": "service_healthy"}}


def test_the_hub_of_the_composition_has_settings_that_there_are_and_no_secret_among_them(compose: Any) -> None:  # noqa: ANN401 - as it is written
    hub = compose["services"]["hub"]
    assert hub["environment"].keys() <= set(NAMES)
    secrets = [f"/run/secrets/{name}" for name in hub["secrets"]]
    assert [hub["environment"]["HUB_GRAPH_PASSWORD_FILE"]] == secrets
    assert "HUB_GRAPH_PASSWORD" not in hub["environment"]
    assert (hub["read_only"], hub["cap_drop"]) == (True, ["ALL"])
    grace = int(hub["stop_grace_period"].removesuffix("s"))
    assert grace >= END_SECONDS
    (ignored,) = [line for line in (ROOT / ".gitignore").read_text().splitlines() if line.startswith("secrets")]
    assert ignored == "secrets/"


def test_the_secrets_that_its_first_lines_make_are_read_by_both_and_taken_by_neo4j(tmp_path: Path) -> None:
    """Neo4j's tool takes a password that begins with a dash for an option; its container takes none of mode 600."""
    (lines,) = re.findall(r"(?ms)^# Once: (.+?)^# Then:", (ROOT / "compose.yaml").read_text())
    script = "umask 077\n" + re.sub(r"(?m)^#\s*", "", lines)
    subprocess.run(["/bin/sh", "-e", "-c", script], cwd=tmp_path, check=True)
    folder = tmp_path / "secrets"
    password = (folder / "graph-password").read_text().strip()
    assert re.fullmatch(r"[0-9a-f]{48}", password)
    assert (folder / "graph-auth").read_text().strip() == f"neo4j/{password}"
    assert {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()} == {
        "graph-password": 0o644,
        "graph-auth": 0o644,
    }
    assert folder.stat().st_mode & 0o777 == 0o700
