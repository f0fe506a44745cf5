"""`hub policy matrix`: who may see what and do what, for which purpose."""

from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import click
from rich.console import Console

from hub.cli.documents import FOLDER, ON, engine, known
from hub.officers.chapters import chapters
from hub.officers.page import page
from hub.officers.sheet import write_sheet
from hub.officers.terminal import tables
from hub.officers.wording import NO_PURPOSE
from policies.engine import Engine
from policies.matrix import Matrix, Seat, plain_classes, seats
from policies.vocabulary import Purpose

WIDTH = 200
"""Columns of a table that goes to a file or a pipe."""


@click.command()
@FOLDER
@ON
@click.option("--format", "form", type=click.Choice(["table", "html", "csv"]), default="table", show_default=True)
@click.option("--agency", metavar="CODE", help="Only this agency.")
@click.option("--role", help="Only this role.")
@click.option("--purpose", type=click.Choice([*Purpose, NO_PURPOSE]), help="Only this purpose, or without any.")
@click.option("--type", "type_name", help="Only records of this type.")
@click.option("--output", type=click.File("w", encoding="utf-8", lazy=True, atomic=True), default="-", help="A file.")
def matrix(folder: Path | None, day: str, form: str, type_name: str | None, output: TextIO, **only: str | None) -> None:
    """Say who may see what and do what, for which purpose: as a table, as a page to print, or for a spreadsheet.

    Rows are read off the compiled policies: how far each field is shown to each agency and role, or what they may do,
    on which condition, of whose records, under which agreement, and which limits leave less.
    """
    compiled = engine(folder)
    asking = list(_seats(compiled, day, only))
    types = [known("type", type_name, compiled.catalogue.types)] if type_name else list(compiled.catalogue.types)
    whole = Matrix(compiled, day, plain_classes(compiled))
    lines = {seat: list(whole.lines(seat, types)) for seat in asking}
    if form == "csv":
        write_sheet((line for said in lines.values() for line in said), output)
    elif form == "html":
        output.write(page(chapters(lines), _limits(compiled), day, compiled.policy_hash))
    else:
        console = Console(file=output)
        console = console if console.is_terminal else Console(file=output, width=WIDTH)
        for table in tables(chapters(lines)):
            console.print(table)


def _seats(compiled: Engine, day: str, only: dict[str, str | None]) -> Iterator[Seat]:
    """The seats that are asked for; a word that nobody has is a usage error."""
    every = list(seats(compiled, day))
    for name in ("agency", "role"):
        if word := only[name]:
            known(name, word, {getattr(seat, name) for seat in every})
            every = [seat for seat in every if getattr(seat, name) == word]
    if purpose := only["purpose"]:
        known("such purpose on that day:", str(purpose), {seat.purpose or NO_PURPOSE for seat in every})
        every = [seat for seat in every if (seat.purpose or NO_PURPOSE) == purpose]
    yield from every


def _limits(compiled: Engine) -> dict[str, list[str]]:
    return {one.id: [f"spares {agency}, {role}" for agency, role in sorted(one.spares)] for one in compiled.limits}
