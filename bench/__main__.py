"""`python -m bench`, which `make bench` runs: loads a town, measures, and prints tables."""

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from bench.engines import Kind, engine
from bench.figures import Table, keep, terminal
from bench.holding import hold
from bench.servers import Ground
from bench.setting import Plan, Setting
from bench.town import settle

RESULTS = Path(__file__).parent / "results"
IN_TOWN: Mapping[str, str] = {
    "peer": "the hub against @neo4j/graphql",
    "driver": "the hub against the bare driver",
    "agreements": "agreements against one that grants everything",
    "ledger": "the ledger",
    "pauses": "how long large answers keep others waiting",
    "changes": "changes against the bare transaction",
    "live": "how soon a change is heard",
}
"""Comparisons in one town."""
APART: Mapping[str, str] = {"imports": "imports against bare MERGE", "growth": "the growth of reads"}
"""Comparisons with engines of their own. Each name is that of a module in `bench.tables`."""
ALL = (*IN_TOWN, *APART)


class Names(click.ParamType[tuple[str, ...]]):
    """Names of comparisons, with commas between."""

    name = "NAME,..."

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        """Split, and refuse what there is not."""
        names = tuple(str(value).split(","))
        if unknown := sorted(set(names).difference(ALL)):
            self.fail(f"{', '.join(unknown)} is not one of {', '.join(ALL)}", param, ctx)
        return names


class Sizes(click.ParamType[tuple[int, ...]]):
    """Numbers of people, with commas between, in order of size."""

    name = "PEOPLE,..."

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, ...]:
        """Split, and refuse fewer than two."""
        words = str(value).split(",")
        if len(words) < 2 or not all(word.isdigit() for word in words):  # noqa: PLR2004 - one is compared with another
            self.fail("give two numbers or more, as in 10000,300000", param, ctx)
        return tuple(sorted(map(int, words)))


@click.command(context_settings={"show_default": True, "help_option_names": ["-h", "--help"]})
@click.option("--size", envvar="SIZE", default=20_000, type=click.IntRange(min=8_000), help="People in the town.")
@click.option("--only", envvar="ONLY", default=",".join(ALL), type=Names(), help="Which comparisons.")
@click.option(
    "--engine",
    "kind",
    envvar="ENGINE",
    default=Kind.NEO4J,
    type=click.Choice(Kind, case_sensitive=False),
    help="On what.",
)
@click.option("--rounds", envvar="ROUNDS", default=5, type=click.IntRange(min=1), help="Rounds of each comparison.")
@click.option("--seconds", envvar="SECONDS", default=4.0, type=click.FloatRange(min=0.5), help="Seconds of a round.")
@click.option("--rows", envvar="ROWS", default=100_000, type=click.IntRange(min=1_000), help="Rows of an import.")
@click.option("--growth", envvar="GROWTH", default="10000,300000", type=Sizes(), help="Between which sizes.")
def main(size: int, only: tuple[str, ...], **options: Any) -> None:  # noqa: ANN401 - the plan's own values
    """Measure the hub against what it should be compared with, as ratios within one run."""
    os.umask(0o077)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        plan = Plan(
            folder=Path(folder),
            kind=options["kind"],
            rounds=options["rounds"],
            seconds=options["seconds"],
            rows=options["rows"],
            sizes=options["growth"],
        )
        asyncio.run(_run(plan, size, only))


async def _run(plan: Plan, size: int, only: Sequence[str]) -> None:
    console, found = terminal(), list[Table]()
    async for tables in _compare(plan, size, only):
        for table in tables:
            table.show(console)
        found += tables
        keep(found, _command(plan, size, only), RESULTS / f"{plan.kind}.json")


async def _compare(plan: Plan, size: int, only: Sequence[str]) -> AsyncIterator[list[Table]]:
    if names := [name for name in IN_TOWN if name in only]:
        async with engine(plan.kind, plan.folder / "engine") as connection:
            _say(f"loading a town of {size:,} people")
            town = settle(size)
            await hold(connection, town, peer="peer" in names)
            setting = Setting(plan=plan, ground=Ground(connection=connection, folder=plan.folder), town=town)
            for name in names:
                _say(f"measuring {IN_TOWN[name]}")
                yield await import_module(f"bench.tables.{name}").compare(setting)
    for name in (name for name in APART if name in only):
        _say(f"measuring {APART[name]}")
        yield await import_module(f"bench.tables.{name}").compare(plan)


def _say(what: str) -> None:
    click.echo(f"{what} ...", err=True)


def _command(plan: Plan, size: int, only: Sequence[str]) -> str:
    """What to type for the same figures."""
    given = {
        "SIZE": size,
        "ONLY": ",".join(only),
        "ENGINE": plan.kind,
        "ROUNDS": plan.rounds,
        "SECONDS": plan.seconds,
        "ROWS": plan.rows,
        "GROWTH": ",".join(map(str, plan.sizes)),
    }
    return " ".join(("make bench", *(f"{name}={value}" for name, value in given.items())))


if __name__ == "__main__":
    main()
