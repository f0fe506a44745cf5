"""The house: who may import whom, what may stand in the tree, and that documents say what is there."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from importlinter.api import read_configuration

from hub.cli.main import COMMANDS, main
from hub.demo_people import DEMO_PEOPLE, WESTMINSTER, DemoPerson
from hub.settings import NAMES

LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")
"""In a process of its own: it silences the loggers of the process that it runs in."""
ROOT = Path(__file__).parents[1]
PACKAGES = ("hub", "schema", "resolvers", "graph", "connectors", "policies")
BIGGEST = 400_000
TRACES = (
    re.compile(r"\.\./" + r"shared\b"),
    re.compile(r"/(tmp|root)/\w+|/work/(main|shared)\b"),  # other addresses below `/work` are the page's for people
    re.compile(r"--(extra-)?index-" + r"url |--find-" + r"links |\bindex-" + r"url\s*="),
    re.compile(r"(files\.pythonhosted|pypi|registry\.npmjs|crates|repo\.maven)" + r"\.(org|io|apache)\b"),
)
CHANCE = re.compile(r"\bimport (random|secrets|uuid)\b")
NOW = re.compile(r"\b(datetime\.(now|utcnow|today)|date\.today|time\.time)\(")
DRIVER = re.compile(r"\bsession\.run\(|GraphDatabase\b|\.execute_(read|write|query)\(|\.begin_transaction\(")


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True)  # noqa: S607 - git of the path
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def modules(*packages: str) -> list[Path]:
    return [path for package in packages for path in sorted((ROOT / package).rglob("*.py"))]


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_imports_keep_to_the_contracts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert len(read_configuration("pyproject.toml")["contracts_options"]) >= len(PACKAGES)

    checked = subprocess.run([LINT_IMPORTS, "--no-cache"], cwd=ROOT, capture_output=True, check=False, text=True)
    assert checked.returncode == 0, checked.stdout


def test_nothing_tracked_names_a_machine_a_registry_or_what_lies_outside() -> None:
    found = [
        f"{named(path)}: {match[0]}"
        for path in tracked()
        if path.stat().st_size < BIGGEST and path.parent != ROOT / "hub/explorer/static/vendor"
        for trace in TRACES
        if (match := trace.search(path.read_text("utf-8", errors="replace")))
    ]

    assert found == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_is_names_versions_and_hashes_and_nothing_else(lock: str) -> None:
    lines = (ROOT / lock).read_text("ascii").splitlines()

    assert [
        line
        for line in lines
        if not re.fullmatch(r"[a-z0-9.-]+==\S+( ; [^\\]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?", line)
    ] == []


def test_the_locks_agree() -> None:
    small, large = (
        {line.split()[0] for line in (ROOT / name).read_text("ascii").splitlines() if "==" in line}
        for name in ("requirements.lock", "requirements-dev.lock")
    )

    assert small < large


def test_packages_begin_with_one_sentence_and_nothing_else() -> None:
    found = []
    for path in modules(*PACKAGES, "tests"):
        if path.name == "__init__.py":
            body = ast.parse(path.read_text("utf-8")).body
            text = (
                body[0].value.value
                if len(body) == 1 and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant)
                else None
            )
            if not isinstance(text, str) or "\n" in text or not text.endswith("."):
                found.append(named(path))

    assert found == []


def test_modules_and_functions_are_of_a_size_to_be_read() -> None:
    sizes = {named(path): len(path.read_text("utf-8").splitlines()) for path in modules(*PACKAGES)}
    lengths = {
        f"{named(path)}:{node.lineno}": (node.end_lineno or 0) - node.body[0].lineno + 1
        for path in modules(*PACKAGES)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }

    assert {name: size for name, size in sizes.items() if size > 300} == {}
    assert {name: length for name, length in lengths.items() if length > 40} == {}


def test_every_folder_of_tests_is_a_package() -> None:
    assert [named(path.parent) for path in modules("tests") if not (path.parent / "__init__.py").exists()] == []


def test_modules_are_imported_by_their_full_names() -> None:
    found = [
        f"{named(path)}:{node.lineno}"
        for path in modules(*PACKAGES, "tests")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.level
    ]

    assert found == []


@pytest.mark.parametrize(
    ("pattern", "packages", "exempt"),
    [
        pytest.param(DRIVER, PACKAGES, {"graph/store.py"}, id="the driver has one door"),
        pytest.param(NOW, PACKAGES, {"hub/clock.py"}, id="there is one clock"),
        pytest.param(CHANCE, PACKAGES[1:], set(), id="chance is given outside the hub"),
    ],
)
def test_some_words_stand_where_they_may(pattern: re.Pattern[str], packages: tuple[str, ...], exempt: set[str]) -> None:
    found = [named(path) for path in modules(*packages) if pattern.search(path.read_text("utf-8"))]

    assert set(found) <= exempt


def test_the_readme_is_short_and_opens_with_the_two_commands() -> None:
    lines = (ROOT / "README.md").read_text("utf-8").splitlines()

    assert len(lines) <= 150
    assert [line.split("#")[0].strip() for line in lines[3:5]] == ["make demo", "make test"]


def test_commands_and_targets_that_documents_name_exist() -> None:
    targets = set(re.findall(r"^([a-z0-9-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    missing = set()
    for document in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        text = document.read_text("utf-8")
        missing |= {f"make {name}" for name in re.findall(r"[`\n]make ([a-z0-9-]+)", text) if name not in targets}
        missing |= {
            " ".join(words)
            for words in re.findall(r"[`\n(]hub ([a-z-]+)(?: ([a-z-]+))?", text)
            if not is_command(*words)
        }

    assert missing == set()


def is_command(name: str, second: str) -> bool:
    if name not in COMMANDS:
        return False
    command = main.get_command(click.Context(main), name)
    return not isinstance(command, click.Group) or not second or second in command.commands


def test_every_command_and_setting_stands_in_the_readme() -> None:
    text = (ROOT / "README.md").read_text("utf-8")

    assert [name for name in COMMANDS if f"`hub {name}" not in text] == []
    assert [name for name in NAMES if f"`{name}`" not in text] == []


def test_the_people_of_the_demo_stand_in_the_readme_as_they_are() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    rows = re.findall(r"^\| `.+ \|$", text.partition("### The people of the demo")[2].partition("## ")[0], re.MULTILINE)

    assert rows == [row(person) for person in DEMO_PEOPLE]


def row(person: DemoPerson) -> str:
    wards = "all 18" if person.wards == WESTMINSTER else ", ".join(sorted(person.wards)) or "none"
    purposes = ", ".join(person.purposes)
    return f"| `{person.name}` | {person.title} | {person.agency} | {person.role} | {wards} | {purposes} |"
