"""What an agency wrote down of a person: mostly what is so, sometimes with a slip of the pen."""

from dataclasses import dataclass, replace
from datetime import date
from random import Random

from connectors.sample.people import Person, choice

SLIPS = 0.12
"""The share of copies in which something was mistyped or left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A person as one agency holds them; `born` is None where only the year is known, `slip` says what is amiss."""

    person: Person
    given: str
    family: str
    born: date | None
    phone: str
    email: str
    slip: str = ""

    def birth(self, form: str) -> str:
        """The birth date in the form of `date.strftime`, or its year."""
        if self.born is None:
            return f"{self.person.born.year}"
        return self.born.strftime(form)


def exact(person: Person) -> Copy:
    return Copy(
        person=person,
        given=person.given,
        family=person.family,
        born=person.born,
        phone=person.phone,
        email=person.email,
    )


def taken_down(person: Person, chance: Random) -> Copy:
    """A copy as it comes about in an office."""
    copy = exact(person)
    return _amiss(copy, chance) if chance.random() < SLIPS else copy


def _amiss(copy: Copy, chance: Random) -> Copy:
    slip = choice(chance, ("given", "family", "swapped", "year", "phone", "contacts"))
    if slip == "given":
        return replace(copy, given=_mistyped(copy.given, chance), slip=slip)
    if slip == "family":
        return replace(copy, family=_mistyped(copy.family, chance), slip=slip)
    if slip == "year":
        return replace(copy, born=None, slip=slip)
    if slip == "phone":
        other = (int(copy.phone[-3:]) + 1 + int(chance.random() * 998)) % 1000
        return replace(copy, phone=f"{copy.phone[:-3]}{other:03d}", slip=slip)
    if slip == "swapped" and copy.born is not None and copy.born.day <= 12:  # noqa: PLR2004 - day and month change places
        return replace(copy, born=copy.born.replace(month=copy.born.day, day=copy.born.month), slip=slip)
    return replace(copy, phone="", email="", slip="contacts")


def _mistyped(name: str, chance: Random) -> str:
    """Two letters inside the name change places, or one is left out."""
    at = 1 + int(chance.random() * max(1, len(name) - 2))
    if at + 1 < len(name) and name[at] != name[at + 1] and chance.random() < 0.5:  # noqa: PLR2004 - the toss of a coin
        return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    return name[:at] + name[at + 1 :] if len(name) > 2 else f"{name}e"  # noqa: PLR2004 - too short to lose a letter
