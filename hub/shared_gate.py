"""A gate that all processes of a deployment keep together, in Redis."""

import hashlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import cast

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from hub.gates import HOUR, OwnGate

ANSWER_SECONDS = 0.5
PAUSE = 1.0
"""Seconds for which Redis is not asked again after it did not answer."""
MICRO = 1_000_000
PREFIX = "concord:refer:"
COME = """
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local paid, wait = {}, 0
for at, key in ipairs(KEYS) do
  local price = math.floor(ARGV[1] / ARGV[at + 1])
  paid[at] = math.max(tonumber(redis.call('GET', key) or now), now) + price
  wait = math.max(wait, paid[at] - ARGV[1] - now)
end
if wait > 0 then return wait end
for at, key in ipairs(KEYS) do
  redis.call('SET', key, string.format('%.0f', paid[at]), 'PX', math.ceil((paid[at] - now) / 1000))
end
return 0
"""
"""What `hub.rates` does, at once for the two keys of who comes; in microseconds of the one clock that all share."""
_log = logging.getLogger(__name__)


def connected(url: str) -> Redis:
    """Reach for Redis once it is asked; who waits at the gate does not wait for it."""
    return Redis.from_url(
        url,
        socket_connect_timeout=ANSWER_SECONDS,
        socket_timeout=ANSWER_SECONDS,
        retry=Retry(NoBackoff(), 1),  # a connection may be of a Redis that has begun anew since
    )


@dataclass(slots=True, kw_only=True)
class SharedGate:
    """Counts who comes to any process; while Redis is away, who comes to this one.

    Who is let in counts at the process's `own` gate too, so that it does not stand open when Redis goes. Addresses are
    kept as digests under the deployment's `secret`, for as long as they count; `clock` is monotonic.
    """

    own: OwnGate
    redis: Redis
    secret: bytes = field(repr=False)
    clock: Callable[[], float]
    _asks_again: float = 0.0
    _is_away: bool = False

    async def come(self, comer: str) -> float:
        if self.clock() < self._asks_again:
            return await self.own.come(comer)
        try:
            wait = await self._asked(comer)
        except (RedisError, OSError) as error:
            self._missed(error)
            return await self.own.come(comer)
        self._is_away = False
        if not wait:
            self.own.count(comer)
        return wait

    async def _asked(self, comer: str) -> float:
        keys = [PREFIX + self._digest(comer), f"{PREFIX}all"]
        limits = [str(rate.limit) for rate in (self.own.each, self.own.together)]
        answer = self.redis.eval(COME, len(keys), *keys, str(int(HOUR * MICRO)), *limits)
        return int(await cast("Awaitable[int]", answer)) / MICRO

    def _missed(self, error: Exception) -> None:
        """Leave Redis in peace for a while, and say once that it is away."""
        self._asks_again = self.clock() + PAUSE
        if not self._is_away:
            self._is_away = True
            _log.warning("the limits of referrals hold for this process alone: %s", error)

    def _digest(self, comer: str) -> str:
        return hashlib.blake2b(comer.encode(), key=self.secret, digest_size=16).hexdigest()
