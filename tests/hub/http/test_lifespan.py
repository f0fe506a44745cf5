"""What the application holds open while it runs."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import httpx

from hub.app import Hook, Parts, create_app
from tests.support.http_server import serving


def hook(name: str, said: list[str]) -> Hook:
    @asynccontextmanager
    async def opened() -> AsyncIterator[None]:
        said.append(f"{name} opens")
        yield
        said.append(f"{name} closes")

    return opened


def test_hooks_open_in_order_before_the_first_request_and_close_in_reverse(parts: Parts) -> None:
    said: list[str] = []
    app = create_app(replace(parts, hooks=(hook("graph", said), hook("ledger", said))))
    with serving(app) as address:
        httpx.get(f"{address}/health/live", trust_env=False)
        assert said == ["graph opens", "ledger opens"]
    assert said[2:] == ["ledger closes", "graph closes"]
