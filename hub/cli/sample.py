"""`hub sample`: made-up extracts, to try the hub with."""

from pathlib import Path

import click

from connectors.sample.making import make


@click.command()
@click.option("--people", type=click.IntRange(min=1), default=2000, show_default=True, help="How many people.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed makes the same files.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="The folder to write to.")
def sample(people: int, seed: int, out: Path) -> None:
    """Make up the extracts of a partnership's agencies, with a truth file beside them.

    Nobody in them exists. The family and the protected people that the demo shows are always among them.
    """
    try:
        made = make(people, seed, out)
    except OSError as error:
        raise click.ClickException(f"{out} cannot be written: {error.strerror}") from error
    click.echo(f"{made:,} people who do not exist, in {out}")
