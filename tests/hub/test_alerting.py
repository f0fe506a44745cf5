"""Alerts while the hub serves: what fails is said, and tried again."""

import asyncio
import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

import pytest

from graph.errors import GraphUnavailable
from hub import stamps
from hub.alerting import AlertWatch
from hub.bell import Bell

if TYPE_CHECKING:
    from resolvers.alerting import Relay


@dataclass(slots=True)
class Failing:
    """Fails as often as it is told to, and then has nothing to raise."""

    failures: list[Exception]
    done: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self, _stamp: object, _day: str) -> int:
        if self.failures:
            raise self.failures.pop()
        self.done.set()
        return 0


@pytest.mark.parametrize("failure", [GraphUnavailable("away"), ValueError("a rule with a mistake")])
def test_what_fails_is_logged_and_tried_again(failure: Exception, caplog: pytest.LogCaptureFixture) -> None:
    async def whole() -> None:
        relay = Failing([failure])
        watch = AlertWatch(relay=cast("Relay", relay), stamp=stamps.stamp, today=lambda: "2026-11-24", bell=Bell())
        running = asyncio.create_task(watch.run())
        try:
            await asyncio.wait_for(relay.done.wait(), 30)
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)

    with caplog.at_level(logging.WARNING, "hub.rounds"):
        asyncio.run(whole())
    assert [record.message.partition(":")[0] for record in caplog.records] == ["alerts could not be raised"]
