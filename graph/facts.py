"""What follows from what is stated: pure functions from a neighbourhood to its facts."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from graph import memberships
from graph.vocabulary import CaseStatus
from policies.classes import NONE, FactClass
from policies.vocabulary import Protection, Sensitivity

FULL_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
ADULT_AT = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a stated node or link says of itself; `type` is the word of the catalogue."""

    type: str
    owner: str
    dataset: str
    sensitivity: str
    marked: tuple[str, ...]

    def under(self, protections: Iterable[str]) -> str:
        """The fact class of the claim, given what protects those that it is about."""
        return str(
            FactClass(
                type=self.type,
                owner=self.owner,
                dataset=self.dataset,
                sensitivity=Sensitivity(self.sensitivity),
                marked=frozenset(map(Protection, self.marked)),
                protections=frozenset(map(Protection, (*self.marked, *protections))),
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordOf:
    """A record of a person: its claim, the class and the members that are stored, and the birth date that it states."""

    id: str
    claim: Claim
    facts: str
    members: str | None
    born: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFacts:
    """The facts of a person; `adult_on` is an ISO date, None where it is unknown."""

    protections: tuple[str, ...]
    case_agencies: tuple[str, ...]
    adult_on: str | None

    @property
    def members(self) -> str:
        """How each record of the person tells of `case_agencies`."""
        return memberships.told(self.case_agencies)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAround:
    """A person with its records, the markings of the places where they reside, and the cases that concern them."""

    id: str
    stored: PersonFacts
    records: tuple[RecordOf, ...]
    homes: tuple[tuple[str, ...], ...]
    cases: tuple[tuple[str, ...], ...]

    @property
    def expected(self) -> PersonFacts:
        """The facts that the person should have; `cases` are the participants of open ones that nothing protects."""
        markings = (*(record.claim.marked for record in self.records), *self.homes)
        return PersonFacts(
            protections=united(markings),
            case_agencies=united(self.cases),
            adult_on=adult_on([record.born for record in self.records]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkAround:
    """A link, the class that is stored, and the protections of the persons and places that it tells of.

    One that somebody ended is `stored_as` another type than that of its claim.
    """

    id: str
    anchor: str
    stored_as: str
    claim: Claim
    facts: str
    ends: tuple[tuple[str, ...], ...]

    @property
    def expected(self) -> str:
        return self.claim.under(united(self.ends))


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceAround:
    """A premises or establishment and the open cases that concern it, each with its participants and protections.

    `known_for` says what protects each resident, case and business that a premises is recorded for.
    """

    id: str
    claim: Claim
    facts: str
    stored: str | None
    cases: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    known_for: tuple[tuple[str, ...], ...]

    @property
    def expected(self) -> str:
        """The participants of those cases of which nothing is protected: a fact must not tell of a hidden case."""
        return memberships.told(united(participants for participants, protections in self.cases if not protections))

    @property
    def expected_class(self) -> str:
        """The class of its own marking, and of what protects all that it is recorded for.

        Such a place would tell of them. One that is recorded for anything else too would be there without them.
        """
        return self.claim.under(united(self.known_for) if all(self.known_for) else ())


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAround:
    """A case and, for each of its premises, the ward and the class of the link that leads there."""

    id: str
    stored: tuple[str, ...] | None
    places: tuple[tuple[str | None, str], ...]

    @property
    def expected(self) -> tuple[str, ...]:
        """The wards of those premises whose link carries no protection: a case must not tell a protected place."""
        return tuple(
            sorted({ward for ward, facts in self.places if ward is not None and not FactClass.parse(facts).protections})
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What a case shares with all that is recorded in it: who takes part, and its marking."""

    participants: tuple[str, ...]
    marked: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryAround:
    """What is recorded in a case, with the case's participants and its marking."""

    id: str
    claim: Claim
    facts: str
    stored: str | None
    participants: tuple[str, ...]
    marked: tuple[str, ...]

    @property
    def expected(self) -> str:
        """The agencies that take part in the case."""
        return memberships.told(self.participants)

    @property
    def expected_class(self) -> str:
        """The class of its own marking and of the case's."""
        return self.claim.under(self.marked)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepAround:
    """What was done with a task, and the agencies that are known on it."""

    id: str
    claim: Claim
    facts: str
    stored: tuple[str, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskAround:
    """A task with the agencies that it was ever with and its steps.

    It was `raised_in` cases, of which `cases` are the markings.
    """

    id: str
    claim: Claim
    facts: str
    agencies: tuple[str, ...]
    raised_in: frozenset[str]
    cases: tuple[tuple[str, ...], ...]
    steps: tuple[StepAround, ...]

    @property
    def expected_class(self) -> str:
        """The class of its own marking and of the cases': it may tell of them."""
        return self.claim.under(united(self.cases))

    def expected_class_of(self, step: StepAround) -> str:
        """The class of a step: what protects the task protects what was done with it."""
        return step.claim.under(united((*self.cases, self.claim.marked)))


def is_plain(facts: str) -> bool:
    """Whether nothing protects a link or node of this class, neither its own marking nor what it is about."""
    return facts.endswith(f"/{NONE}/{NONE}")


def protections(facts: str) -> tuple[str, ...]:
    """What protects a link or node of this class."""
    return tuple(sorted(FactClass.parse(facts).protections or ()))


OPEN = CaseStatus.OPEN.value
"""The one status in which a case makes its participants members."""


def united(sets: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """The union as a sorted tuple, which is how sets are stored."""
    return tuple(sorted({word for words in sets for word in words}))


def effective(stated: Iterable[str], raised: Iterable[str], lifted: Iterable[str]) -> tuple[str, ...]:
    """What protects a node: what its dataset states, less what a person lifted, and what a person raised."""
    return united([set(stated).difference(lifted), raised])


def adult_on(births: Sequence[str | None]) -> str | None:
    """The eighteenth birthday, unknown unless every stated birth date is the same full date.

    Who was born on 29 February comes of age on 1 March.
    """
    stated = {born for born in births if born is not None}
    if len(stated) != 1:
        return None
    (born,) = stated
    if not FULL_DATE.fullmatch(born):
        return None
    try:
        birth = date.fromisoformat(born)
        return birth.replace(year=birth.year + ADULT_AT).isoformat()
    except ValueError:
        return _first_of_march(born)


def _first_of_march(born: str) -> str | None:
    year, _, day = born.partition("-")
    return f"{int(year) + ADULT_AT}-03-01" if day == "02-29" else None
