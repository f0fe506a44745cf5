"""Wake-ups between the processes of a deployment through Redis; one that is lost costs a second and nothing else."""

import asyncio
import logging
import secrets
from dataclasses import dataclass, field

from redis.asyncio import Redis
from redis.exceptions import RedisError

from hub.bell import Bell

CHANNEL = "concord:changed"
PAUSE = 1.0
ANSWER_SECONDS = 2.0
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """Tells the others that the bell was rung here, and rings it when one of them tells."""

    url: str
    bell: Bell
    _me: bytes = field(default_factory=lambda: secrets.token_hex(8).encode())

    async def run(self) -> None:
        """Carry until cancelled; while Redis is away each process sees the others' changes by looking."""
        while True:
            try:
                async with (
                    Redis.from_url(
                        self.url, socket_connect_timeout=ANSWER_SECONDS, socket_keepalive=True, health_check_interval=10
                    ) as redis,
                    asyncio.TaskGroup() as tasks,
                ):
                    tasks.create_task(self._listen(redis), name="wake-ups of others")
                    tasks.create_task(self._tell(redis), name="wake-ups for others")
            except* (RedisError, OSError) as failed:
                _log.warning("wake-ups do not reach the other processes: %s", failed.exceptions[0])
            await asyncio.sleep(PAUSE)

    async def _listen(self, redis: Redis) -> None:
        async with redis.pubsub(ignore_subscribe_messages=True) as channel:
            await channel.subscribe(CHANNEL)
            async for message in channel.listen():
                if message["data"] != self._me:
                    self.bell.echo()

    async def _tell(self, redis: Redis) -> None:
        """One message for all that happened since the last."""
        while True:
            await self.bell.own.wait()
            self.bell.own.clear()
            await redis.publish(CHANNEL, self._me)
