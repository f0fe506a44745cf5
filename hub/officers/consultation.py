"""Looking up why somebody is shown what they are: itself a consultation of records, and recorded as one."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.circumstances import Circumstances, read_circumstances
from graph.plan import Viewpoint
from graph.vocabulary import Node
from hub.recording import recording
from hub.services import Services
from hub.watch import PolicyWatch
from policies.conditions import ordered
from policies.engine import Engine
from policies.explanation import Explanation, explain, explain_acts
from policies.phrases import NOTHING
from policies.terms import conditions
from policies.view import Snapshot, View
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
    """One record with what was found out about it; `acts` is None where nothing can be done to such things."""

    record: Circumstances
    explanation: Explanation
    acts: Explanation | None

    @property
    def is_shown(self) -> bool:
        """Whether it is there for the viewer at all: nothing is done to what is not."""
        return any(one.rung != NOTHING for one in self.explanation.aspects)


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
    needed = _needed(engine)
    found = await read_circumstances(services.store, asked.ids, needed, viewpoint)
    missing = tuple(sorted(set(asked.ids).difference(one.wanted for one in found)))
    if missing:
        return Answer(readings=(), missing=missing, receipt=None)
    readings = tuple(
        _reading(watch.current, who, one, dict(zip(needed[one.type], one.conditions, strict=True))) for one in found
    )
    async with recording(services) as ledger:
        receipt = await ledger.record(_entry(engine, asked, readings))
    return Answer(readings=readings, missing=(), receipt=receipt)


def _needed(engine: Engine) -> dict[Node, tuple[str, ...]]:
    """The conditions on which hangs what is shown of things of each type, or may be done to them."""
    catalogue = engine.catalogue
    return {
        node: ordered(
            condition
            for entries in (catalogue.types, catalogue.acts)
            if node in entries
            for condition in conditions(engine.terms[entries[node]])
        )
        for node in Node
        if node in catalogue.types
    }


def _reading(snapshot: Snapshot, who: Viewer, record: Circumstances, known: Mapping[str, bool | None]) -> Reading:
    def at(view: View) -> tuple[bool | None, ...]:
        return tuple(known[condition] for condition in view.conditions)

    kind, facts = record.type, record.facts
    seen = explain(snapshot, who, kind, facts, at(snapshot.view(who.cls, kind, who.day)))
    if kind not in snapshot.engine.catalogue.acts:
        return Reading(record=record, explanation=seen, acts=None)
    done = explain_acts(snapshot, who, kind, facts, at(snapshot.acts(who.cls, kind, who.day)))
    return Reading(record=record, explanation=seen, acts=done)


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
