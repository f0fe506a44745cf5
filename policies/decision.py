"""The decision itself: what one viewer in one role is shown of one class, given the conditions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from policies.catalogue import TypeEntry
from policies.classes import FactClass
from policies.clauses import Clause
from policies.conditions import source
from policies.rules import GrantRule, LimitRule
from policies.vocabulary import Protection

Facts = Mapping[str, bool | None]
Alternatives = tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Masks: what grants give, what ordinary limits leave of it, and what all leave.

    By agreement: `offered` is what ordinary limits leave of its grants, `shares` what all limits leave.
    """

    granted: int = 0
    ordinary: int = 0
    mask: int = 0
    offered: Mapping[str, int]
    shares: Mapping[str, int]

    def joined(self, other: "Decision") -> "Decision":
        """What both give: a viewer with several roles has their union."""
        return Decision(
            granted=self.granted | other.granted,
            ordinary=self.ordinary | other.ordinary,
            mask=self.mask | other.mask,
            offered=_union(self.offered, other.offered),
            shares=_union(self.shares, other.shares),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A grant of an agreement in force, to a role, for the records of some owners."""

    agreement: str
    owners: frozenset[str]
    grant: GrantRule


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A limit, by its id, as it bears on one type.

    `protects` are the protections whose own carriers other agencies are not shown at all, `hidden` the conditions that
    become unknown; `is_own` says that these are derived from the type itself, not from what a link starts from.
    """

    limit: str
    clauses: tuple[Clause, ...]
    protective: bool
    protects: frozenset[Protection]
    left: int
    hidden: frozenset[str]
    is_own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """Bits that are given while all conditions are known to be true."""

    agreement: str
    grant: str
    conditions: frozenset[str]
    bits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Bits that a limit leaves unless every alternative has a condition that is known to be false."""

    limit: str
    alternatives: Alternatives
    left: int
    protective: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """Conditions that a limit makes unknown under the same circumstances."""

    limit: str
    alternatives: Alternatives
    conditions: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """All that matters for one class and one role; only conditions are open."""

    given: tuple[Given, ...]
    held: tuple[Held, ...]
    hidden: tuple[Hidden, ...]

    def decide(self, facts: Facts) -> Decision:
        known = self.known(facts)
        ordinary = everything = -1
        for held in self.held:
            if may_trigger(held.alternatives, known):
                everything &= held.left
                ordinary &= -1 if held.protective else held.left
        given = [one for one in self.given if all(known.get(condition) is True for condition in one.conditions)]
        granted, given_by = 0, dict[str, int]()
        for one in given:
            granted |= one.bits
            given_by[one.agreement] = given_by.get(one.agreement, 0) | one.bits
        return Decision(
            granted=granted,
            ordinary=granted & ordinary,
            mask=granted & everything,
            offered={agreement: bits & ordinary for agreement, bits in given_by.items()},
            shares={agreement: bits & everything for agreement, bits in given_by.items()},
        )

    def asked(self, need: int) -> frozenset[str]:
        """The conditions on which it can depend how much of `need` is given, by which agreement, and how much is held.

        What an agreement gives in any case, it does not give for a condition.
        """
        always = dict[str, int]()
        for one in self.given:
            if not one.conditions:
                always[one.agreement] = always.get(one.agreement, 0) | one.bits
        given = (one.conditions for one in self.given if one.bits & need & ~always.get(one.agreement, 0))
        held = (alternative for one in self.held if need & ~one.left for alternative in one.alternatives)
        asked = frozenset[str]().union(*given, *held)
        while True:
            hidden = (one.alternatives for one in self.hidden if one.conditions & asked)
            more = asked.union(*(alternative for alternatives in hidden for alternative in alternatives))
            if more == asked:
                return asked
            asked = more

    def known(self, facts: Facts) -> Facts:
        """The facts without those that a limit hides; a fact less may trigger one limit more."""
        known = dict(facts)
        while True:
            triggered = [hidden for hidden in self.hidden if may_trigger(hidden.alternatives, known)]
            lost = {one for hidden in triggered for one in hidden.conditions if known.get(one) is not None}
            if not lost:
                return known
            known.update(dict.fromkeys(lost))


def bounds(entry: TypeEntry, conditions: Iterable[str], limits: Iterable[LimitRule]) -> tuple[Bound, ...]:
    """The limits that make a difference to a type, of which `conditions` matter."""
    asked = tuple(conditions)
    found = (_bound(entry, asked, limit) for limit in limits)
    return tuple(one for one in found if one.left != entry.full or one.hidden or one.protects)


def _union(left: Mapping[str, int], right: Mapping[str, int]) -> Mapping[str, int]:
    return {one: left.get(one, 0) | right.get(one, 0) for one in sorted({*left, *right})}


def case(agency: str, facts: FactClass, offers: Iterable[Offer], limits: Iterable[Bound]) -> Case | None:
    """Prepare the decision of a viewer's agency on a class; None where nothing is given whatever the conditions."""
    if None in {facts.owner, facts.dataset, facts.sensitivity} or facts.marked is None or facts.protections is None:
        return None
    given = tuple(
        Given(agreement=offer.agreement, grant=offer.grant.id, conditions=clause.conditions, bits=offer.grant.bits)
        for offer in offers
        if facts.owner in offer.owners
        for clause in offer.grant.clauses
        if clause.meets(facts)
    )
    if not given:
        return None
    touching = tuple(limits)
    held = (_held(agency, facts, bound) for bound in touching)
    hidden = (_hidden(facts, bound) for bound in touching if bound.hidden)
    return Case(
        given=given,
        held=tuple(one for one in held if one.alternatives),
        hidden=tuple(one for one in hidden if one.alternatives),
    )


def _bound(entry: TypeEntry, conditions: tuple[str, ...], limit: LimitRule) -> Bound:
    hidden = frozenset(one for one in conditions if limit.hides(entry.name, one))
    origins = {origin[0] for one in hidden if (origin := source(entry.name, one)) is not None}
    return Bound(
        limit=limit.id,
        clauses=limit.clauses,
        protective=limit.protective,
        protects=limit.named if limit.protective else frozenset(),
        left=limit.left.get(entry, entry.full),
        hidden=hidden,
        is_own=origins <= {entry.name},
    )


def _held(agency: str, facts: FactClass, bound: Bound) -> Held:
    """What a limit leaves; of a record that itself carries the marking, nothing outside the agency that wrote it.

    Were its values told without its source, the missing source would tell of the marking.
    """
    is_marked = bool(bound.protects & (facts.marked or frozenset()))
    left = 0 if is_marked and agency != facts.owner else bound.left
    matching = tuple(clause.conditions for clause in bound.clauses if clause.meets(facts))
    return Held(limit=bound.limit, alternatives=matching, left=left, protective=bound.protective)


def _hidden(facts: FactClass, bound: Bound) -> Hidden:
    """Which conditions a limit hides; of what a link starts from, its class tells the protections and no more."""
    matching = (one for one in bound.clauses if (one.meets(facts) if bound.is_own else one.protects(facts)))
    alternatives = tuple(clause.conditions for clause in matching)
    return Hidden(limit=bound.limit, alternatives=alternatives, conditions=bound.hidden)


def may_trigger(alternatives: Alternatives, known: Facts) -> bool:
    """Whether some alternative has no condition that is known to be false."""
    return any(all(known.get(one) is not False for one in alternative) for alternative in alternatives)
