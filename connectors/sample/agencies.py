"""What the agencies come to hold of a household."""

from collections import deque
from datetime import timedelta
from random import Random

from connectors.sample.copies import Copy, taken_down
from connectors.sample.extracts import FENNEL, LARKHALL, Extracts, Incident
from connectors.sample.partners import Partners
from connectors.sample.people import ADULT, REFERENCE, SCHOOL_AGE, Household, Person, choice
from connectors.sample.pinned import (
    ADOPTION_MARKING,
    COVERT_MARKING,
    REFUGE_MARKING,
    SILENT_MARKING,
    WITNESS_MARKING,
)

FIRST_SERIAL = 1001
"""Keys below are kept for the pinned people."""
_SCHOOLS = {FENNEL: (range(SCHOOL_AGE, 11), "FS"), LARKHALL: (range(11, ADULT), "LA")}
_KINDS = ("NOISE", "ROWDY_NUISANCE_NEIGHBOURS", "STREET_DRINKING", "VEHICLE_NUISANCE", "ANIMAL_PROBLEMS", "FIREWORKS")
_SUMMARIES = (
    "Neighbours complain of noise late at night.",
    "A group gathers at the entrance and shouts at passers-by.",
    "Repeated complaints from three households; a warning was given.",
    "Rubbish is left on the landing, and complaints go unanswered.",
)
_ROLES = ("alleged perpetrator", "victim", "complainant", "witness", "vulnerable person")
_PARTNERS = ("police", "housing", "victim_support")
_WARNINGS = ("VI", "WE", "DR", "ES", "MH", "SH")
_NOMINALS, _CASES, _CLIENTS = 0.15, 0.1, 0.06
_WITNESSES, _ADOPTED, _COVERT, _SENSITIVE, _SILENT = 0.003, 0.006, 0.005, 0.1, 0.004
_WITH_WARNINGS, _ASSOCIATED, _CLOSED, _PARTNERED, _NEIGHBOURS = 0.25, 0.4, 0.35, 0.4, 0.5
_RECENT = 12


class Agencies:
    """The agencies of a partnership, each numbering its own records."""

    def __init__(self, extracts: Extracts, chance: Random, partners: Partners) -> None:
        self._extracts = extracts
        self._partners = partners
        self._chance = chance
        self._serials: dict[str, int] = {}
        self._nominals: deque[str] = deque(maxlen=_RECENT)
        self._neighbours: deque[Person] = deque(maxlen=_RECENT)

    def hold(self, household: Household) -> None:
        """Let every agency take down what it comes to know; everybody is known to one at least."""
        if not household.home.is_refuge:
            self._let(household)
        pupils = self._enrol(household)
        nominals = [key for person in household.people if (key := self._meet_police(person)) is not None]
        victims = self._complain(household)
        for person in household.adults:
            if household.home.is_refuge or person in victims or self._happens(_CLIENTS):
                self._support(person)
        self._partners.hold(household, pupils, nominals)

    def _let(self, household: Household) -> None:
        tenancy = f"TEN-{self._next('tenancy'):05d}"
        since = (REFERENCE - timedelta(days=int(self._chance.random() * 6000))).strftime("%d/%m/%Y")
        marking = WITNESS_MARKING if self._happens(_WITNESSES) else ""
        for person in household.adults:
            self._extracts.housing(self._key("T"), self._copy(person), tenancy, since, marking)

    def _enrol(self, household: Household) -> list[tuple[str, str]]:
        pupils: list[tuple[str, str]] = []
        for person in household.children:
            for school, (ages, prefix) in _SCHOOLS.items():
                if person.age in ages:
                    key = self._key(prefix)
                    adopted = ADOPTION_MARKING if self._happens(_ADOPTED) else ""
                    marking = REFUGE_MARKING if household.home.is_refuge else adopted
                    self._extracts.school(school, key, self._copy(person), marking)
                    pupils.append((school, key))
        for one in pupils:
            for other in pupils:
                if one != other:
                    self._extracts.siblings(*one, *other)
        return pupils

    def _meet_police(self, person: Person) -> str | None:
        if person.age < 12 or not self._happens(_NOMINALS):  # noqa: PLR2004 - younger ones have no nominal record
            return None
        key = self._key("N")
        marking = (
            COVERT_MARKING if self._happens(_COVERT) else "OFFICIAL-SENSITIVE" if self._happens(_SENSITIVE) else ""
        )
        warnings = (choice(self._chance, _WARNINGS),) if self._happens(_WITH_WARNINGS) else ()
        self._extracts.police(key, self._copy(person), warnings, marking)
        if self._nominals and self._happens(_ASSOCIATED):
            since = f"{1 + int(self._chance.random() * 12):02d}/{2020 + int(self._chance.random() * 6)}"
            self._extracts.association(choice(self._chance, tuple(self._nominals)), key, since)
        self._nominals.append(key)
        return None if marking == COVERT_MARKING else key

    def _complain(self, household: Household) -> set[Person]:
        """A case about the household, sometimes with a neighbour in it; the people who were its victims."""
        if household.home.is_refuge or not self._happens(_CASES):
            self._neighbours.append(household.adults[0])
            return set()
        reference = f"ASB-2026-{self._next('case'):04d}"
        self._open(reference, household)
        people = list(household.people[:3])
        if self._neighbours and self._happens(_NEIGHBOURS):
            people.append(self._neighbours.pop())
        victims = set()
        for person in people:
            role = choice(self._chance, _ROLES)
            self._extracts.council(self._key("AP"), self._copy(person), reference, role)
            if role == "victim":
                victims.add(person)
        return victims

    def _open(self, reference: str, household: Household) -> None:
        opened = REFERENCE - timedelta(days=int(self._chance.random() * 500))
        closed = opened + timedelta(days=20 + int(self._chance.random() * 100))
        self._extracts.case(
            Incident(
                reference=reference,
                kind=choice(self._chance, _KINDS),
                opened=opened.isoformat(),
                closed=closed.isoformat() if self._happens(_CLOSED) and closed < REFERENCE else "",
                summary=choice(self._chance, _SUMMARIES),
                lead="council",
                participants=tuple(partner for partner in _PARTNERS if self._happens(_PARTNERED)),
                scene=household.home,
                marking=COVERT_MARKING if self._happens(_COVERT) else "",
            )
        )

    def _support(self, person: Person) -> None:
        since = (REFERENCE - timedelta(days=int(self._chance.random() * 700))).isoformat()
        silent = SILENT_MARKING if self._happens(_SILENT) else ""
        marking = REFUGE_MARKING if person.home.is_refuge else silent
        self._extracts.victim_support(self._key("VS"), self._copy(person), since, marking)
        if person.home.is_refuge:
            self._flee(person)

    def _flee(self, person: Person) -> None:
        """The council often holds whoever is in a refuge too, and does not know to mark it."""
        if self._happens(_NEIGHBOURS):
            reference = f"ASB-2026-{self._next('case'):04d}"
            opened = (REFERENCE - timedelta(days=int(self._chance.random() * 500))).isoformat()
            self._extracts.case(
                Incident(reference=reference, kind="MALICIOUS_COMMUNICATIONS", opened=opened, lead="council")
            )
            self._extracts.council(self._key("AP"), self._copy(person), reference, "victim")

    def _copy(self, person: Person) -> Copy:
        return taken_down(person, self._chance)

    def _happens(self, share: float) -> bool:
        return self._chance.random() < share

    def _next(self, series: str) -> int:
        self._serials[series] = self._serials.get(series, FIRST_SERIAL - 1) + 1
        return self._serials[series]

    def _key(self, prefix: str) -> str:
        return f"{prefix}{self._next(prefix):07d}"
