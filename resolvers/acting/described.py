"""People whom a referrer describes without knowing a record of them: a name, perhaps an age, and how to reach them."""

import re
from collections.abc import Mapping
from datetime import date

import orjson

from graph.likenesses import Likeness, is_beyond_doubt, likened, likenesses
from graph.records import LinkFact, NodeFact
from graph.vocabulary import Node
from resolvers.acting.acting import Acting
from resolvers.acting.inputs import SHORT, Given
from resolvers.acting.refusals import invalid

MOST = 20
LINE = 200
EARLIEST = 1900
PROTECTED = "is somebody who is protected: tell those who may know yourself, outside of the hub"
Described = Mapping[str, str | None]
_KNOWN_BY = ("givenName", "familyName", "dateOfBirth")
_NAMES = ("givenName", "familyName", "dateOfBirth", "phone", "address", "role")
_BIRTH = re.compile(r"([0-9]{4})(-[0-9]{2})?(-[0-9]{2})?")
_FIRST = "-01-01"


def check_described(given: Given) -> None:
    """Check whom a referral describes; whether a birth lies in the future is seen where the day is known."""
    name = "describedPeople"
    if len(given.values[name]) > MOST:
        given.refuse(name, f"names {MOST} people at the most")
        return
    for person in given.parts(name):
        for of_name in ("givenName", "familyName", "phone"):
            person.text(of_name, SHORT)
        person.text("address", LINE)
        if person.values.get("dateOfBirth") is not None and not _is_birth(person.values["dateOfBirth"]):
            person.refuse("dateOfBirth", f"is a day, a month or a year from {EARLIEST} on, as in 2010-09-03 or 2010")


def described(acting: Acting, given: Given) -> list[Described]:
    """Read whom a referral describes; raises Refused where somebody is not born yet."""
    people = given.parts("describedPeople")
    for person in people:
        born, today = person.values.get("dateOfBirth"), acting.viewer.day
        if born is not None and born > today[: len(born)]:
            raise invalid([((*person.path, "dateOfBirth"), "is not in the future")])
    return [{name: person.text(name, LINE) for name in _NAMES} for person in people]


def sealed(acting: Acting, people: list[Described]) -> list[str]:
    return [acting.seal.close(orjson.dumps(dict(person)).decode()) for person in people]


async def proposed(acting: Acting, people: list[Described], referral: NodeFact) -> list[LinkFact]:
    """Liken those whom a referral describes to people of the hub: nothing is joined, and somebody has to look.

    Raises Refused where beyond doubt they describe somebody of whose protection they know, as by naming them.
    """
    found: dict[str, LinkFact] = {}
    for at, person in enumerate(people):
        for one in await likenesses(acting.change.ask, person):
            if is_beyond_doubt(one, person) and await _is_known_to_be_protected(acting, one):
                raise invalid([(("input", "describedPeople", str(at)), PROTECTED)])
            found.setdefault(one.id, likened(one, referral))
    return list(found.values())


async def _is_known_to_be_protected(acting: Acting, likeness: Likeness) -> bool:
    """Whether this viewer is told of a protection, and by the record who it is and when they were born.

    By a refusal whoever is told less would find out a name, a day of birth, and that somebody is protected.
    """
    return any(
        acting.knows_to_be_protected(record)
        for record in await acting.seen(Node.PERSON, likeness.person)
        if record.id == likeness.id and all(acting.sees(Node.PERSON, record, name) for name in _KNOWN_BY)
    )


def _is_birth(text: str) -> bool:
    if not _BIRTH.fullmatch(text):
        return False
    try:
        return date.fromisoformat(text + _FIRST[len(text) - 4 :]).year >= EARLIEST
    except ValueError:
        return False
