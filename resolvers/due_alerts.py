"""An alert that is due: what raised it, and what an agency is told."""

from dataclasses import dataclass

from graph.alerts import Match
from graph.change import Change
from graph.records import LinkFact, NodeFact, Ref, Source
from graph.vocabulary import AlertPart, AlertStatus, Link, Node
from policies.alert_documents import Alert
from resolvers.recipients import DATASET, marking


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """An alert that is due by a rule; `key` names it, whoever is told."""

    rule: Alert
    match: Match

    @property
    def key(self) -> str:
        return f"{self.rule.id}/{self.match.child}/{self.match.concern}/{self.match.case_id}"

    def source(self, agency: str) -> Source:
        """What names the alert that an agency is told."""
        return Source(owner=agency, dataset=DATASET, key=self.key)

    def facts(self, agency: str, change: Change) -> tuple[NodeFact | LinkFact, ...]:
        """The alert for an agency, and what it tells of."""
        rule, match, source, marked = self.rule, self.match, self.source(agency), marking(self.match)
        values = {
            "rule": rule.id,
            "title": rule.title,
            "tie": match.tie.value,
            "leadAgency": match.lead,
            "raisedAt": change.stamp.now,
            "status": AlertStatus.RAISED.value,
            "turn": change.turn,
        }
        fact = NodeFact(type=Node.ALERT, source=source, marking=marked, values=values)
        parts = {
            AlertPart.CHILD: _ref(Node.PERSON, match.child),
            AlertPart.OF_CONCERN: _ref(Node.PERSON, match.concern),
            None: _ref(Node.CASE, match.case),
        }
        links = (
            LinkFact(
                type=Link.TELLS_OF,
                source=Source(owner=source.owner, dataset=DATASET, key=f"{source.key}/{part or ''}"),
                marking=marked,
                start=fact.ref,
                end=end,
                values={} if part is None else {"part": part.value},
            )
            for part, end in parts.items()
        )
        return (fact, *links)


def _ref(node: Node, key: str) -> Ref:
    owner, dataset, own = key.split("/", 2)
    return Ref(type=node, source=Source(owner=owner, dataset=dataset, key=own))
