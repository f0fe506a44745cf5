"""Terms: the combinations of condition literals that loaded policies can make a difference by."""

from collections.abc import Iterable, Iterator
from itertools import combinations

from policies.catalogue import TypeEntry
from policies.conditions import is_defined, ordered
from policies.rules import GrantRule, LimitRule, Rule

Term = tuple[tuple[str, bool], ...]
"""Literals that must all hold, in the fixed order of conditions; the empty term always holds."""


def terms(entry: TypeEntry, rules: Iterable[Rule], limits: Iterable[LimitRule]) -> tuple[Term, ...]:
    """The terms of an entry: the empty one, and all that some grant and some limits can need, the most general first.

    A bit needs the conditions of one clause that grants it to be true and, for every limit that would take it away
    from somebody who is told, a condition of the limit to be false; so does every condition that a limit would hide.
    """
    found: set[Term] = {()}
    all_limits = tuple(limits)
    for rule in rules:
        binding = tuple(limit for limit in all_limits if rule.binds(limit))
        for grant in rule.grants:
            if grant.entry is entry:
                found.update(_terms(entry, grant, binding))
    return tuple(sorted(found, key=lambda term: (len(term), term)))


def conditions(found: Iterable[Term]) -> tuple[str, ...]:
    """Those in any term, in the fixed order."""
    return ordered(condition for term in found for condition, _ in term)


def _terms(entry: TypeEntry, grant: GrantRule, limits: tuple[LimitRule, ...]) -> Iterator[Term]:
    for clause in grant.clauses:
        for bit in _bits(grant.bits):
            for avoided in _avoidances(entry, bit, clause.conditions, limits):
                yield _term(clause.conditions, avoided)


def _bits(mask: int) -> Iterator[int]:
    while mask:
        yield mask & -mask
        mask &= mask - 1


def _avoidances(
    entry: TypeEntry, bit: int, asked: frozenset[str], limits: tuple[LimitRule, ...]
) -> Iterator[frozenset[str]]:
    """The smallest sets of conditions whose falsehood keeps some of the limits from taking the bit away."""
    relevant = _relevant(entry, bit, asked, limits)
    alternatives = {clause.conditions for limit in relevant for clause in limit.clauses if clause.conditions}
    named = frozenset[str]().union(*alternatives)
    usable = sorted(one for one in named - asked if is_defined(entry.name, one))
    for size in range(len(usable) + 1):
        for chosen in map(frozenset, combinations(usable, size)):
            if all(any(alternative & chosen == {one} for alternative in alternatives) for one in chosen):
                yield chosen


def _relevant(entry: TypeEntry, bit: int, asked: frozenset[str], limits: tuple[LimitRule, ...]) -> frozenset[LimitRule]:
    """Limits that take the bit away, or that hide a condition that it then depends on."""
    found = {limit for limit in limits if _takes(limit, entry, bit)}
    while True:
        needed = asked.union(*(clause.conditions for limit in found for clause in limit.clauses))
        more = {limit for limit in limits if any(limit.hides(entry.name, condition) for condition in needed)}
        if more <= found:
            return frozenset(found)
        found |= more


def _takes(limit: LimitRule, entry: TypeEntry, bit: int) -> bool:
    if limit.protective and limit.named:
        return True
    return not limit.left.get(entry, entry.full) & bit


def _term(wanted: frozenset[str], unwanted: frozenset[str]) -> Term:
    return tuple((condition, condition in wanted) for condition in ordered(wanted | unwanted))
