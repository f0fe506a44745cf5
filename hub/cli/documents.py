"""The policy documents that a command is about, and the day that it is about."""

import os
from collections.abc import Iterable
from pathlib import Path

import click

from hub.clock import today
from hub.policies import read_policies
from hub.settings import Settings
from policies import phrases
from policies.catalogue import Catalogue
from policies.engine import Engine, compile_engine


class Day(click.ParamType[str]):
    """A day as `2026-11-24`."""

    name = "DATE"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            return phrases.day(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a day; write one as 2026-11-24", param, ctx)


FOLDER = click.option(
    "--policies",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of policy documents; by default HUB_POLICIES, or else the shipped ones.",
)
ON = click.option("--on", "day", type=Day(), default=today, show_default="today", help="The day that it is said of.")


def texts(folder: Path | None) -> dict[str, str]:
    """The documents by file name; raises PolicyError."""
    return read_policies(Settings.read(os.environ).policies if folder is None else folder)


def catalogue() -> Catalogue:
    """Every type that agreements can speak of."""
    from schema.catalogue import catalogue as made  # noqa: PLC0415 - the schema takes its time, and `--help` must not wait

    return made()


def engine(folder: Path | None) -> Engine:
    """The compiled documents; raises PolicyError with every finding where there are errors."""
    return compile_engine(texts(folder), catalogue())


def known(kind: str, word: str, valid: Iterable[str]) -> str:
    """The word, where it is one of the valid ones; a usage error that names them where it is not."""
    words = sorted(set(valid))
    if word in words:
        return word
    raise click.UsageError(f"there is no {kind} {word!r}; there are: {', '.join(words) or 'none'}")
