"""What every test can ask for."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from graph.store import Connection
from tests.support.engine import an_engine

settings.register_profile("soak", max_examples=2_000, deadline=None)
settings.register_profile("unhurried", deadline=None)
if settings.get_current_profile_name() == "default":  # on a build machine hypothesis chooses its own
    settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def engine_connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """Give the engine of this session of tests; `tests.support.engine.fresh_store` empties and migrates it."""
    folder = tmp_path_factory.mktemp("engine")
    with an_engine(folder, os.environ) as connection:
        yield connection
