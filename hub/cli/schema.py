"""`hub schema`: the GraphQL contract, for whoever builds against it."""

import click

from schema.contract import contract
from schema.printing import sdl


@click.command()
def schema() -> None:
    """Print the GraphQL contract."""
    click.echo(sdl(contract()), nl=False)
