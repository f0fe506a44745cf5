"""Whom an alert is for: the first of a rule's chain who can be told."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from policies.alert_documents import DATASET, SENSITIVITY, TYPE, Alert, Told
from policies.classes import FactClass
from policies.engine import Engine
from policies.reach import reached
from policies.viewer import ViewerClass
from policies.vocabulary import Protection, Tie

_HOME = "RESIDES_AT"


class Found(Protocol):
    """What a pattern found, as far as it matters to whom that is told.

    `school` is the number in the register of the child's; `lead` the code of the agency that leads the case;
    `relatives` are e-mail addresses of all to whom the child is tied, case-folded.
    """

    @property
    def tie(self) -> Tie: ...
    @property
    def school(self) -> str: ...
    @property
    def lead(self) -> str: ...
    @property
    def protections(self) -> tuple[str, ...]: ...
    @property
    def relatives(self) -> frozenset[str]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipients:
    """Looks for who is to be told on a day."""

    engine: Engine
    day: str

    def first(self, rule: Alert, found: Found) -> str | None:
        """The first agency of the rule's chain where somebody can be told; None where there is none."""
        protections = frozenset(map(Protection, found.protections))
        chain = self._chain(rule, found)
        return next((code for code in chain if self._can_be_told(code, found.tie, protections)), None)

    def are_kept_from_it(self, rule: Alert, found: Found) -> bool:
        """Whether there is somebody to be told, whom protections hide it from."""
        return any(self._can_be_told(code, found.tie, frozenset()) for code in self._chain(rule, found))

    def _chain(self, rule: Alert, found: Found) -> Iterator[str]:
        agencies = self.engine.agencies
        for told in rule.recipients:
            for code in self._named(told, found):
                if not (told.unless_related and agencies[code].contact.email.casefold() in found.relatives):
                    yield code

    def _named(self, told: Told, found: Found) -> list[str]:
        if told.agency is not None:
            return [told.agency]
        if told.lead_of is not None:
            return [found.lead] if found.lead in self.engine.agencies else []
        return [code for code, entry in self.engine.agencies.items() if entry.urn == found.school]

    def _can_be_told(self, agency: str, tie: Tie, protections: frozenset[Protection]) -> bool:
        """Whether the agreements show somebody of an agency such an alert of its own, after all limits.

        That two live together tells where the one lives to whoever knows that of the other.
        """
        alert = FactClass(
            type=TYPE,
            owner=agency,
            dataset=DATASET,
            sensitivity=SENSITIVITY,
            marked=protections,
            protections=protections,
        )
        readers = list(reached(self.engine, agency, str(alert), self.day))
        is_of_homes = tie is Tie.SAME_HOUSEHOLD
        return bool(readers) and not (is_of_homes and any(self._hides_homes(one, protections) for one in readers))

    def _hides_homes(self, reader: ViewerClass, protections: frozenset[Protection]) -> bool:
        """Whether a limit takes from a reader where somebody lives who is so protected, whoever states it."""
        home = self.engine.catalogue.types[_HOME]
        return any(
            limit.left.get(home, home.full) == 0 and limit.named & protections
            for role in reader.roles
            for limit in self.engine.limits_on(reader, role)
        )
