"""The port through which an answer is recorded before it leaves."""

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """What one answer told of the records of one fact class: field -> rung (`dateOfBirth` -> `year`), no values."""

    type: str
    facts: str
    records: tuple[str, ...]
    fields: Mapping[str, str]
    agreements: tuple[str, ...]
    personal: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Alteration:
    """What one request changed: the act, the type and id of the thing, and the agreements that permit it.

    There are none where those who run the hub did it by hand, and none where the same was made before and is answered
    for again, which then is no `change` by that name.
    """

    change: str
    act: str
    type: str
    subject: str
    agreements: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Who asked what for which purpose, what they were told and changed. `refusal` is the code of a refused request.

    `compared` are the fields by which the request filtered or ordered (`Person.nhsNumber`): that somebody was found
    by a value tells the value.
    """

    subject: str | None
    agency: str | None
    roles: tuple[str, ...]
    purpose: str | None
    policy: str
    operation: str
    refusal: str | None = None
    compared: tuple[str, ...] = ()
    disclosures: tuple[Disclosure, ...] = ()
    changes: tuple[Alteration, ...] = ()

    @property
    def personal(self) -> bool:
        """Whether the answer must wait until this entry is on disk."""
        return bool(self.changes) or any(disclosure.personal for disclosure in self.disclosures)


class LedgerUnavailable(Exception):  # noqa: N818 - named as the code that the client reads
    """The entry could not be made durable; the answer must not leave."""


class Ledger(Protocol):
    """Where entries go."""

    def expecting(self) -> AbstractContextManager[None]:
        """Say that an entry may follow, for as long as the block lasts: others may wait a moment to go with it."""
        return nullcontext()

    async def record(self, entry: Entry) -> str:
        """Append an entry and return its random receipt.

        An entry with personal data is durable when this returns; any other is written without waiting. Raises
        LedgerUnavailable.
        """
        ...
