"""The fictitious town that everything is measured on: seeded, and alike at every size.

Of N people: 0.4 N premises, 0.1 N cases, about 2,000 people to a ward at any size, eight agencies. A case concerns two
to six people, one to three premises and three to twelve venues, and two to five agencies take part. Households are two
or three people. The first case has the widest fan-out, so that it is the same size in every town. Names are invented
syllables, telephone numbers of the range that is kept for drama, postcodes and identifiers of series never issued.
"""

import hashlib
from dataclasses import dataclass
from random import Random

AGENCIES = ("police", "children", "adults", "health", "housing", "education", "probation", "fire")
CALLER = "adults"
"""The agency that asks, with two wards of its own."""
PINNED = 6
"""How many people the widest case concerns; nobody of them is in a refuge."""
WARD_SIZE = 2_000
STREET = 5
"""People in two households, which are neighbours."""
SYLLABLES = tuple(
    words.split()
    for words in (
        "Al Be Cor Da El Fa Gra Ha Is Jo Ka Lo Mi Na Or Pe Ro Sa Ti Va",
        "ra len vin mo sa dri na tor bel lis",
        "ford wick mere ham ley ton by stead combe worth shaw field",
    )
)
ROADS = ("Mill", "Station", "Orchard", "Chapel", "Quarry", "Meadow", "Canal", "Foundry", "Heron", "Larch")
CASE_TYPES = ("safeguarding", "antisocial", "exploitation", "domestic", "rehousing", "absence")
ROLES = ("VICTIM", "WITNESS", "ASSOCIATE", "SIBLING", "PARENT_CARER", "COMPLAINANT")
VENUES = ("House", "Court", "School", "Flats", "Cottage")
CATEGORIES = ("noise", "damage", "theft", "missing", "welfare", "dispute", "fire", "absence")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Premises."""

    id: str
    owner: str
    uprn: str
    name: str
    address: str
    postcode: str
    ward: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """Somebody's residence in the premises of that number, as one agency states it."""

    place: int
    since: str
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Inhabitant:
    """Somebody, of whom one agency holds one record; the first stay is at the record's own address."""

    id: str
    record: str
    owner: str
    given_name: str
    family_name: str
    alias: str
    date_of_birth: str
    gender: str
    phone: str
    email: str
    national_insurance_number: str
    nhs_number: str
    is_sensitive: bool
    refuge: bool
    covert: bool
    stays: tuple[Stay, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Venue:
    """Something that a case concerns beside people and places, at the premises of that number or nowhere."""

    id: str
    owner: str
    name: str
    month: str
    place: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """An open case: whom, which premises and which venues it concerns, by their numbers; the lead agency first."""

    id: str
    reference: str
    type: str
    opened: str
    agencies: tuple[str, ...]
    people: tuple[tuple[int, str], ...]
    places: tuple[int, ...]
    venues: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """Everything that there is."""

    places: tuple[Place, ...]
    people: tuple[Inhabitant, ...]
    venues: tuple[Venue, ...]
    matters: tuple[Matter, ...]

    @property
    def ward(self) -> str:
        """The ward that is asked for, which is one of the caller's."""
        return ward(0)


def ward(number: int) -> str:
    """The code of a ward."""
    return f"E0599{number + 1:04d}"


def ident(prefix: str, name: str) -> str:
    """An id as long and as random as the hub's own, and the same each time."""
    return prefix + hashlib.blake2b(f"{prefix}{name}".encode(), digest_size=12).hexdigest()


def settle(people: int, seed: int = 7) -> Town:
    """Make a town of that many people."""
    places = tuple(_places(people * 2 // STREET, max(4, people // WARD_SIZE), seed))
    founder = _Founder(Random(f"{seed}-matters"), people=people, places=len(places), seed=seed)  # noqa: S311 - no secret
    matters = tuple(founder.matter(number) for number in range(people // 10))
    founder.found(people // 4)
    return Town(places=places, people=_people(people, len(places), seed), venues=tuple(founder.venues), matters=matters)


def _places(count: int, wards: int, seed: int) -> list[Place]:
    chance = Random(f"{seed}-places")  # noqa: S311 - no secret
    return [
        Place(
            id=ident("pre_", f"{seed}/{at}"),
            owner=AGENCIES[at % len(AGENCIES)],
            uprn=str(900_000_000_000 + at),
            name=f"{chance.choice(SYLLABLES[0])}{chance.choice(SYLLABLES[2])} {chance.choice(VENUES)}",
            address=f"{at % 190 + 1} {ROADS[at // 7 % 10]} {('Road', 'Lane', 'Close', 'Street')[at % 4]}",
            postcode=f"ZZ{at % 97 + 1} {at // 97 % 9 + 1}{chr(65 + at // 873 % 20)}{chr(65 + at // 17460 % 20)}",
            ward=ward(at % wards),
            latitude=round(52 + chance.random(), 6),
            longitude=round(-2 + chance.random(), 6),
        )
        for at in range(count)
    ]


def _people(count: int, places: int, seed: int) -> tuple[Inhabitant, ...]:
    chance = Random(f"{seed}-people")  # noqa: S311 - no secret
    return tuple(_inhabitant(at, places, seed, chance) for at in range(count))


def _inhabitant(at: int, places: int, seed: int, chance: Random) -> Inhabitant:
    home = at * 2 // STREET
    first, second, third = SYLLABLES
    given = chance.choice(first) + chance.choice(second)
    family = first[(home * 7 + chance.randrange(2)) % 20] + second[home % 10] + third[home // 3 % 12]
    owner, other = chance.choice(AGENCIES), chance.randrange(places)
    stays = [Stay(place=home, since=_day(chance, 2005, 2025), owner=owner)]
    if (chance.random() < 0.3 or at < PINNED) and other != home:  # noqa: PLR2004 - three of ten have a second home
        stays.append(Stay(place=other, since=_day(chance, 2005, 2025), owner=chance.choice(AGENCIES)))
    return Inhabitant(
        id=ident("per_", f"{seed}/{at}"),
        record=ident("rec_", f"{seed}/{at}"),
        owner=owner,
        given_name=given,
        family_name=family,
        alias=chance.choice(first) + chance.choice(second),
        date_of_birth=_day(chance, 1935, 2019),
        gender=chance.choice(("FEMALE", "MALE", "OTHER")),
        phone=f"+447700900{chance.randrange(1000):03d}",
        email=f"{given}.{family}.{at + 1}@example.org".lower(),
        national_insurance_number=f"QQ{at % 1_000_000:06d}{'ABCD'[at // 1_000_000]}",
        nhs_number=f"999{at:07d}",
        is_sensitive=chance.random() > 0.88,  # noqa: PLR2004 - the share of records marked OFFICIAL
        refuge=chance.random() < 0.005 and at >= PINNED,  # noqa: PLR2004 - five of a thousand
        covert=chance.random() < 0.002,  # noqa: PLR2004 - two of a thousand
        stays=tuple(stays),
    )


def _day(chance: Random, first: int, last: int) -> str:
    return f"{chance.randint(first, last)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"


class _Founder:
    """Makes cases one after another, with the venues that they concern."""

    def __init__(self, chance: Random, *, people: int, places: int, seed: int) -> None:
        self.venues: list[Venue] = []
        self._chance = chance
        self._people = people
        self._places = places
        self._seed = seed

    def matter(self, number: int) -> Matter:
        chance, widest = self._chance, number == 0
        base = 0 if widest else chance.randrange(self._people)
        who = self._who(base, PINNED if widest else chance.randint(2, PINNED), together=widest)
        agencies = chance.sample(AGENCIES, 5 if widest else chance.randint(2, 5))
        if widest and CALLER not in agencies:
            agencies[-1] = CALLER
        places = self._where(base, 3 if widest else chance.randint(1, 3))
        first = len(self.venues)
        for _ in range(12 if widest else chance.randint(3, 12)):
            at = chance.choice(places) if widest or chance.random() < 0.7 else None  # noqa: PLR2004 - seven of ten
            self._venue(agencies[0], at)
        return Matter(
            id=ident("case_", f"{self._seed}/{number}"),
            reference=f"NM-{2020 + number % 6}-{number + 1:07d}",
            type=chance.choice(CASE_TYPES),
            opened=_day(chance, 2020, 2025),
            agencies=tuple(agencies),
            people=tuple((at, ROLES[0] if not rank else chance.choice(ROLES)) for rank, at in enumerate(who)),
            places=tuple(places),
            venues=tuple(range(first, len(self.venues))),
        )

    def found(self, count: int) -> None:
        """Add venues that no case concerns."""
        for _ in range(count):
            at = self._chance.randrange(self._places) if self._chance.random() < 0.6 else None  # noqa: PLR2004
            self._venue(self._chance.choice(AGENCIES), at)

    def _who(self, base: int, size: int, *, together: bool) -> list[int]:
        near = size if together else self._chance.randint(1, size)
        found = [(base + step) % self._people for step in range(near)]
        while len(found) < size:
            at = self._chance.randrange(self._people)
            if at not in found:
                found.append(at)
        return found

    def _where(self, base: int, size: int) -> list[int]:
        found = [base * 2 // STREET]
        while len(found) < size:
            at = self._chance.randrange(self._places)
            if at not in found:
                found.append(at)
        return found

    def _venue(self, owner: str, place: int | None) -> None:
        month = f"{self._chance.randint(2022, 2025)}-{self._chance.randint(1, 12):02d}"
        self.venues.append(
            Venue(
                id=ident("est_", f"{self._seed}/{len(self.venues)}"),
                owner=owner,
                name=self._chance.choice(CATEGORIES),
                month=month,
                place=place,
            )
        )
