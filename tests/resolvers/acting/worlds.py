"""Two worlds that differ in what is hidden alone: what both hold, and what each holds besides."""

from dataclasses import dataclass

from graph.vocabulary import Link, Node
from policies.vocabulary import Protection
from tests.resolvers.acting.test_referrals import WARD
from tests.support.scenes import (
    SENSITIVE,
    Facts,
    associate,
    case,
    concerns,
    link,
    person,
    premises,
    resides,
    sibling,
    thing,
)

HERE, THERE = "E05013808", "E05013809"
HOMES = {
    "a": {"address": "5 Rose Street", "postcode": "W1D 3DH", "ward": HERE},
    "b": {"address": "7 Elm Street", "postcode": "W1D 4DH", "ward": THERE},
}
PLACES = {
    (owner, at): premises(f"{owner}/{at}", **HOMES[at]) for owner in ("council", "police", "housing") for at in HOMES
}
ROLL = {at: premises(f"larkhall/{at}", **HOMES[at]) for at in HOMES}
LARKHALL = thing(Node.SCHOOL, "hub/schools-register/900001", urn="900001", name="Larkhall", ward=HERE)

NEIGHBOURS = {
    ("police", "a"): person("police/bob", givenName="Bob", familyName="Bee", dateOfBirth="1980-01-01", **HOMES["a"]),
    ("police", "b"): person("police/may", givenName="May", familyName="Moss", dateOfBirth="1981-01-01", **HOMES["b"]),
    ("housing", "a"): person("housing/dan", givenName="Dan", familyName="Dee", dateOfBirth="1985-01-01", **HOMES["a"]),
    ("housing", "b"): person("housing/eve", givenName="Eve", familyName="Dee", dateOfBirth="1986-01-01", **HOMES["b"]),
    ("council", "a"): person("council/fay", givenName="Fay", familyName="Foy", dateOfBirth="1980-01-01", **HOMES["a"]),
    ("council", "b"): person("council/gus", givenName="Gus", familyName="Guy", dateOfBirth="1981-01-01", **HOMES["b"]),
}
BOB = NEIGHBOURS["police", "a"]
CAL = person("council/cal", givenName="Cal", familyName="Cox", dateOfBirth="2001-01-01", ward=HERE)
PUPILS = {
    "a": person("larkhall/tom", givenName="Tom", familyName="Reed", dateOfBirth="2012-05-01", **HOMES["a"]),
    "b": person("larkhall/una", givenName="Una", familyName="Reed", dateOfBirth="2012-06-01", **HOMES["b"]),
}
ANN = {"givenName": "Ann", "familyName": "Ash", "dateOfBirth": "1990-01-01", "nationalInsuranceNumber": "QQ123456C"}
KIM = {"givenName": "Kim", "familyName": "Kay", "dateOfBirth": "2014-01-01"}
CLIENT = person("victim_support/ann", Protection.REFUGE, SENSITIVE, **ANN)
KNOWN = {owner: person(f"{owner}/ann", **ANN) for owner in ("council", "police")}
CHILD = person("council/kim", Protection.ADOPTION, **KIM)
KEYS = ("ann", "kim", "bob", "may", "cal", "dan", "tom", "una", "eve")
"""Of whom the script knows."""

NOISE = case(
    "council/council-asb-cases/1",
    *("council", "police", "housing", "larkhall", "victim_support"),
    caseType="NOISE",
    openedOn="2026-10-01",
)
GANG = case("police/crimes/1", "police", "council", caseType="GANG", openedOn="2026-10-01")
COMMON: tuple[Facts, ...] = (
    *(WARD, LARKHALL, *ROLL.values(), *PLACES.values(), *NEIGHBOURS.values(), CAL, *PUPILS.values()),
    *(CLIENT, *KNOWN.values(), CHILD, NOISE, GANG),
    *(link(Link.PUPIL_AT, pupil, LARKHALL, since="2023-09-01") for pupil in PUPILS.values()),
    *(resides(pupil, ROLL[at]) for at, pupil in PUPILS.items()),
    concerns(NOISE, CAL, "COMPLAINANT"),
    concerns(NOISE, KNOWN["council"], "VICTIM"),
    concerns(GANG, CAL, "PERPETRATOR"),
)
LIVED_IN: tuple[Facts, ...] = tuple(resides(neighbour, PLACES[which]) for which, neighbour in NEIGHBOURS.items())
"""Where they do not live there, nothing but what people do is known of most places."""

TWIN = person(
    "police/zed",
    Protection.COVERT,
    givenName="Bob",
    familyName="Bee",
    dateOfBirth="1980-02-02",
    ward=HERE,
    nationalInsuranceNumber="QQ654321A",
)
SILENT = person(
    "council/sil", Protection.SILENT, givenName="Ann", familyName="Ash", dateOfBirth="1990-01-01", **HOMES["a"]
)
WITNESS = person("police/wit", Protection.WITNESS, **KIM, **HOMES["b"])
LAIR = premises("police/lair", Protection.COVERT, **HOMES["a"])
LODGER = person("police/lodger", **ANN, **HOMES["a"])
COVERT = thing(
    Node.CASE,
    "police/crimes/9",
    Protection.COVERT,
    status="OPEN",
    participants=["police", "council", "housing"],
    reference="COVERT",
    caseType="GANG",
    openedOn="2026-11-01",
)
UNHEARD: tuple[Facts, ...] = (
    *(TWIN, SILENT, WITNESS, LODGER, LAIR, COVERT),
    *(resides(hidden, LAIR) for hidden in (TWIN, WITNESS, LODGER)),
    *(concerns(COVERT, one, "PERPETRATOR") for one in (TWIN, CAL, BOB)),
    concerns(COVERT, KNOWN["council"], "VICTIM"),
    *(concerns(COVERT, place) for place in (*PLACES.values(), LAIR)),
    sibling(TWIN, PUPILS["a"]),
    associate(TWIN, CAL),
    sibling(SILENT, CHILD),
)
"""Records whose names, homes and cases are also those of people whom everybody knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What is written in each of two worlds, batch by batch; who is spared there neither acts nor is compared.

    In the other world the spared work, unheard, where it `is_busy`. Where places are not `lived_in`, nobody is known to
    live there but those who are hidden.
    """

    one: tuple[tuple[Facts, ...], ...]
    other: tuple[tuple[Facts, ...], ...]
    spared: frozenset[str] = frozenset()
    is_busy: bool = False
    is_lived_in: bool = True


def her_haven(at: str) -> tuple[Facts, ...]:
    """Where she is in a refuge, which only her caseworker wrote down."""
    haven = premises("victim_support/haven", Protection.REFUGE, **HOMES[at])
    return (
        *(haven, resides(CLIENT, haven)),
        person("victim_support/ann", Protection.REFUGE, SENSITIVE, **ANN, **HOMES[at]),
    )


def her_home(at: str) -> tuple[Facts, ...]:
    """Where she is in a refuge; two agencies know the address as hers as well."""
    known = (resides(known, PLACES[owner, at]) for owner, known in KNOWN.items())
    return (*her_haven(at), person("council/ann", **ANN, **HOMES[at]), *known)


def childs_home(at: str) -> tuple[Facts, ...]:
    return (person("council/kim", Protection.ADOPTION, **KIM, **HOMES[at]), resides(CHILD, PLACES["council", at]))


SAME: tuple[Facts, ...] = (*her_home("a"), *childs_home("a"))
DIFFERENCES = {
    "where somebody in a refuge is": Difference(one=(SAME,), other=((*her_home("b"), *childs_home("a")),)),
    "where somebody in a refuge is whose address nobody else has": Difference(
        one=(her_haven("a"),), other=(her_haven("b"),), is_lived_in=False
    ),
    "where an adopted child is": Difference(
        one=(SAME,),
        other=((*her_home("a"), *childs_home("b")),),
        spared=frozenset({"safeguarding-lead"}),
    ),
    "whether there are hidden records and work": Difference(
        one=(SAME,), other=(SAME, UNHEARD), spared=frozenset({"police-officer", "victim-support"}), is_busy=True
    ),
}
