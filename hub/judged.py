"""Looking up what was judged of records: it tells whose they are held to be and why, so it is recorded first."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from graph.linkage import history
from graph.linkage.history import Judged
from graph.standing import standings
from graph.vocabulary import Node
from hub.recording import by_operator, recording
from hub.services import Services
from resolvers.ledger import Disclosure

TOLD = {"judgements": "told"}
"""What the ledger says was told of each record: with which others it was judged, by whom and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """Judgements, newest first, with the ledger's receipt."""

    judgements: list[Judged]
    receipt: str


async def look_up(services: Services, operator: str, record: str | None, most: int) -> Listed:
    """List what people judged, or all that was judged of a record, and record it before anything is told.

    Where the ledger cannot be opened nothing is told. Raises LedgerError, LedgerUnavailable, GraphError.
    """
    async with recording(services) as ledger:
        found = await _judgements(services, record, most)
        told = {id_ for one in found for id_ in one.records}.union(() if record is None else (record,))
        operation = "judgements by people" if record is None else f"judgements of {record}"
        entry = by_operator(operator, operation, _disclosures(told, await _classes(services, told)))
        return Listed(judgements=found, receipt=await ledger.record(entry))


async def _judgements(services: Services, record: str | None, most: int) -> list[Judged]:
    if record is None:
        return await history.by_people(services.store, most)
    return await history.of_record(services.store, record, most)


async def _classes(services: Services, records: set[str]) -> dict[str, str]:
    return {one.id: one.facts for one in await standings(services.store.read, Node.PERSON, records)}


def _disclosures(records: set[str], classes: dict[str, str]) -> Iterator[Disclosure]:
    alike: dict[str, list[str]] = defaultdict(list)
    for id_ in sorted(records):
        alike[classes.get(id_, "")].append(id_)
    for facts, ids in alike.items():
        yield Disclosure(type=Node.PERSON, facts=facts, records=tuple(ids), fields=TOLD, agreements=(), personal=True)
