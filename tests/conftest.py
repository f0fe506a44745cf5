"""What every test can ask for."""

import gc
import os
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from graph.store import Connection
from hub import collector
from tests.support.browser.installation import axe, chromium
from tests.support.engine import a_neo4j, an_embedded_engine, in_turn, named_server
from tests.support.missing import NotInstalled

LONGEST = (
    "resolvers/test_non_interference.py",
    "resolvers/fast/test_ways.py",
    "hub/demo/test_demo.py",
    "browser/test_work.py",
    "browser/test_day.py",
    "graph/test_torn_reads.py",
    "resolvers/test_torn_reads.py",
    "resolvers/test_parity.py",
    "graph/test_relay.py",
    "graph/test_additions.py",
    "hub/cli/test_serve.py",
    "hub/test_logs.py",
    "hub/cli/test_matrix.py",
    "resolvers/acting/test_attacks.py",
    "hub/backup/test_restoring.py",
    "docs/test_pages.py",
)
"""Files with few tests that take long; what is begun last is what all but one worker wait for."""

settings.register_profile("soak", max_examples=2_000, deadline=None)
settings.register_profile("unhurried", deadline=None)
if settings.get_current_profile_name() == "default":  # on a build machine hypothesis chooses its own
    settings.load_profile("unhurried")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--whole", action="store_true", help="what would be skipped, as something is missing, fails")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.skipped and item.config.getoption("--whole"):
        report.outcome = "failed"
    return report


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest files."""
    places = {Path(__file__).parent / name: at for at, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path, len(places)))


def pytest_configure() -> None:
    """Collect no cycles while tests are gathered: nothing that is loaded then goes away."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Collect cycles as rarely as a hub does, without what all tests share: that is a quarter of what some take."""
    collector.spare()
    gc.enable()


@pytest.fixture(scope="session", params=in_turn)
def engine_connection(request: pytest.FixtureRequest) -> Connection:
    """Give each engine of this session of tests in turn; `tests.support.engine.fresh_store` empties and migrates it."""
    connection: Connection = request.getfixturevalue(request.param)
    return connection


@pytest.fixture(scope="session")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    with an_embedded_engine(tmp_path_factory.mktemp("engine")) as connection:
        yield connection


@pytest.fixture(scope="session")
def neo4j(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    try:
        with a_neo4j(tmp_path_factory.mktemp("neo4j")) as server:
            yield server.connection()
    except NotInstalled as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def barriers() -> str:
    """Give the script that looks for barriers on a page in a browser."""
    try:
        chromium()
        return axe()
    except NotInstalled as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def server() -> Connection:
    return named_server(os.environ)
