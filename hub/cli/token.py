"""`hub token`: sign in as somebody of the demo."""

import os
from datetime import timedelta

import click

from hub import clock
from hub.demo_people import DEMO_PEOPLE, DemoPerson
from hub.folder import Folder
from hub.identity.errors import PersonUnknown
from hub.identity.issuing import KEY_NAME, KEY_SIZE, development_issuer
from hub.settings import Mode, Settings


@click.command()
@click.argument("name", required=False)
@click.option("--hours", default=12.0, show_default=True, type=click.FloatRange(min=0.01, max=24 * 31))
@click.option("--list", "listed", is_flag=True, help="List the people and their purposes instead.")
def token(name: str | None, hours: float, listed: bool) -> None:  # noqa: FBT001 - click passes flags so
    """Print a token for NAME, one of the people of the demo."""
    if listed:
        for person in DEMO_PEOPLE:
            click.echo(f"{person.name:18} {person.agency:15} {person.role:16} {', '.join(person.purposes)}")
        return
    if name is None:
        raise click.UsageError("say whose token, or --list to see the people of the demo")
    who = _person(name)
    settings = Settings.read(os.environ, mode=Mode.DEMO)
    issuer = development_issuer(Folder.open(settings.data).secret(KEY_NAME, KEY_SIZE), settings.mode)
    click.echo(issuer.issue(who.principal, clock.moment(), timedelta(hours=hours)))


def _person(name: str) -> DemoPerson:
    for person in DEMO_PEOPLE:
        if person.name == name:
            return person
    raise PersonUnknown(f"nobody in the demo is called {name!r}; there are {', '.join(p.name for p in DEMO_PEOPLE)}")
