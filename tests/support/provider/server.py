"""`oidc-provider` as a process on loopback: people and apps of an agency, and the keys that it signs by."""

import json
import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import pytest
from joserfc.jwk import RSAKey

from hub.engine.ports import choose
from tests.support import node

AUDIENCE = "https://hub.example.org"
"""What access tokens are for: by resource indicators (RFC 8707) it is an address."""
FOLDER = Path(__file__).parent
LOG = "provider.log"
PACKAGE = FOLDER / "node_modules" / "oidc-provider"


def fetch() -> None:
    """Fetch it, unless that was done; raises NotInstalled."""
    if not PACKAGE.is_dir():
        node.fetch(FOLDER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who may sign in, by any password, and what the provider says of them."""

    subject: str
    claims: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """An app; one without a secret is public, and one that people sign in to has addresses to come back to."""

    id: str
    secret: str | None
    redirect_uris: tuple[str, ...] = ()
    signed_out_uris: tuple[str, ...] = ()
    claims: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Provider:
    """Runs at one address, which stays free while it is stopped; what it knows of sign-ins ends with each stop."""

    folder: Path
    port: int
    clients: tuple[Client, ...]
    people: tuple[Person, ...]
    _process: subprocess.Popen[str] | None = None

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, keys: str = "first") -> None:
        """Start it, to sign by the key of that name."""
        given = self.folder / "provider.json"
        given.write_text(
            json.dumps(
                {
                    "issuer": self.issuer,
                    "port": self.port,
                    "clients": [asdict(one) for one in self.clients],
                    "people": [asdict(one) for one in self.people],
                    "keys": {"keys": [_key(keys)]},
                }
            )
        )
        log = self.folder / LOG
        with log.open("a") as errors:
            self._process = subprocess.Popen(
                [node.NODE, FOLDER / "provider.mjs", given],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                env={**os.environ, "NODE_NO_WARNINGS": "1"},
            )
        said = self._process.stdout.readline() if self._process.stdout else ""
        assert said == "ready\n", f"the provider does not start: {said}{log.read_text()[-2000:]}"

    def stop(self) -> None:
        """End it, unless that was done."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def token(self, client: str, audience: str = AUDIENCE) -> str:
        """Give an app's access token, by client credentials."""
        (app,) = (one for one in self.clients if one.id == client)
        assert app.secret is not None
        asked = {"grant_type": "client_credentials", "resource": audience}
        answer = httpx.post(f"{self.issuer}/token", data=asked, auth=(app.id, app.secret), trust_env=False)
        assert answer.status_code == 200, answer.text
        return str(answer.json()["access_token"])


@contextmanager
def a_provider(folder: Path, *, clients: tuple[Client, ...], people: tuple[Person, ...] = ()) -> Iterator[Provider]:
    """Serve until the block ends; where it is not fetched the test is skipped."""
    if not PACKAGE.is_dir():
        pytest.skip("people sign in at a provider from npm; `make provider` fetches it")
    folder.mkdir(parents=True, exist_ok=True)
    provider = Provider(folder=folder, port=choose(folder / LOG), clients=clients, people=people)
    try:
        provider.start()
        yield provider
    finally:
        provider.stop()


@cache
def _key(name: str) -> dict[str, Any]:
    return dict(RSAKey.generate_key(2048, {"kid": name, "use": "sig", "alg": "RS256"}).as_dict(private=True))
