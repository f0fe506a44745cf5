"""Who in the hub may be meant by somebody whom a referrer describes: as much as the desk may be told of each.

A likeness tells whoever sees it what it rests on. So it rests on the name and the year of birth, which agreements show
beside it, and never on a day, a number or an address that they may withhold.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph.change import Ask
from graph.facts import FULL_DATE
from graph.matching import folded
from graph.records import LinkFact, Marking, NodeFact, Ref, Source
from graph.vocabulary import Link, Node
from policies.vocabulary import Sensitivity

ROUGHLY = 2
"""Years by which a birth may be guessed wrong."""
MOST = 20
"""The likest are proposed, so that a common name does not make a referral dear."""
NAMED = """
UNWIND $families AS family
MATCH (r:PersonRecord {familyName: family}) WHERE r.givenName IN $givens
RETURN collect([
  [r.owner, r.dataset, r.key], r.recordId, r.personId, r.sensitivity, r.givenName, r.familyName, r.dateOfBirth])"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """A record of somebody who bears the name, and how many years lie between the births: None where one is unknown."""

    id: str
    person: str
    source: Source
    sensitivity: Sensitivity
    born: str | None
    apart: int | None


async def likenesses(ask: Ask, told: Mapping[str, Any]) -> list[Likeness]:
    """Find the records that bear the name that is told, whatever its case, and fit the birth; the likest first."""
    given, family, born = told["givenName"], told["familyName"], told["dateOfBirth"]
    rows = await ask(NAMED, {"families": _spelt(family), "givens": _spelt(given)})
    sought = folded(f"{given} {family}")
    found = [
        _likeness(row, born) for row in rows if folded(f"{row[4]} {row[5]}") == sought and _fits(_apart(row[6], born))
    ]
    return sorted(found, key=lambda one: (one.apart is None, one.apart or 0, one.id))[:MOST]


def is_beyond_doubt(likeness: Likeness, told: Mapping[str, Any]) -> bool:
    """Whether the very day of birth is the same."""
    born = told["dateOfBirth"]
    return born is not None and born == likeness.born and FULL_DATE.fullmatch(born) is not None


def likened(likeness: Likeness, referral: NodeFact) -> LinkFact:
    """That a record may be of somebody whom a referral describes: its owner's, as it tells of the record."""
    own = referral.source
    return LinkFact(
        type=Link.LIKENED_IN,
        source=Source(owner=likeness.source.owner, dataset=own.dataset, key=f"{own.key}/{likeness.id}"),
        marking=Marking(sensitivity=Sensitivity.highest(likeness.sensitivity, referral.marking.sensitivity)),
        start=Ref(type=Node.PERSON, source=likeness.source),
        end=referral.ref,
    )


def _likeness(row: list[Any], born: str | None) -> Likeness:
    (owner, dataset, key), id_, person, sensitivity, _, _, stated = row
    return Likeness(
        id=id_,
        person=person,
        source=Source(owner=owner, dataset=dataset, key=key),
        sensitivity=Sensitivity(sensitivity),
        born=stated,
        apart=_apart(stated, born),
    )


def _apart(one: str | None, other: str | None) -> int | None:
    """Years between two births; None where the year of one is not known."""
    years = [born[:4] for born in (one, other) if born is not None]
    return abs(int(years[0]) - int(years[1])) if len(years) == 2 and all(map(str.isdecimal, years)) else None  # noqa: PLR2004 - both


def _fits(apart: int | None) -> bool:
    return apart is None or apart <= ROUGHLY


def _spelt(name: str) -> list[str]:
    """The ways in which agencies write a name, by which records are found."""
    return sorted({name, name.upper(), name.lower(), name.title()})
