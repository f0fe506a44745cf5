"""What the agencies that joined later hold of a household, made up by a chance of their own.

The other extracts stay as they are for the same seed, whatever is added here.
"""

from collections.abc import Sequence
from datetime import timedelta
from random import Random

from connectors.sample.copies import Copy, taken_down
from connectors.sample.extracts import Extracts, Group
from connectors.sample.people import ADULT, REFERENCE, Household, Person, choice
from connectors.sample.pinned import REFUGE_MARKING

FIRST_SERIAL = 1001
GROUPS = (
    Group(key="G0002", name="Canal Steps", kind="C"),
    Group(key="G0003", name="Northway", kind="G"),
    Group(key="G0004", name="Third Landing", kind="G"),
)
_ORDERS = ("Community order", "Suspended sentence order", "Licence")
_PROGRAMMES = ("Referral order", "Youth rehabilitation order", "Prevention")
_TEN, _SUPERVISED, _IN_PROGRAMME, _PATIENTS, _MEMBERS = 10, 0.02, 0.08, 0.05, 0.1


class Partners:
    """Schools' contacts, probation, youth offending, health, and the police's groups."""

    def __init__(self, extracts: Extracts, chance: Random) -> None:
        self._extracts = extracts
        self._chance = chance
        self._serials: dict[str, int] = {}

    def hold(self, household: Household, pupils: Sequence[tuple[str, str]], nominals: Sequence[str]) -> None:
        """Let them take down what they come to know; `pupils` are (school, key), `nominals` the police's keys."""
        self._call(household, pupils)
        for nominal in nominals:
            if self._happens(_MEMBERS):
                since = f"{1 + int(self._chance.random() * 12):02d}/{2022 + int(self._chance.random() * 4)}"
                self._extracts.group(choice(self._chance, GROUPS), nominal, since)
        if not household.home.is_refuge:
            for person in household.people:
                self._supervise(person)
                if self._happens(_PATIENTS):
                    self._extracts.health(self._key("HP"), self._copy(person))

    def _call(self, household: Household, pupils: Sequence[tuple[str, str]]) -> None:
        marking = REFUGE_MARKING if household.home.is_refuge else ""
        for school in sorted({school for school, _ in pupils}):
            for adult in household.adults:
                key, copy = self._key("SC"), self._copy(adult)
                for at, pupil in pupils:
                    if at == school:
                        self._extracts.parent(school, key, copy, pupil, marking)
                self._extracts.told(school, "school-contacts", key, copy, marking)

    def _supervise(self, person: Person) -> None:
        since = (REFERENCE - timedelta(days=int(self._chance.random() * 700))).isoformat()
        if person.age >= ADULT and self._happens(_SUPERVISED):
            order = choice(self._chance, _ORDERS)
            self._extracts.supervised("probation", self._key("X"), self._copy(person), order, since)
        if _TEN <= person.age < ADULT and self._happens(_IN_PROGRAMME):
            order = choice(self._chance, _PROGRAMMES)
            self._extracts.supervised("youth_offending", self._key("YO"), self._copy(person), order, since)

    def _copy(self, person: Person) -> Copy:
        return taken_down(person, self._chance)

    def _happens(self, share: float) -> bool:
        return self._chance.random() < share

    def _key(self, prefix: str) -> str:
        self._serials[prefix] = self._serials.get(prefix, FIRST_SERIAL - 1) + 1
        return f"{prefix}{self._serials[prefix]:07d}"
