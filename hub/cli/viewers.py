"""Whom a command speaks of: somebody of the demo, or anybody in a role of an agency."""

import click

from hub.cli.documents import known
from hub.demo_people import DEMO_PEOPLE
from policies.engine import Engine
from policies.viewer import Principal

FORM = "agency:role or agency:role:ward,ward"


def principal(named: str, engine: Engine) -> Principal:
    """Read `asb-officer`, or `council:asb_officer:E05013794,E05013795`; a usage error says which words there are."""
    people = {person.name: person.principal for person in DEMO_PEOPLE}
    if ":" not in named:
        if named not in people:
            there_are = f"there are: {', '.join(people)}; or write {FORM}"
            raise click.UsageError(f"nobody in the demo is called {named!r}; {there_are}")
        return _of_partnership(people[named], engine)
    agency, role, *more = named.split(":")
    if len(more) > 1:
        raise click.UsageError(f"{named!r} names nobody; write {FORM}")
    wards = frozenset(ward.strip() for ward in "".join(more).split(",") if ward.strip())
    return _of_partnership(Principal(subject=named, agency=agency, roles=frozenset({role}), wards=wards), engine)


def _of_partnership(who: Principal, engine: Engine) -> Principal:
    agency = known("agency", who.agency, engine.agencies)
    for role in who.roles:
        known(f"role in {agency}", role, engine.agencies[agency].roles)
    return who
