"""A served application, a token, and a client."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from hub.app import Parts, create_app
from hub.checkup.finding import Finding, ok
from hub.demo_people import DEMO_PEOPLE
from hub.explorer.routes import DemoExplorer
from hub.health import REASONS, Health
from hub.identity.bearer import Door
from hub.identity.issuing import ISSUER, TokenIssuer, development_issuer
from hub.identity.verifier import Verifier
from hub.settings import Mode
from tests.support.answerer import EchoingAnswerer
from tests.support.http_server import serving

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
ROLES = frozenset({person.role for person in DEMO_PEOPLE})
AGENCIES = {person.agency: ROLES for person in DEMO_PEOPLE}


@pytest.fixture(scope="session")
def issuer() -> TokenIssuer:
    return development_issuer(bytes(range(32)), Mode.DEMO)


@pytest.fixture(scope="session")
def health() -> Health:
    """How a hub is that is well."""

    async def examine() -> Finding:
        return ok("everything", "well")

    return Health(examinations=dict.fromkeys(REASONS, examine), clock=time.monotonic)


@pytest.fixture(scope="session")
def parts(issuer: TokenIssuer, health: Health) -> Parts:
    verifier = Verifier(issuers={ISSUER: issuer.believed}, agencies=lambda: AGENCIES)
    return Parts(
        answerer=EchoingAnswerer(),
        door=Door(verifier, lambda: NOW),
        health=health,
        requests=lambda: "c0ffee",
        explorer=DemoExplorer(issuer=issuer, clock=lambda: NOW, query="{ me { id } }"),
    )


@pytest.fixture(scope="session")
def address(parts: Parts) -> Iterator[str]:
    with serving(create_app(parts)) as url:
        yield url


@pytest.fixture(scope="session")
def token(issuer: TokenIssuer) -> str:
    return issuer.issue(DEMO_PEOPLE[0].principal, NOW, timedelta(hours=1))


@pytest.fixture(scope="session")
def client(address: str, token: str) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Bearer {token}"}
    with httpx.Client(base_url=address, headers=headers, trust_env=False) as client:
        yield client


@pytest.fixture(scope="session")
def stranger(address: str) -> Iterator[httpx.Client]:
    """Nobody: a client without a token."""
    with httpx.Client(base_url=address, trust_env=False) as client:
        yield client


@pytest.fixture
def answerer(parts: Parts) -> EchoingAnswerer:
    assert isinstance(parts.answerer, EchoingAnswerer)
    parts.answerer.asked.clear()
    parts.answerer.failures.clear()
    return parts.answerer
