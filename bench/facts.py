"""What follows from the town for the facts that the hub keeps: who is protected, and who takes part in whose cases."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from bench.town import Inhabitant, Matter, Town
from graph.facts import Claim, united
from policies.vocabulary import Protection

Words = tuple[str, ...]


@dataclass(slots=True)
class Classes:
    """Fact classes by what they consist of; `known` are all that were asked for."""

    known: dict[tuple[Claim, Words], str] = field(default_factory=dict)

    def of(self, type_: str, owner: str, dataset: str, protections: Words = ()) -> str:
        """The class of something OFFICIAL that states no protections itself."""
        return self.under(
            Claim(type=type_, owner=owner, dataset=dataset, sensitivity="OFFICIAL", marked=()), protections
        )

    def under(self, claim: Claim, protections: Words) -> str:
        """The class of a claim about somebody who is protected so."""
        key = (claim, protections)
        if key not in self.known:
            self.known[key] = claim.under(protections)
        return self.known[key]


def marked(one: Inhabitant) -> Words:
    """How somebody's record is marked."""
    marks = ((one.covert, Protection.COVERT), (one.refuge, Protection.REFUGE))
    return tuple(mark.value for applies, mark in marks if applies)


class Consequences:
    """The facts of people, places and cases, by their numbers."""

    def __init__(self, town: Town) -> None:
        self._town = town
        self.case_agencies: dict[int, set[str]] = {}
        self.place_agencies: dict[int, set[str]] = {}
        self._told: dict[int, list[Words]] = {}
        self.scenes: list[tuple[Words, ...]] = [self._scenes(matter) for matter in town.matters]
        for matter, scenes in zip(town.matters, self.scenes, strict=True):
            self._involve(matter, scenes)
        for one in town.people:
            for stay in one.stays:
                self._told.setdefault(stay.place, []).append(marked(one))
        for venue in town.venues:
            if venue.place is not None:
                self._told.setdefault(venue.place, []).append(())

    def protections(self, place: int) -> Words:
        """What protects a place: what protects everything that it is recorded for, where that all is protected."""
        told = self._told.get(place, [])
        return united(told) if all(told) else ()

    def wards(self, number: int) -> list[str]:
        """The wards of a case's places, of those whose link does not tell of somebody protected."""
        matter = self._town.matters[number]
        shown = zip(matter.places, self.scenes[number], strict=True)
        return sorted({self._town.places[at].ward for at, hidden in shown if not hidden})

    def _involve(self, matter: Matter, scenes: Iterable[Words]) -> None:
        for at, _ in matter.people:
            self.case_agencies.setdefault(at, set()).update(matter.agencies)
        for place, hidden in zip(matter.places, scenes, strict=True):
            self._told.setdefault(place, []).append(hidden)
            if not hidden:
                self.place_agencies.setdefault(place, set()).update(matter.agencies)

    def _scenes(self, matter: Matter) -> tuple[Words, ...]:
        """What protects the link to each of a case's places: those whom the case concerns may live there."""
        people = [self._town.people[at] for at, _ in matter.people]
        return tuple(
            united(marked(one) for one in people if any(stay.place == place for stay in one.stays))
            for place in matter.places
        )
