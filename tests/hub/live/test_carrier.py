"""Wake-ups between processes: through Redis at once, and without it all the same."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path

import pytest

from hub.bell import Bell, heard
from hub.live.carrier import Carrier
from tests.hub.live.talking import CASE, noted, opened, talking, texts
from tests.support.redis import a_redis, free_port
from tests.support.served import hub_variables, served

LONG = 30.0


@asynccontextmanager
async def carrying(url: str) -> AsyncIterator[Bell]:
    """A process of the deployment, as far as its bell."""
    bell = Bell()
    running = asyncio.create_task(Carrier(url=url, bell=bell).run())
    try:
        yield bell
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def reaches(here: Bell, there: Bell) -> None:
    """Ring here until it is heard there: a wake-up before the other listens may be lost."""
    ring = there.listen()
    for _ in range(300):
        here.ring()
        if await heard(ring, 0.1):
            return
    pytest.fail("the other process hears nothing")


def test_a_ring_is_heard_in_the_other_process_and_again_after_redis_was_away(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    port = free_port()

    async def whole() -> None:
        async with carrying(f"redis://127.0.0.1:{port}") as one, carrying(f"redis://127.0.0.1:{port}") as other:
            with a_redis(tmp_path, port):
                await reaches(one, other)
                await reaches(other, one)
            with a_redis(tmp_path, port):
                await reaches(one, other)

    with caplog.at_level(logging.WARNING, "hub.live.carrier"):
        asyncio.run(whole())
    assert {record.message.partition(":")[0] for record in caplog.records} == {
        "wake-ups do not reach the other processes"
    }


def test_a_bell_does_not_answer_its_own_echo(tmp_path: Path) -> None:
    async def whole() -> None:
        with a_redis(tmp_path, free_port()) as url:
            async with carrying(url) as one, carrying(url) as other:
                await reaches(one, other)
                ring = one.listen()
                await reaches(other, one)
                assert ring.is_set()

    asyncio.run(whole())


def test_workers_hear_of_each_other_s_changes_also_once_redis_is_away(tmp_path: Path) -> None:
    """Which of the two workers answers is chance, so several listen and all must hear."""
    port = free_port()
    variables = hub_variables(tmp_path / "hub") | {"HUB_REDIS_URL": f"redis://127.0.0.1:{port}"}
    with ExitStack() as stack:
        redis = stack.enter_context(ExitStack())
        redis.enter_context(a_redis(tmp_path, port))
        hub = stack.enter_context(served(variables, "--workers", "2"))
        case = opened(hub)
        talks = [stack.enter_context(talking(hub)) for _ in range(4)]
        for talk in talks:
            talk.begin(hub.token).subscribe(CASE, id=case).told()
        for number in range(8):
            if number == 4:
                redis.close()
            noted(hub, case, str(number))
            for talk in talks:
                while str(number) not in texts(talk.told()):
                    pass
