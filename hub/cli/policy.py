"""`hub policy`: whether agreements say what their officers mean."""

from collections.abc import Iterable
from pathlib import Path

import click

from hub.cli.documents import FOLDER, ON, catalogue, texts
from hub.cli.explain import explain
from hub.cli.matrix import matrix
from policies.check import check as checked
from policies.engine import compile_engine
from policies.findings import Finding
from policies.scenarios import run_scenarios


@click.group()
def policy() -> None:
    """Check and test sharing agreements, and say who sees what by them."""


@policy.command()
@FOLDER
@ON
def check(folder: Path | None, day: str) -> None:
    """Say what is wrong with the documents, with file and line; exit with 1 if there are errors."""
    documents = texts(folder)
    findings = checked(documents, catalogue(), day)
    _print(findings)
    errors = sum(finding.severity == "error" for finding in findings)
    click.echo(f"{len(documents)} documents: {errors} errors, {len(findings) - errors} warnings")
    if errors:
        raise click.exceptions.Exit(1)


@policy.command()
@FOLDER
def test(folder: Path | None) -> None:
    """Run the scenario tables; exit with 1 if anything is shown that they do not expect."""
    documents = texts(folder)
    outcomes = run_scenarios(compile_engine(documents, catalogue()), documents)
    for outcome in outcomes:
        for difference in outcome.differences:
            click.echo(f"{outcome.file}:{outcome.line}: failed: {outcome.name}: {difference}")
    failed = sum(not outcome.passed for outcome in outcomes)
    click.echo(f"{len(outcomes)} scenarios: {len(outcomes) - failed} passed, {failed} failed")
    if failed:
        raise click.exceptions.Exit(1)


def _print(findings: Iterable[Finding]) -> None:
    for finding in findings:
        click.echo(str(finding))


policy.add_command(explain)
policy.add_command(matrix)
