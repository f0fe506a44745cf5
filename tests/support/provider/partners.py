"""A hub in production, and the provider of the council's people and apps."""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import yaml

from graph.store import Connection
from tests.support.engine import fresh_store
from tests.support.provider.server import AUDIENCE, Client, Person, Provider, a_provider
from tests.support.served import AGENCIES, hub_variables, running

WARD = "E05013808"
JO = Person(subject="jo", claims={"roles": ["Concord ASB", "Payroll"], "wards": [WARD]})
KIT = Person(subject="kit", claims={"roles": ["Payroll"], "wards": []})
SLY = Person(subject="sly", claims={"agency": "police", "roles": ["Concord ASB"], "wards": []})
ROLES = {"asb_officer": "Concord ASB"}
SECRET = "a secret of tests: it has %20, + and :"


@dataclass(frozen=True, slots=True, kw_only=True)
class Partners:
    """`address` is the hub's, `log` what it says, and `variables` its settings."""

    address: str
    provider: Provider
    variables: Mapping[str, str]
    log: Path

    def ask(self, token: str, query: str = AGENCIES, purpose: str = "ASB_PREVENTION") -> httpx.Response:
        """Ask as an app does."""
        headers = {"Authorization": f"Bearer {token}", "Hub-Purpose": purpose}
        return httpx.post(f"{self.address}/graphql", json={"query": query}, headers=headers, trust_env=False)


@contextmanager
def partners(connection: Connection, folder: Path) -> Iterator[Partners]:
    """Serve both until the block ends; skips where the provider is not fetched."""
    asyncio.run(_emptied(connection))
    hub = hub_variables(folder / "hub")
    address = f"http://127.0.0.1:{hub['HUB_PORT']}"
    pages = Client(
        id="hub-pages",
        secret=SECRET,
        redirect_uris=(f"{address}/work/sign-in/council/done",),
        signed_out_uris=(f"{address}/work/sign-in",),
    )
    app = Client(id="app", secret="of an app", claims={"roles": ["Concord ASB"], "wards": [WARD]})
    stranger = Client(id="stranger", secret="of another", claims={"agency": "police", "roles": ["Concord ASB"]})
    people = (JO, KIT, SLY)
    with a_provider(folder / "provider", clients=(pages, app, stranger), people=people) as provider:
        variables = {
            **hub,
            "HUB_MODE": "production",
            "HUB_LOG": "text",
            "HUB_URL": address,
            "HUB_ISSUERS": str(_documents(folder, provider.issuer)),
            "HUB_GRAPH_URL": connection.url,
            "HUB_GRAPH_USER": connection.user,
            "HUB_GRAPH_PASSWORD": connection.password,
        }
        with running(variables) as (_, _, log):
            yield Partners(address=address, provider=provider, variables=variables, log=log)


async def _emptied(connection: Connection) -> None:
    async with fresh_store(connection):
        pass


def _documents(folder: Path, issuer: str) -> Path:
    documents, secret = folder / "issuers", folder / "secret"
    documents.mkdir()
    secret.write_text(f"{SECRET}\n", encoding="utf-8")
    council = {
        "issuer": issuer,
        "agencies": "council",
        "audience": AUDIENCE,
        "roles": ROLES,
        "sign_in": {"title": "City Council", "client": "hub-pages", "secret_file": str(secret)},
    }
    (documents / "council.yaml").write_text(yaml.safe_dump(council), encoding="utf-8")
    return documents
