"""Whether this process lives, and whether it could answer: for whoever watches over it, without a token.

Says of each thing that answering needs whether it is as it must be and, in fixed words, what is not; the details are
`hub doctor`'s, which makes the same examinations.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from types import MappingProxyType

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from graph.errors import GraphError
from hub.checkup.finding import Finding, Level
from hub.checkup.graph import examine_engine, examine_migrations
from hub.checkup.ledger import examine_writing
from hub.checkup.policies import examine_force
from hub.services import Services
from policies.engine import Engine

FRESH_SECONDS = 1.0
PATIENCE_SECONDS = 2.0
REASONS: Mapping[str, str] = MappingProxyType(
    {
        "engine": "it does not answer",
        "migrations": "the graph is not as this program expects, or does not say",
        "ledger": "it cannot be written",
        "policies": "no agreement is in force",
    }
)
Examination = Callable[[], Awaitable[Finding]]
_log = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
class Health:
    """Examines each thing of `REASONS`, all at once and at most once a second, however often it is asked."""

    examinations: Mapping[str, Examination]
    clock: Callable[[], float]
    _looked: float = field(default=-FRESH_SECONDS, init=False)
    _missing: tuple[str, ...] = field(default=(), init=False)
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)

    async def live(self, request: Request) -> Response:
        """Answer without looking at anything."""
        del request
        return JSONResponse({"status": "live"})

    async def ready(self, request: Request) -> Response:
        """Answer 503 when something is not as it must be."""
        del request
        async with self._turn:
            if self.clock() - self._looked >= FRESH_SECONDS:
                self._note(await self._examine())
                self._looked = self.clock()
        lacking = {name: {"ok": False, "reason": REASONS[name]} for name in self._missing}
        checks = {name: {"ok": True} for name in REASONS} | lacking
        status, code = ("not ready", 503) if lacking else ("ready", 200)
        return JSONResponse({"status": status, "checks": checks}, status_code=code)

    async def _examine(self) -> tuple[str, ...]:
        held = await asyncio.gather(*(_holds(self.examinations[name]) for name in REASONS))
        return tuple(name for name, holds in zip(REASONS, held, strict=True) if not holds)

    def _note(self, missing: tuple[str, ...]) -> None:
        if missing != self._missing:
            _log.warning("readiness lacks: %s", ", ".join(missing) or "nothing any more")
        self._missing = missing


def examinations(
    services: Services, engine: Callable[[], Engine], today: Callable[[], str]
) -> Mapping[str, Examination]:
    """What to examine in a process that serves; `engine` gives the policies that it serves by."""

    async def examine_policies() -> Finding:
        return examine_force(engine(), today())

    return {
        "engine": partial(examine_engine, services.store),
        "migrations": partial(examine_migrations, services.store),
        "ledger": partial(asyncio.to_thread, examine_writing, services.folder.ledger),
        "policies": examine_policies,
    }


async def _holds(examine: Examination) -> bool:
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return (await examine()).level is Level.OK
    except (GraphError, TimeoutError):
        return False
