"""Who is let in to refer: so many from one address, and so many from all."""

from dataclasses import dataclass
from typing import Protocol

from hub.rates import Rate

HOUR = 3_600.0
_ALL = "all"


class Gate(Protocol):
    """Lets somebody in, or says how long they wait."""

    async def come(self, comer: str) -> float:
        """Let somebody in and give 0, or the seconds until they may come again."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnGate:
    """Counts who comes to this process: `each` of them, and all `together`."""

    each: Rate
    together: Rate

    async def come(self, comer: str) -> float:
        wait = max(self.each.wait(comer), self.together.wait(_ALL))
        if not wait:
            self.count(comer)
        return wait

    def count(self, comer: str) -> None:
        """Note that somebody was let in."""
        self.each.count(comer)
        self.together.count(_ALL)
