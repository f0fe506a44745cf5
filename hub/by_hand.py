"""What those who run the hub do by hand, recorded in the ledger like all else that is changed and told."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Generic, TypeVar

from graph.by_hand import Deed, Hand, Outcome, carry_out
from graph.standing import Standing
from hub import stamps
from hub.missed import alterations
from hub.recording import by_operator, recording
from hub.services import Services
from resolvers.ledger import Disclosure, Entry, LedgerUnavailable

T = TypeVar("T")
TOLD = {"protections": "told"}
"""What the ledger says was told of each thing: what protects it, and nothing that stands in it."""
NAMED = {"id": "told"}
"""What it says where somebody was only told which things there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded(Generic[T]):
    """What came of it, with the ledger's receipt."""

    outcome: Outcome[T]
    receipt: str


async def do(services: Services, hand: Hand, deed: Deed[T], beside: Iterable[Standing] = ()) -> Recorded[T]:
    """Do it, or only try, and record it before anything is told; `beside` are other things that are told of with it.

    Nothing is done where the ledger cannot be opened. Raises LedgerError, LedgerUnavailable, GraphError.
    """
    async with recording(services) as ledger:
        outcome = await carry_out(services.store, stamps.stamp(), replace(hand, through=ledger.name), deed)
        try:
            receipt = await ledger.record(_entry(hand, deed, outcome, beside))
        except LedgerUnavailable as error:
            if outcome.made is None:
                raise
            raise LedgerUnavailable(f"it is done, and is recorded once there is room: {error}") from error
    return Recorded(outcome=outcome, receipt=receipt)


async def point_out(services: Services, operator: str, name: str, found: Iterable[Standing]) -> str:
    """Record that somebody is told the ids of what a name may mean, before they are; returns the receipt.

    Raises LedgerError, LedgerUnavailable, GraphError.
    """
    entry = by_operator(operator, f"what is {name}", _alike(found, NAMED))
    async with recording(services) as ledger:
        return await ledger.record(entry)


def _entry(hand: Hand, deed: Deed[T], outcome: Outcome[T], beside: Iterable[Standing]) -> Entry:
    how = f"try: {deed.act}" if hand.only_tries else deed.act
    changes = () if outcome.made is None else alterations(outcome.made)
    return by_operator(hand.operator, f"{how} {hand.said}", _disclosures(outcome, beside), changes)


def _disclosures(outcome: Outcome[T], beside: Iterable[Standing]) -> Iterator[Disclosure]:
    """What is told: how the things themselves stand, all that stands otherwise, and what is named beside them."""
    changed = {id_ for id_ in outcome.subjects if id_ in outcome.after} | {now.id for _, now in outcome.shifts}
    told = {one.id: one for one in beside} | {id_: outcome.after[id_] for id_ in changed}
    yield from _alike(told.values(), TOLD)


def _alike(told: Iterable[Standing], fields: Mapping[str, str]) -> Iterator[Disclosure]:
    alike: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in sorted(told, key=attrgetter("id")):
        alike[one.type, one.facts].append(one.id)
    for (type_name, facts), records in alike.items():
        yield Disclosure(
            type=type_name, facts=facts, records=tuple(records), fields=fields, agreements=(), personal=True
        )
