"""Alerts: what changed is looked at once, and who is to be told of it finds it among their agency's own records."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from graph import nodes, outbox, receipts
from graph.alerts import Match, Pattern, matches
from graph.change import Change, Stamp, commit
from graph.facts import Claim
from graph.outbox import FORGET, MARK, Reached
from graph.records import LinkFact, Marking, NodeFact, Ref, Source
from graph.store import Store
from graph.vocabulary import AlertPart, AlertStatus, Link, Node
from graph.writer import state
from policies.alert_documents import Alert, Told
from policies.engine import Engine
from policies.vocabulary import Protection, Sensitivity
from resolvers.reach import reaches

READER = DATASET = "alerts"
KEPT = timedelta(days=7)
"""How long the outbox keeps what was read, and a receipt is good for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relay:
    """Raises alerts by the rules in force. Several may run: each change is looked at once."""

    store: Store
    engine: Engine

    async def run(self, stamp: Stamp, day: str) -> int:
        """Look at what changed since anybody looked, and raise what is due; returns how many changes that were."""
        position = await outbox.read_to(self.store, READER)
        reached = await outbox.after(self.store, position)
        if reached is None:
            return 0
        return await commit(self.store, stamp, lambda change: self._look(change, position, reached, day))

    async def _look(self, change: Change, position: int, reached: Reached, day: str) -> int:
        """Raise what is due and mark how far was read, unless somebody else did; all in one transaction."""
        await change.take_turn()
        if await change.ask(outbox.READ_TO, {"name": READER}) != position:
            return 0
        due = [
            fact
            for rule in self.engine.alerts
            if rule.applies(day)
            for fact in await self._due(change, rule, reached, day)
        ]
        if due:
            stored = await state(change, due)
            named = f"{Node.ALERT}:"
            change.outgoing.things.update(ident for name, ident in stored.ids.items() if name.startswith(named))
        before = (datetime.fromisoformat(change.stamp.now) - KEPT).isoformat().replace("+00:00", "Z")
        await change.tx.run(MARK, {"name": READER, "position": reached.position})
        await change.tx.run(FORGET, {"position": reached.position, "before": before})
        await receipts.forget(change, before)
        return reached.position - position

    async def _due(self, change: Change, rule: Alert, reached: Reached, day: str) -> list[NodeFact | LinkFact]:
        pattern = Pattern(
            ties=frozenset(rule.pattern.ties), case_types=rule.pattern.case_types, roles=rule.pattern.roles
        )
        found = await matches(change.ask, pattern, reached, day)
        told = {str(raised[0].source): raised for match in found for raised in self._raised(rule, match, change, day)}
        known = await nodes.found(change.ask, Node.ALERT, list(told))
        return [fact for key, raised in told.items() if key not in known for fact in raised]

    def _raised(
        self, rule: Alert, match: Match, change: Change, day: str
    ) -> Iterator[tuple[NodeFact, *tuple[LinkFact, ...]]]:
        """The alert for the first of the rule's recipients who can be told; nobody is told where none can."""
        marking = Marking(
            sensitivity=Sensitivity.OFFICIAL_SENSITIVE, protections=frozenset(map(Protection, match.protections))
        )
        for agency in self._recipients(rule.recipients, match):
            if self._can_be_told(agency, marking, day):
                yield _alert(rule, match, Source(owner=agency, dataset=DATASET, key=_key(rule, match)), marking, change)
                return

    def _recipients(self, chain: Iterable[Told], match: Match) -> Iterator[str]:
        for told in chain:
            codes = [told.agency] if told.agency is not None else self._schools(match.school)
            for code in codes:
                if not (told.unless_related and self.engine.agencies[code].contact.email.casefold() in match.relatives):
                    yield code

    def _schools(self, urn: str) -> list[str]:
        return [code for code, entry in self.engine.agencies.items() if entry.urn == urn]

    def _can_be_told(self, agency: str, marking: Marking, day: str) -> bool:
        """Whether the agreements show somebody of an agency such an alert of its own, after all limits."""
        claim = Claim(
            type=Node.ALERT,
            owner=agency,
            dataset=DATASET,
            sensitivity=marking.sensitivity,
            marked=tuple(sorted(marking.protections)),
        )
        return reaches(self.engine, agency, claim.under(()), day)


def _alert(
    rule: Alert, match: Match, source: Source, marking: Marking, change: Change
) -> tuple[NodeFact, *tuple[LinkFact, ...]]:
    values = {
        "rule": rule.id,
        "title": rule.title,
        "tie": match.tie.value,
        "leadAgency": match.lead,
        "raisedAt": change.stamp.now,
        "status": AlertStatus.RAISED.value,
        "turn": change.turn,
    }
    fact = NodeFact(type=Node.ALERT, source=source, marking=marking, values=values)
    parts: Mapping[str, Ref] = {
        AlertPart.CHILD: _ref(Node.PERSON, match.child),
        AlertPart.OF_CONCERN: _ref(Node.PERSON, match.concern),
        "": _ref(Node.CASE, match.case),
    }
    links = (
        LinkFact(
            type=Link.TELLS_OF,
            source=Source(owner=source.owner, dataset=DATASET, key=f"{source.key}/{part}"),
            marking=marking,
            start=fact.ref,
            end=end,
            values={"part": str(part)} if part else {},
        )
        for part, end in parts.items()
    )
    return (fact, *links)


def _key(rule: Alert, match: Match) -> str:
    return f"{rule.id}/{match.child}/{match.concern}/{match.case_id}"


def _ref(node: Node, key: str) -> Ref:
    owner, dataset, own = key.split("/", 2)
    return Ref(type=node, source=Source(owner=owner, dataset=dataset, key=own))
