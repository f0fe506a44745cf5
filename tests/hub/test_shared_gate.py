"""The limits of referrals hold across processes that share a Redis, and within each while it is away."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path

import httpx
import pytest

from hub.gates import HOUR, OwnGate
from hub.rates import Rate
from hub.shared_gate import PAUSE, SharedGate, connected
from tests.hub.http.test_public import FORM
from tests.hub.test_rates import Clock
from tests.support.redis import a_redis, free_port
from tests.support.served import hub_variables, served

EACH, ALL = 4, 6
SECRET = bytes(32)


@asynccontextmanager
async def process(url: str, clock: Clock) -> AsyncIterator[SharedGate]:
    """A process of the deployment, as far as its gate."""
    each, together = (Rate(limit=limit, seconds=HOUR, clock=clock) for limit in (EACH, ALL))
    async with connected(url) as redis:
        yield SharedGate(own=OwnGate(each=each, together=together), redis=redis, secret=SECRET, clock=clock)


async def let_in(comer: str, times: int, *gates: SharedGate) -> int:
    """Come to each of the gates some times, all at once; how often that was let in."""
    waits = await asyncio.gather(*(gate.come(comer) for gate in gates for _ in range(times)))
    return waits.count(0.0)


def test_however_many_processes_there_are_as_many_are_let_in_as_through_one(tmp_path: Path) -> None:
    async def whole() -> None:
        with a_redis(tmp_path, free_port()) as url:
            async with process(url, Clock()) as one, process(url, Clock()) as other:
                assert await let_in("192.0.2.1", 2 * EACH, one, other) == EACH
                assert await let_in("192.0.2.2", 2 * EACH, one, other) == ALL - EACH
                assert 0 < await other.come("192.0.2.3") <= HOUR / ALL

    asyncio.run(whole())


def test_an_address_is_kept_as_a_digest_and_only_for_as_long_as_it_counts(tmp_path: Path) -> None:
    async def whole() -> None:
        with a_redis(tmp_path, free_port()) as url:
            async with process(url, Clock()) as gate:
                assert await gate.come("192.0.2.1") == 0
                keys = [key async for key in gate.redis.scan_iter()]
                assert len(keys) == 2
                assert all(b"192.0.2.1" not in key for key in keys)
                lives = sorted([await gate.redis.pttl(key) for key in keys])
                assert 0 < lives[0] <= HOUR / ALL * 1000 < lives[1] <= HOUR / EACH * 1000

    asyncio.run(whole())


def test_while_redis_is_away_each_process_keeps_the_limit_and_says_so_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    port, clock = free_port(), Clock()

    async def whole() -> None:
        async with (
            process(f"redis://127.0.0.1:{port}", clock) as one,
            process(f"redis://127.0.0.1:{port}", clock) as other,
        ):
            with a_redis(tmp_path, port):
                assert await let_in("192.0.2.1", 1, one, one, other) == 3
            assert await let_in("192.0.2.1", 2 * EACH, one) == EACH - 2
            clock.seconds += PAUSE
            assert await let_in("192.0.2.1", 2, one) == 0
            assert [record.name for record in caplog.records] == ["hub.shared_gate"]
            with a_redis(tmp_path, port):
                clock.seconds += PAUSE
                assert await let_in("192.0.2.9", 2 * EACH, one, other) == EACH

    with caplog.at_level(logging.WARNING, "hub.shared_gate"):
        asyncio.run(whole())


@pytest.mark.soak
def test_two_workers_let_in_together_what_one_does(tmp_path: Path) -> None:
    """Which of the two answers is chance; alone each of them would let in as many."""
    port = free_port()
    limits = {"HUB_REFER_EACH": "3", "HUB_REDIS_URL": f"redis://127.0.0.1:{port}"}
    with ExitStack() as stack:
        stack.enter_context(a_redis(tmp_path, port))
        hub = stack.enter_context(served(hub_variables(tmp_path / "hub") | limits, "--workers", "2"))
        address = hub.url.replace("/graphql", "/refer")
        statuses = [httpx.post(address, json=FORM, timeout=90).status_code for _ in range(16)]
        assert statuses == [201] * 3 + [429] * 13
