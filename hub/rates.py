"""How often somebody may come: so many at once, and again as time passes."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field

NOTHING = 1e-6
"""Seconds that are none, but for how exactly moments are added up."""
MOST_KEPT = 10_000
"""Of how many comers it is remembered when they came, some 100 bytes each."""
SWEEP = 1.0
"""Seconds between two looks for who has paid, which go through all of them."""


@dataclass(slots=True, kw_only=True)
class Rate:
    """Lets `limit` through in each `seconds`, for each key that comes; `clock` is monotonic.

    Of each it keeps one moment: up to when what it let through is paid for. Who has paid is forgotten, and where too
    many have not, those who come next pay together.
    """

    limit: int
    seconds: float
    clock: Callable[[], float]
    _paid: dict[str, float] = field(default_factory=dict)
    _swept: float = -math.inf

    def wait(self, key: str) -> float:
        """How many seconds until a key is let through; 0 where it may come now."""
        now = self.clock()
        wait = self._until(self._slot(key), now) + self._price - self.seconds - now
        return wait if wait > NOTHING else 0.0

    def count(self, key: str) -> None:
        """Note that a key came."""
        now, slot = self.clock(), self._slot(key)
        self._paid[slot] = self._until(slot, now) + self._price

    @property
    def _price(self) -> float:
        return self.seconds / self.limit

    def _until(self, slot: str, now: float) -> float:
        return max(self._paid.get(slot, now), now)

    def _slot(self, key: str) -> str:
        """Where a key's moment stands: under no name of its own where there is no room for more."""
        if key in self._paid or len(self._paid) < MOST_KEPT:
            return key
        now = self.clock()
        if now - self._swept >= SWEEP:
            self._swept = now
            self._paid = {one: until for one, until in self._paid.items() if until > now}
        return key if len(self._paid) < MOST_KEPT else ""
