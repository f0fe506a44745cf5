"""`python -m bench`, which `make bench` runs: loads a town, measures, and prints tables."""

import asyncio
import os
import tempfile
from collections.abc import Awaitable, Callable, Mapping
from importlib import import_module
from pathlib import Path

import click

from bench.engines import Kind, engine
from bench.figures import Table, keep, terminal
from bench.holding import hold
from bench.servers import Ground
from bench.setting import Setting
from bench.town import settle

RESULTS = Path(__file__).parent / "results"
COMPARISONS: Mapping[str, str] = {
    "peer": "the hub against @neo4j/graphql",
    "driver": "the hub against the bare driver",
}
"""Each is a module of `bench.tables`."""
Compare = Callable[[Setting], Awaitable[list[Table]]]


@click.command(context_settings={"show_default": True, "help_option_names": ["-h", "--help"]})
@click.option("--size", envvar="SIZE", default=20_000, type=click.IntRange(min=1_000), help="People in the town.")
@click.option("--only", envvar="ONLY", default=",".join(COMPARISONS), metavar="NAME,...", help="Which comparisons.")
@click.option("--engine", "kind", envvar="ENGINE", default=Kind.NEO4J, type=click.Choice(Kind), help="On which engine.")
@click.option(
    "--rounds", envvar="ROUNDS", default=5, type=click.IntRange(min=1), help="Rounds of each that is compared."
)
@click.option("--seconds", envvar="SECONDS", default=4.0, type=click.FloatRange(min=0.5), help="Seconds of a round.")
def main(size: int, only: str, kind: Kind, rounds: int, seconds: float) -> None:
    """Measure the hub against what it should be compared with, as ratios within one run."""
    names = only.split(",")
    if unknown := sorted(set(names).difference(COMPARISONS)):
        raise click.UsageError(f"{', '.join(unknown)} is not one of {', '.join(COMPARISONS)}")
    os.umask(0o077)
    tables: list[Table] = []
    command = f"make bench SIZE={size} ONLY={only} ENGINE={kind} ROUNDS={rounds} SECONDS={seconds:g}"
    console = terminal()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:

        async def run() -> None:
            async with engine(kind, Path(folder) / "engine") as connection:
                town = settle(size)
                click.echo(f"{kind}: loading a town of {size:,} people ...", err=True)
                await hold(connection, town, peer="peer" in names)
                setting = Setting(
                    ground=Ground(connection=connection, folder=Path(folder)),
                    engine=kind.value,
                    town=town,
                    rounds=rounds,
                    seconds=seconds,
                )
                for name in names:
                    click.echo(f"measuring {COMPARISONS[name]} ...", err=True)
                    compare: Compare = import_module(f"bench.tables.{name}").compare
                    for table in await compare(setting):
                        table.show(console)
                        tables.append(table)
                        keep(tables, command, RESULTS / f"{kind}-{size}.json")

        asyncio.run(run())


if __name__ == "__main__":
    main()
