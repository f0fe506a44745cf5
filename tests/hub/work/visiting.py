"""Somebody at a browser without scripts: cookies, links and forms, on a hub with a real graph."""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import httpx

from graph.store import Connection
from hub.answers import Answerer
from hub.app import Parts, create_app
from hub.demo_people import DEMO_PEOPLE
from hub.health import Health
from hub.identity.bearer import Door
from hub.identity.issuing import ISSUER, development_issuer
from hub.identity.verifier import Verifier
from hub.settings import Mode
from hub.work.reception import DemoReception
from tests.resolvers.acting.casework import changed, opened
from tests.resolvers.acting.test_alerts import BOY, BROTHER, relayed, stated
from tests.resolvers.stage import staged
from tests.support.hub import ASB, TestHub
from tests.support.scenes import Facts, sibling, write

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

URLENCODED = "application/x-www-form-urlencoded"
HERE = "http://127.0.0.1:8000"
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
ROLES = frozenset({person.role for person in DEMO_PEOPLE})
AGENCIES = {person.agency: ROLES for person in DEMO_PEOPLE}
FORM = re.compile(r'<form method="post" action="([^"]+)"[^>]*>(.*?)</form>', re.DOTALL)
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')


@dataclass(slots=True)
class Clock:
    """A clock that stands still until it is moved."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def move(self, by: timedelta) -> None:
        self.now += by


@dataclass(slots=True, kw_only=True)
class House:
    """A hub, and the application that serves it."""

    hub: TestHub
    clock: Clock = field(default_factory=Clock)

    @asynccontextmanager
    async def visitor(
        self, who: str | None = None, purpose: str = ASB, answerer: Answerer | None = None
    ) -> "AsyncIterator[Visitor]":
        """Open a browser; somebody who is named signs in. Another answerer stands for a hub that is not well."""
        parts = self.parts() if answerer is None else replace(self.parts(), answerer=answerer)
        transport = httpx.ASGITransport(app=create_app(parts))
        async with httpx.AsyncClient(transport=transport, base_url=HERE, headers={"Origin": HERE}) as client:
            visitor = Visitor(client=client)
            if who is not None:
                answer = await client.post("/work/sign-in", data={"person": who, "purpose": purpose})
                assert answer.headers["location"] == "/work"
            yield visitor

    def parts(self) -> Parts:
        """What the application of a demo is made of."""
        issuer = development_issuer(bytes(range(32)), Mode.DEMO)
        door = Door(Verifier(issuers={ISSUER: issuer.believed}, agencies=lambda: AGENCIES), self.clock)
        return Parts(
            answerer=self.hub.answerer,
            door=door,
            health=Health(examinations={}, clock=time.monotonic),
            requests=lambda: "c0ffee",
            reception=DemoReception(issuer=issuer, door=door, clock=self.clock),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Looks at pages, and sends the forms that stand on them."""

    client: httpx.AsyncClient

    async def page(self, path: str, status: int = 200) -> str:
        """Look at a page that is answered so."""
        answer = await self.client.get(path)
        assert answer.status_code == status, (answer.status_code, answer.headers.get("location"))
        return answer.text

    async def post(self, action: str, fields: Mapping[str, str]) -> httpx.Response:
        """Send fields as a browser does."""
        return await self.client.post(action, content=urlencode(fields), headers={"Content-Type": URLENCODED})

    async def send(self, path: str, action: str, /, **fields: str) -> httpx.Response:
        """Fill in a form that stands on a page, and send it."""
        return await self.post(action, {**hidden(await self.page(path), action), **fields})

    async def do(self, path: str, act: str, /, **fields: str) -> str:
        """Send a form of a page about one thing, which must be done; gives the page that then comes."""
        answer = await self.send(path, f"{path}/{act}", **fields)
        assert answer.status_code == 303, seen(answer.text)
        return await self.page(answer.headers["location"])


def hidden(page: str, action: str) -> dict[str, str]:
    """What a form brings by itself; fails where the page has no such form."""
    contents = dict(FORM.findall(page))
    return {name: unescape(value) for name, value in HIDDEN.findall(contents[action])}


def forms(page: str) -> list[str]:
    """Where the forms of a page go."""
    return [address for address, _ in FORM.findall(page)]


def seen(page: str) -> str:
    """The words of a page's middle, as they are read."""
    middle = page.partition("<main")[2].partition("</main>")[0].partition(">")[2]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", middle)).split())


async def raised(house: House) -> str:
    """Tie a boy of Larkhall's to somebody in a gang case, which raises an alert; gives the case."""
    await stated(house.hub, sibling(BOY, BROTHER))
    matter = await opened(house.hub, "police-officer", caseType="GANG", sensitivity="OFFICIAL_SENSITIVE")
    found = "MATCH (r:PersonRecord {givenName: 'Joe'})-[:ABOUT]->(p:Person) RETURN p.personId"
    brother = await house.hub.store.read(found)
    await changed(house.hub, "police-officer", "involvePerson", id=matter["id"], person=brother, role="PERPETRATOR")
    await relayed(house.hub)
    return str(matter["id"])


def visit(connection: Connection, *facts: Facts, story: Callable[[House], Awaitable[None]]) -> None:
    """Run a story in a house where these facts are stored."""

    async def whole() -> None:
        async with staged(connection) as hub:
            await write(hub.store, *facts)
            await hub.watch.refresh(hub.store)
            await story(House(hub=hub))

    asyncio.run(whole())
