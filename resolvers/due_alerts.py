"""An alert that is due: what raised it, and what an agency is told."""

from dataclasses import dataclass

from graph.alerts import Match, Pattern, matches
from graph.change import Ask, Change
from graph.grounds import Ground
from graph.outbox import Reached
from graph.records import LinkFact, Marking, NodeFact, Ref, Source, Value
from graph.vocabulary import AlertPart, AlertStatus, Link, Node
from policies.alert_documents import DATASET, SENSITIVITY, Alert
from policies.vocabulary import Protection

SAID = {"tie": "tie", "lead_agency": "leadAgency"}
"""The fields of an alert, by the words of a rule's payload."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """An alert that is due by a rule; `key` names it, whoever is told.

    What was found has `lapsed` so often, and come back.
    """

    rule: Alert
    match: Match
    lapsed: int = 0

    @property
    def key(self) -> str:
        return f"{self.ground.key}/{self.lapsed}" if self.lapsed else self.ground.key

    @property
    def ground(self) -> Ground:
        """What it rests on, the same as often as it comes back."""
        rule, match = self.rule.id, self.match
        return Ground(
            key=f"{rule}/{match.child}/{match.concern}/{match.case_id}",
            rule=rule,
            child=match.child,
            concern=match.concern,
            case_id=match.case_id,
        )

    def source(self, agency: str) -> Source:
        """What names the alert that an agency is told."""
        return Source(owner=agency, dataset=DATASET, key=self.key)

    def facts(self, agency: str, change: Change) -> tuple[NodeFact | LinkFact, ...]:
        """The alert for an agency, and what it tells of."""
        rule, source, marked = self.rule, self.source(agency), self._marking
        says = {"tie": self.match.tie.value, "lead_agency": self.match.lead}
        values: dict[str, Value] = {
            "rule": rule.id,
            "title": rule.title,
            **{SAID[word]: says[word] for word in rule.payload.says},
            "raisedAt": change.stamp.now,
            "status": AlertStatus.RAISED.value,
            "turn": change.turn,
        }
        fact = NodeFact(type=Node.ALERT, source=source, marking=marked, values=values)
        links = (
            LinkFact(
                type=Link.TELLS_OF,
                source=Source(owner=source.owner, dataset=DATASET, key=f"{source.key}/{part or ''}"),
                marking=marked,
                start=fact.ref,
                end=end,
                values={} if part is None else {"part": part.value},
            )
            for part, end in map(self._told, rule.payload.tells_of)
        )
        return (fact, *links)

    @property
    def _marking(self) -> Marking:
        """An alert is marked with all that protects what was found, whether it tells of that or not."""
        return Marking(sensitivity=SENSITIVITY, protections=frozenset(map(Protection, self.match.protections)))

    def _told(self, word: str) -> tuple[AlertPart | None, Ref]:
        """Which part something plays in what it tells, and where it is kept."""
        match = self.match
        things = {
            "child": (AlertPart.CHILD, _ref(Node.PERSON, match.child)),
            "of_concern": (AlertPart.OF_CONCERN, _ref(Node.PERSON, match.concern)),
            "case": (None, _ref(Node.CASE, match.case)),
        }
        return things[word]


async def look_for(ask: Ask, rule: Alert, reached: Reached, day: str) -> list[Due]:
    """Find what a rule looks for around what was touched, once by each tie; whether it was raised is not asked."""
    given = rule.pattern
    pattern = Pattern(
        ties=frozenset(given.ties), case_types=given.case_types, case_status=given.case_status, roles=given.roles
    )
    return [Due(rule=rule, match=match) for match in await matches(ask, pattern, reached, day)]


def _ref(node: Node, key: str) -> Ref:
    owner, dataset, own = key.split("/", 2)
    return Ref(type=node, source=Source(owner=owner, dataset=dataset, key=own))
