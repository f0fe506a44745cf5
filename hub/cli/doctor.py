"""`hub doctor`: what is set up, reachable and migrated, what is wrong, and what to do."""

import asyncio
import os
from collections.abc import AsyncIterator

import click

from graph.errors import GraphError
from hub import clock
from hub.checkup.facts import examine_facts
from hub.checkup.finding import Finding, Level, wrong
from hub.checkup.graph import examine_graph
from hub.checkup.issuers import examine_issuers
from hub.checkup.ledger import examine_ledger, examine_writing
from hub.checkup.mappings import examine_mappings
from hub.checkup.policies import examine_policies
from hub.checkup.sealed import examine_sealed
from hub.checkup.surroundings import examine_folder, examine_settings
from hub.engine.errors import EngineError
from hub.services import open_services
from hub.settings import Settings

PATIENCE = 5.0
"""Seconds in which a server has to answer."""


@click.command()
@click.option("--facts", is_flag=True, help="Recompute every fact in the graph, which takes a while.")
def doctor(facts: bool) -> None:  # noqa: FBT001 - click passes flags so
    """Say what is set up, what is reachable, what is wrong and what to do; exit with 1 if something is wrong."""
    settings = Settings.read(os.environ)
    if asyncio.run(_examine(settings, facts=facts)):
        raise click.exceptions.Exit(1)


async def _examine(settings: Settings, *, facts: bool) -> int:
    """Print the findings, and count those that are wrong."""
    count = 0
    async for finding in _findings(settings, facts=facts):
        click.echo(str(finding))
        count += finding.level is Level.WRONG
    click.echo({0: "nothing is wrong", 1: "1 thing is wrong"}.get(count, f"{count} things are wrong"))
    return count


async def _findings(settings: Settings, *, facts: bool) -> AsyncIterator[Finding]:
    from schema.catalogue import catalogue  # noqa: PLC0415 - the schema takes its time, and `--help` must not wait

    for finding in examine_settings(settings, os.environ):
        yield finding
    for finding in examine_policies(settings, catalogue(), clock.today()):
        yield finding
    async for finding in examine_issuers(settings):
        yield finding
    for finding in examine_mappings(settings):
        yield finding
    is_usable = settings.data.exists()
    for finding in examine_folder(settings.data):
        yield finding
        is_usable = is_usable and finding.level is not Level.WRONG
    if is_usable:
        for finding in examine_ledger(settings.data / "ledger"):
            yield finding
        yield examine_writing(settings.data)
        async for finding in _of_graph(settings, facts=facts):
            yield finding


async def _of_graph(settings: Settings, *, facts: bool) -> AsyncIterator[Finding]:
    try:
        async with open_services(settings, patience=PATIENCE) as services:
            async for finding in examine_graph(services):
                yield finding
            yield await examine_sealed(settings, services)
            if facts:
                async for finding in examine_facts(services.store):
                    yield finding
    except (GraphError, EngineError) as error:
        yield wrong("graph", str(error))
