"""People who do not exist, in households."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from connectors.cells import nhs_check
from connectors.sample.names import ORIGINS, Origin
from connectors.sample.places import Home

T = TypeVar("T")
REFERENCE = date(2026, 9, 1)
"""The day on which the made-up people are as old as they are."""
SCHOOL_AGE, TEENAGER, ADULT = 5, 13, 18
_WOMEN, _COUPLES, _WITH_CHILDREN, _TWO_NAMES = 0.51, 0.55, 0.5, 0.3
_NICKNAMES, _WITH_EMAIL, _LANDLINES = 0.1, 0.7, 0.15
_NHS_LIMIT = 499_999
_NI_LIMIT = 4_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One made-up human being; whatever can be mistaken for real is of a kind that nobody is ever given."""

    serial: int
    household: str
    given: str
    family: str
    known_as: str
    born: date
    gender: str
    phone: str
    email: str
    home: Home

    @property
    def name(self) -> str:
        return f"P{self.serial:07d}"

    @property
    def age(self) -> int:
        """Full years on the reference day."""
        before = (REFERENCE.month, REFERENCE.day) < (self.born.month, self.born.day)
        return REFERENCE.year - self.born.year - before

    @property
    def nhs_number(self) -> str:
        """A number of the range 999, which is kept for tests; none for people beyond the range."""
        if self.serial > _NHS_LIMIT:
            return ""
        digits = f"999{2 * self.serial:06d}"
        if nhs_check(digits) > 9:  # noqa: PLR2004 - such a number is never given; its neighbour differs by two
            digits = f"999{2 * self.serial + 1:06d}"
        return f"{digits}{nhs_check(digits)}"

    @property
    def national_insurance_number(self) -> str:
        """A number with the prefix QQ, which is never issued; adults only."""
        if self.age < ADULT or self.serial >= _NI_LIMIT:
            return ""
        return f"QQ{self.serial % 1_000_000:06d}{'ABCD'[self.serial // 1_000_000]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """People under one roof: the grown-ups, and their children by age."""

    name: str
    adults: tuple[Person, ...]
    children: tuple[Person, ...]
    home: Home

    @property
    def people(self) -> tuple[Person, ...]:
        return self.adults + self.children


def household(serial: int, first: int, room: int, home: Home, chance: Random) -> Household:
    """Make up a household of at most `room` people, who are numbered from `first`."""
    origin = choice(chance, ORIGINS)
    frame = _Frame(name=f"H{serial:06d}", origin=origin, family=choice(chance, origin.family), home=home)
    couple, with_children = chance.random() < _COUPLES, chance.random() < _WITH_CHILDREN
    oldest = 27 + int(chance.random() * (26 if with_children else 55))
    ages = [oldest, oldest - 4 + int(chance.random() * 8)] if couple else [oldest]
    eldest = min(ADULT - 1, min(ages) - ADULT)
    children = 1 + int(chance.random() * 3.4) if with_children and eldest >= SCHOOL_AGE else 0
    span = eldest - SCHOOL_AGE + 1
    ages += sorted((SCHOOL_AGE + int(chance.random() * span) for _ in range(children)), reverse=True)
    made = tuple(_people(frame, first, ages[:room], chance))
    adults = 2 if couple else 1
    return Household(name=frame.name, adults=made[:adults], children=made[adults:], home=home)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """What the people of a household have in common."""

    name: str
    origin: Origin
    family: str
    home: Home


def _people(frame: _Frame, first: int, ages: list[int], chance: Random) -> Iterator[Person]:
    contact, taken = "", set[str]()
    for serial, age in enumerate(ages, start=first):
        gender = "F" if chance.random() < _WOMEN else "M"
        given = _given(frame.origin, gender, taken, chance)
        taken.add(given)
        has_own_name = serial == first + 1 and age >= ADULT and chance.random() < _TWO_NAMES
        family = choice(chance, choice(chance, ORIGINS).family) if has_own_name else frame.family
        phone = contact if age < TEENAGER else _phone(chance)
        contact = contact or phone
        yield Person(
            serial=serial,
            household=frame.name,
            given=given,
            family=family,
            known_as=f"{given[:3]}y" if chance.random() < _NICKNAMES else "",
            born=REFERENCE - timedelta(days=int(age * 365.25 + 1 + chance.random() * 363)),
            gender=gender,
            phone=phone,
            email=_email(given, family, serial) if age >= TEENAGER and chance.random() < _WITH_EMAIL else "",
            home=frame.home,
        )


def _given(origin: Origin, gender: str, taken: set[str], chance: Random) -> str:
    free = [name for name in (origin.female if gender == "F" else origin.male) if name not in taken]
    return choice(chance, free)


def _phone(chance: Random) -> str:
    """A number of the ranges that Ofcom keeps for drama."""
    number = int(chance.random() * 1000)
    return f"020 7946 0{number:03d}" if chance.random() < _LANDLINES else f"07700 900{number:03d}"


def _email(given: str, family: str, serial: int) -> str:
    plain = unicodedata.normalize("NFKD", f"{given}.{family}").encode("ascii", "ignore").decode()
    return f"{re.sub('[^a-z.-]', '', plain.lower())}.{serial}@example.org"


def choice(chance: Random, items: Sequence[T]) -> T:
    """One of the items; the same for the same chance in every version of Python."""
    return items[int(chance.random() * len(items))]
