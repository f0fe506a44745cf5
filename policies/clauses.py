"""The conjunctions that a `when` consists of."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from policies.classes import FactClass
from policies.conditions import FACTS, role
from policies.documents import When
from policies.vocabulary import Protection, Sensitivity

Word = TypeVar("Word")

_RANKS = {rank: at for at, rank in enumerate(Sensitivity)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """Facts of the class (None asks for nothing), and conditions that must all be true."""

    owners: frozenset[str] | None
    datasets: frozenset[str] | None
    at_most: Sensitivity | None
    protections: tuple[frozenset[Protection], ...]
    conditions: frozenset[str]

    def meets(self, facts: FactClass) -> bool:
        """Whether the class has what is asked; an unknown fact is not there."""
        return next(self.misses(facts), None) is None

    def misses(self, facts: FactClass) -> Iterator[str]:
        """The facts of the class that are not as asked."""
        if self.owners is not None and facts.owner not in self.owners:
            yield "owner"
        if self.datasets is not None and facts.dataset not in self.datasets:
            yield "dataset"
        if not self._is_low_enough(facts.sensitivity):
            yield "sensitivity"
        if not self.protects(facts):
            yield "protections"

    def protects(self, facts: FactClass) -> bool:
        """Whether the class has one protection of each list that is asked for."""
        found = (facts.protections or frozenset()) | (facts.marked or frozenset())
        return all(found & asked for asked in self.protections)

    def _is_low_enough(self, sensitivity: Sensitivity | None) -> bool:
        if self.at_most is None:
            return True
        return sensitivity is not None and _RANKS[sensitivity] <= _RANKS[self.at_most]


def clauses(when: When) -> tuple[Clause, ...]:
    """The alternatives of a `when`: its own facts, joined with each of `any_of`."""
    own = _clause(when)
    if not when.any_of:
        return (own,)
    return tuple(_both(own, other) for alternative in when.any_of for other in clauses(alternative))


def conditions(when: When) -> frozenset[str]:
    """Every condition that a `when` names."""
    return frozenset().union(*(clause.conditions for clause in clauses(when)))


def common(one: frozenset[Word] | None, other: frozenset[Word] | None) -> frozenset[Word] | None:
    """What both name; None stands for everything."""
    if one is None or other is None:
        return one if other is None else other
    return one & other


def _clause(when: When) -> Clause:
    asked = {fact for fact in FACTS if getattr(when, fact)}
    if when.role:
        asked.add(role(when.role))
    return Clause(
        owners=frozenset(when.owner) or None,
        datasets=frozenset(when.dataset) or None,
        at_most=when.sensitivity_at_most,
        protections=(frozenset(when.protections),) if when.protections else (),
        conditions=frozenset(asked),
    )


def _both(one: Clause, other: Clause) -> Clause:
    ranks = [rank for rank in (one.at_most, other.at_most) if rank is not None]
    return Clause(
        owners=common(one.owners, other.owners),
        datasets=common(one.datasets, other.datasets),
        at_most=min(ranks, key=_RANKS.__getitem__, default=None),
        protections=one.protections + other.protections,
        conditions=one.conditions | other.conditions,
    )
