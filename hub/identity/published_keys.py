"""The keys that an issuer publishes: fetched before they are needed, and again when it signs by another."""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import httpx2

from hub.identity.errors import ProviderFailed
from hub.identity.keys import Key
from hub.identity.provider import Provider, discover, keys_of
from hub.rates import Rate

FRESH_SECONDS = 300.0
AGAIN_SECONDS = 10.0
KEPT_SECONDS = 3_600.0
"""How long keys are believed of an issuer that does not answer: as long as most tokens hold."""
LOOKS, A_MINUTE = 6, 60.0
"""How often whoever comes with an unknown key makes the hub look."""
_log = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
class PublishedKeys:
    """Fetches the keys of one issuer, one at a time; `clock` is monotonic."""

    issuer: str
    client: httpx2.AsyncClient
    clock: Callable[[], float] = time.monotonic
    _keys: Mapping[str | None, Key] = field(default_factory=dict)
    _provider: Provider | None = None
    _fetched: float | None = None
    _times: int = 0
    _failure: str | None = None
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    _rate: Rate = field(init=False)

    def __post_init__(self) -> None:
        self._rate = Rate(limit=LOOKS, seconds=A_MINUTE, clock=self.clock)

    async def run(self) -> None:
        """Fetch the keys again and again; one that the issuer withdraws is believed no longer than that takes."""
        while True:
            await self._fetch()
            await asyncio.sleep(FRESH_SECONDS if self._failure is None else AGAIN_SECONDS)

    def find(self, ident: str | None) -> Key | None:
        """Give the key of that id; with no id the only one."""
        if ident is None and len(self._keys) == 1:
            return next(iter(self._keys.values()))
        return self._keys.get(ident)

    def holds(self, key: Key) -> bool:
        """Whether the key was among those that were fetched last."""
        return any(one is key for one in self._keys.values())

    async def renew(self) -> bool:
        """Fetch the keys, unless that was done too often, or by somebody else meanwhile; whether they were fetched."""
        before = self._times
        if self._turn.locked():
            async with self._turn:
                return self._times != before
        if self._rate.wait(self.issuer):
            return False
        self._rate.count(self.issuer)
        await self._fetch()
        return self._times != before

    async def provider(self) -> Provider:
        """Say where what is, as the issuer said last; raises ProviderFailed."""
        if self._provider is None:
            await self.renew()
        if self._provider is None:
            raise ProviderFailed(self._failure or f"{self.issuer} does not answer")
        return self._provider

    async def _fetch(self) -> None:
        async with self._turn:
            try:
                provider = await discover(self.client, self.issuer)
                found = await keys_of(self.client, provider)
            except ProviderFailed as error:
                self._fail(str(error))
                return
            except Exception as error:  # noqa: BLE001 - whatever one issuer publishes, the others are served
                _log.error("what an issuer publishes cannot be read", exc_info=error)
                self._fail(f"what {self.issuer} publishes cannot be read")
                return
            self._provider = provider
            self._keys = self._known(found)
            self._fetched = self.clock()
            self._times += 1
            if self._failure is not None:
                _log.warning("the keys of %s are known again", self.issuer)
            self._failure = None

    def _known(self, found: Mapping[str | None, Key]) -> Mapping[str | None, Key]:
        """What was found, each key the same object as before where it is the same: what it signed holds still."""
        before = {ident: key.thumbprint() for ident, key in self._keys.items()}
        return {
            ident: self._keys[ident] if before.get(ident) == key.thumbprint() else key for ident, key in found.items()
        }

    def _fail(self, reason: str) -> None:
        if reason != self._failure:
            _log.warning("the keys of an issuer cannot be fetched: %s", reason)
        self._failure = reason
        if self._fetched is not None and self.clock() - self._fetched > KEPT_SECONDS:
            self._keys = {}
