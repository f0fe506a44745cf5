"""The stage on which several tests ask."""

import asyncio
from collections.abc import Iterator

import pytest

from graph.store import Connection
from tests.resolvers.partnership import Stage, an_import, scene
from tests.resolvers.stage import staged
from tests.support.scenes import (
    write,
)


@pytest.fixture(scope="module")
def stage(engine_connection: Connection) -> Iterator[Stage]:
    with asyncio.Runner() as runner:
        opened = staged(engine_connection)
        hub = runner.run(opened.__aenter__())
        runner.run(write(hub.store, *scene()))
        runner.run(an_import(hub))
        runner.run(hub.watch.refresh(hub.store))
        yield Stage(runner, hub)
        runner.run(opened.__aexit__(None, None, None))
