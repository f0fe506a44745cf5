"""Looking up why somebody is shown what they are: itself a consultation of records, and recorded as one."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.circumstances import Circumstances, read_circumstances
from graph.plan import Viewpoint
from graph.vocabulary import Node
from hub.recording import recording
from hub.services import Services
from hub.watch import PolicyWatch
from policies.engine import Engine
from policies.explanation import Explanation, explain
from policies.terms import conditions
from policies.viewer import Viewer
from policies.vocabulary import Purpose
from resolvers.ledger import Disclosure, Entry

TOLD = {"access": "explained"}
"""What the ledger says was told of each record: how far somebody else may see it, and nothing that stands in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consultation:
    """Who looks, for what reason, how far `viewer` is shown the things of these ids."""

    subject: str
    reason: str
    viewer: Viewer
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One record with what was found out about it."""

    record: Circumstances
    explanation: Explanation


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a consultation brought; `missing` are the ids that nothing is stored of."""

    readings: tuple[Reading, ...]
    missing: tuple[str, ...]
    receipt: str | None


async def consult(services: Services, engine: Engine, asked: Consultation) -> Answer:
    """Explain, and record that it was done before anything is told.

    Where an id is not stored nothing is told, and nothing recorded. Raises LedgerUnavailable, LedgerError, GraphError.
    """
    watch = PolicyWatch(engine)
    await watch.refresh(services.store)
    who = asked.viewer
    viewpoint = Viewpoint(agency=who.principal.agency, wards=tuple(sorted(who.principal.wards)), day=who.day)
    types = engine.catalogue.types
    needed = {node: conditions(engine.terms[types[node]]) for node in Node if node in types}
    found = await read_circumstances(services.store, asked.ids, needed, viewpoint)
    missing = tuple(sorted(set(asked.ids).difference(one.wanted for one in found)))
    if missing:
        return Answer(readings=(), missing=missing, receipt=None)
    readings = tuple(
        Reading(record=one, explanation=explain(watch.current, who, one.type, one.facts, one.conditions))
        for one in found
    )
    async with recording(services) as ledger:
        receipt = await ledger.record(_entry(engine, asked, readings))
    return Answer(readings=readings, missing=(), receipt=receipt)


def _entry(engine: Engine, asked: Consultation, readings: Sequence[Reading]) -> Entry:
    who = asked.viewer
    meant = f"{who.principal.agency}:{'+'.join(sorted(who.principal.roles))} for {who.purpose} on {who.day}"
    return Entry(
        subject=asked.subject,
        agency=None,
        roles=(),
        purpose=Purpose.AUDIT,
        policy=engine.policy_hash,
        operation=f"policy explain as {meant}: {asked.reason}",
        disclosures=tuple(_disclosures(readings)),
    )


def _disclosures(readings: Sequence[Reading]) -> Iterator[Disclosure]:
    alike: dict[tuple[str, str], list[str]] = defaultdict(list)
    for reading in readings:
        alike[reading.record.type, reading.record.facts or ""].append(reading.record.id)
    for (type_name, facts), records in alike.items():
        yield Disclosure(type=type_name, facts=facts, records=tuple(records), fields=TOLD, agreements=(), personal=True)
