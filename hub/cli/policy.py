"""`hub policy`: whether agreements say what their officers mean."""

import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from hub.policies import read_policies
from hub.settings import Settings
from policies.catalogue import Catalogue
from policies.check import check as checked
from policies.engine import compile_engine
from policies.findings import Finding
from policies.scenarios import run_scenarios

_FOLDER = click.option(
    "--policies",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of policy documents; by default HUB_POLICIES, or else the shipped ones.",
)


@click.group()
def policy() -> None:
    """Check and test sharing agreements."""


@policy.command()
@_FOLDER
def check(folder: Path | None) -> None:
    """Say what is wrong with the documents, with file and line; exit with 1 if there are errors."""
    texts = _texts(folder)
    findings = checked(texts, _catalogue(), _today())
    _print(findings)
    errors = sum(finding.severity == "error" for finding in findings)
    click.echo(f"{len(texts)} documents: {errors} errors, {len(findings) - errors} warnings")
    if errors:
        raise click.exceptions.Exit(1)


@policy.command()
@_FOLDER
def test(folder: Path | None) -> None:
    """Run the scenario tables; exit with 1 if anything is shown that they do not expect."""
    texts = _texts(folder)
    outcomes = run_scenarios(compile_engine(texts, _catalogue()), texts)
    for outcome in outcomes:
        for difference in outcome.differences:
            click.echo(f"{outcome.file}:{outcome.line}: failed: {outcome.name}: {difference}")
    failed = sum(not outcome.passed for outcome in outcomes)
    click.echo(f"{len(outcomes)} scenarios: {len(outcomes) - failed} passed, {failed} failed")
    if failed:
        raise click.exceptions.Exit(1)


def _texts(folder: Path | None) -> dict[str, str]:
    return read_policies(Settings.read(os.environ).policies if folder is None else folder)


def _catalogue() -> Catalogue:
    from schema.catalogue import catalogue  # noqa: PLC0415 - the schema takes its time, and `--help` must not wait

    return catalogue()


def _today() -> str:
    return datetime.now(ZoneInfo("Europe/London")).date().isoformat()


def _print(findings: Iterable[Finding]) -> None:
    for finding in findings:
        click.echo(str(finding))
