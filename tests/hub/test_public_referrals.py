"""What the public sends arrives at the council's desk, goes the way of every referral, and stays nobody's."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from itertools import count
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from graph.store import Connection
from hub.gates import HOUR, OwnGate
from hub.public import PublicDesk, nobody
from hub.rates import Rate
from tests.resolvers.acting.test_referrals import FACTS, PLANTED, pin, read, submitted
from tests.resolvers.stage import tell
from tests.support.hub import ASB, TestHub

EACH, ALL = 3, 5
FORM = {"concerns": [{"heading": "NOISE", "qualifier": "NUISANCE"}], "narrative": PLANTED, "hasConsent": True}
MINE = "{ referrals(first: 5) { totalCount edges { node { reference narrative headings } } } }"
Send = Callable[..., Awaitable[httpx.Response]]


@asynccontextmanager
async def street(hub: TestHub) -> AsyncIterator[Send]:
    """Send what somebody writes from an address."""
    principal, keys = nobody(hub.watch.current.engine), count()
    assert principal is not None
    each, together = (Rate(limit=limit, seconds=HOUR, clock=lambda: 0.0) for limit in (EACH, ALL))
    desk = PublicDesk(
        answerer=hub.answerer,
        principal=principal,
        gate=OwnGate(each=each, together=together),
        keys=lambda: f"public-{next(keys)}",
    )
    app = Starlette(routes=[Route("/refer", desk.serve, methods=["POST"])])

    async def send(form: dict[str, Any], address: str = "192.0.2.1") -> httpx.Response:
        transport = httpx.ASGITransport(app=app, client=(address, 5))
        async with httpx.AsyncClient(transport=transport, base_url="http://hub") as client:
            return await client.post("/refer", json=form)

    yield send


def test_what_the_public_tells_arrives_at_the_desk_and_is_recorded(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        async with street(hub) as send:
            named = {"givenName": "Ann", "familyName": "Ash", "dateOfBirth": "1990", "role": "WITNESS"}
            answer = await send(
                {**FORM, "pin": pin(), "toldPeople": ["Joe"], "describedPeople": [named], "wantedOutcome": "Quiet"}
            )
            assert answer.status_code == 201
            (arrived,) = await read(hub, "asb-officer")
            assert answer.json() == {"reference": arrived["reference"]}
            assert (arrived["source"], arrived["referrer"], arrived["narrative"]) == ("PUBLIC", None, PLANTED)
            assert (arrived["ward"], arrived["toldPeople"]) == ("E05013808", ["Joe"])
            likened = "MATCH (:PersonRecord {familyName: 'Ash'})-[e:LIKENED_IN]->(:Referral) RETURN count(e)"
            assert await hub.store.read(likened) == 1
            (entry,) = [one for one in hub.ledger.entries if one.changes]
            assert (entry.subject, entry.agency, entry.roles) == ("public", "council", ("public",))
            assert [(one.act, one.agreements) for one in entry.changes] == [("submit", ("public-referrals",))]
            assert PLANTED not in repr(hub.ledger.entries)

    tell(engine_connection, *FACTS, story=story)


def test_what_is_wrong_is_said_by_its_field_and_stores_nothing(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        async with street(hub) as send:
            for given, path in (({"narrative": " "}, "narrative"), ({"pin": pin(longitude=2.0)}, "pin")):
                answer = await send({**FORM, **given})
                assert (answer.status_code, [one["path"] for one in answer.json()["errors"]]) == (400, [[path]])
            assert await hub.store.read("MATCH (f:Referral) RETURN count(f)") == 0

    tell(engine_connection, *FACTS, story=story)


def test_each_address_and_all_together_have_their_limit(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        async with street(hub) as send:
            statuses = [(await send(FORM)).status_code for _ in range(5)]
            assert statuses == [201] * EACH + [429] * 2
            others = [(await send(FORM, f"198.51.100.{at}")).status_code for at in range(4)]
            assert others == [201] * (ALL - EACH) + [429] * 2
            assert await hub.store.read("MATCH (f:Referral) RETURN count(f)") == ALL

    tell(engine_connection, *FACTS, story=story)


def test_whoever_sends_reads_nothing_else(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        await submitted(hub, "asb-officer")
        principal = nobody(hub.watch.current.engine)
        assert principal is not None
        found = await hub.data(principal, ASB, MINE)
        (edge,) = found["referrals"]["edges"]
        assert (edge["node"]["narrative"], edge["node"]["headings"]) == (None, None)
        people = '{ people(filter: {familyName: {eq: "Ash"}}, first: 5) { totalCount } }'
        assert (await hub.data(principal, ASB, people))["people"]["totalCount"] == 0

    tell(engine_connection, *FACTS, story=story)


@pytest.mark.parametrize(
    ("who", "source"),
    [
        ("asb-officer", "PUBLIC"),
        ("councillor", "PUBLIC"),
        ("asb-officer", "COUNCILLOR_FOR_CONSTITUENT"),
        ("housing-officer", "COUNCILLOR_FOR_CONSTITUENT"),
    ],
)
def test_nobody_speaks_for_whom_they_do_not_refer(engine_connection: Connection, who: str, source: str) -> None:
    async def story(hub: TestHub) -> None:
        done = await submitted(hub, who, source=source)
        assert [field["path"] for field in done["fields"]] == [["input", "source"]]
        assert await hub.store.read("MATCH (f:Referral) RETURN count(f)") == 0

    tell(engine_connection, *FACTS, story=story)


def test_two_who_send_the_same_at_once_are_both_received(engine_connection: Connection) -> None:
    async def story(hub: TestHub) -> None:
        async with street(hub) as send:
            answers = await asyncio.gather(send(FORM), send(FORM, "192.0.2.2"))
            assert len({answer.json()["reference"] for answer in answers}) == 2

    tell(engine_connection, *FACTS, story=story)
