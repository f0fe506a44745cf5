"""`hub policy explain`: why somebody is shown as much of a record as they are, and what they may do to it."""

import asyncio
import os
from pathlib import Path
from typing import Any

import click
import orjson
from rich.console import Console

from graph.circumstances import PREFIXES
from graph.vocabulary import Node
from hub.cli.documents import FOLDER, ON, engine
from hub.cli.signature import REASON, operator, reason
from hub.cli.viewers import FORM, principal
from hub.officers.consultation import Answer, Consultation, consult
from hub.officers.explained import explained
from hub.officers.report import report
from hub.services import open_services
from hub.settings import Settings
from policies.engine import Engine
from policies.viewer import Viewer
from policies.vocabulary import Purpose

WIDTH = 180
"""Columns of a table that goes to a file or a pipe."""


def _ids(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    """Refuse an id that begins as none of the option does."""
    nodes = {"person": {Node.PERSON}, "case": {Node.CASE}, "premises": {Node.PREMISES}}.get(str(param.name), set(Node))
    begins = tuple(prefix for prefix, node in PREFIXES.items() if node in nodes)
    for id_ in value:
        if not id_.startswith(begins):
            there_are = ", ".join(f"{prefix}..." for prefix in begins)
            raise click.BadParameter(f"{id_!r} is no id of such a thing; there are: {there_are}", ctx, param)
    return value


@click.command()
@click.option("--as", "named", required=True, metavar="NAME", help=f"Somebody of the demo, or {FORM}.")
@click.option("--purpose", type=click.Choice(list(Purpose)), required=True, help="The purpose that they would state.")
@click.option("--person", multiple=True, metavar="ID", callback=_ids, help="A person, with all records, or a record.")
@click.option("--case", multiple=True, metavar="ID", callback=_ids, help="A case.")
@click.option("--premises", multiple=True, metavar="ID", callback=_ids, help="A place.")
@click.option("--id", "other", multiple=True, metavar="ID", callback=_ids, help="Anything else that is stored.")
@click.option("--reason", metavar="TEXT", callback=reason("Why you look"), help=REASON)
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@FOLDER
@ON
def explain(folder: Path | None, day: str, form: str, **asked: Any) -> None:  # noqa: ANN401 - as the options have it
    """Say how far somebody is shown each field of a record, what they may do to it, and why: for auditors.

    For each field and act: which clause of which agreement gives it, which limit keeps it down, and which condition
    would give more if it were met. No value that is recorded is printed, only how far each is shown and the facts that
    decide: protections, agencies in open cases, wards where they decide. Whoever runs this has the authority of the
    host; the look-up is written to the ledger with your name on this machine and your reason, and nothing is said
    unless it is.
    """
    compiled = engine(folder)
    viewer = Viewer(principal=principal(asked["named"], compiled), purpose=Purpose(asked["purpose"]), day=day)
    ids = (*asked["person"], *asked["case"], *asked["premises"], *asked["other"])
    if not ids:
        raise click.UsageError("say of what: --person, --case, --premises or --id")
    look = Consultation(subject=operator(), reason=asked["reason"], viewer=viewer, ids=ids)
    answer = asyncio.run(_consult(compiled, look))
    if answer.missing:
        raise click.UsageError(f"nothing is stored of {', '.join(answer.missing)}")
    permitted = viewer.purpose in compiled.purposes(viewer.principal.agency, viewer.principal.roles, day)
    if form == "json":
        said = report(answer, viewer, permitted=permitted, policy_hash=compiled.policy_hash)
        click.echo(orjson.dumps(said, option=orjson.OPT_INDENT_2))
        return
    console = Console()
    (console if console.is_terminal else Console(width=WIDTH)).print(explained(answer, viewer, permitted=permitted))


async def _consult(compiled: Engine, look: Consultation) -> Answer:
    async with open_services(Settings.read(os.environ)) as services:
        return await consult(services, compiled, look)
