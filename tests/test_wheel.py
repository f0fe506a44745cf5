"""The wheel: an installation without the source has everything that it needs."""

import subprocess
import sys
from pathlib import Path
from shutil import copytree, ignore_patterns
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("connectors", "graph", "hub", "policies", "resolvers", "schema")
KEPT = (
    "policies/agencies.yaml",
    "policies/limits.yaml",
    "policies/agreements/*.yaml",
    "policies/scenarios/*.yaml",
    "connectors/data/*",
    "connectors/mappings/*.yaml",
    "hub/explorer/static/*.*",
    "hub/explorer/static/vendor/*.*",
    "hub/work/operations/*.graphql",
    "hub/work/static/*.*",
    "hub/work/templates/*.html",
    "schema/schema.graphql",
    *(f"{package}/**/*.py" for package in PACKAGES),
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    folder = tmp_path_factory.mktemp("wheel")
    for package in PACKAGES:
        copytree(ROOT / package, folder / package, ignore=ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", "NOTICE"):
        (folder / name).write_bytes((ROOT / name).read_bytes())
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", "dist", "."]
    subprocess.run(command, cwd=folder, check=True)
    (built,) = (folder / "dist").glob("*.whl")
    with ZipFile(built) as archive:
        return set(archive.namelist())


@pytest.mark.parametrize("pattern", KEPT)
def test_the_wheel_carries_what_the_source_has(wheel: set[str], pattern: str) -> None:
    here = {path.relative_to(ROOT).as_posix() for path in ROOT.glob(pattern) if path.is_file()}

    assert here
    assert here <= wheel


def test_the_wheel_carries_its_licence_and_notices(wheel: set[str]) -> None:
    assert {name.rpartition("/")[2] for name in wheel if ".dist-info/licenses/" in name} == {"LICENSE", "NOTICE"}


def test_the_wheel_brings_no_package_but_its_own(wheel: set[str]) -> None:
    tops = {name.partition("/")[0] for name in wheel}

    assert {top for top in tops if not top.endswith(".dist-info")} == set(PACKAGES)
