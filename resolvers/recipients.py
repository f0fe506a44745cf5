"""Whom an alert is for: the first of a rule's chain who can be told."""

from collections.abc import Iterator
from dataclasses import dataclass

from graph.alerts import Match
from graph.facts import Claim
from graph.records import Marking
from graph.vocabulary import Node
from policies.alert_documents import Alert
from policies.engine import Engine
from policies.vocabulary import Protection, Sensitivity
from resolvers.reach import reaches

DATASET = "alerts"


def marking(match: Match) -> Marking:
    """An alert is marked with all that protects whom it tells of."""
    return Marking(
        sensitivity=Sensitivity.OFFICIAL_SENSITIVE, protections=frozenset(map(Protection, match.protections))
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipients:
    """Looks for who is to be told on a day."""

    engine: Engine
    day: str

    def first(self, rule: Alert, match: Match) -> str | None:
        """The first agency of the rule's chain where somebody can be told; None where there is none."""
        return next((code for code in self._chain(rule, match) if self._can_be_told(code, marking(match))), None)

    def are_kept_from_it(self, rule: Alert, match: Match) -> bool:
        """Whether there is somebody to be told, whom protections hide it from."""
        unmarked = Marking(sensitivity=marking(match).sensitivity)
        return any(self._can_be_told(code, unmarked) for code in self._chain(rule, match))

    def _chain(self, rule: Alert, match: Match) -> Iterator[str]:
        for told in rule.recipients:
            codes = [told.agency] if told.agency is not None else self._schools(match.school)
            for code in codes:
                if not (told.unless_related and self.engine.agencies[code].contact.email.casefold() in match.relatives):
                    yield code

    def _schools(self, urn: str) -> list[str]:
        return [code for code, entry in self.engine.agencies.items() if entry.urn == urn]

    def _can_be_told(self, agency: str, marked: Marking) -> bool:
        """Whether the agreements show somebody of an agency such an alert of its own, after all limits."""
        claim = Claim(
            type=Node.ALERT,
            owner=agency,
            dataset=DATASET,
            sensitivity=marked.sensitivity,
            marked=tuple(sorted(marked.protections)),
        )
        return reaches(self.engine, agency, claim.under(()), self.day)
