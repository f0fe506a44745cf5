"""Filters on what is not in the graph, decided as the graph would decide them."""

from collections.abc import Callable, Mapping
from typing import Any

from graph.plan import AllOf, AnyOf, Comparison, Guard, Operator, Where

Value = Callable[[str], Any]
"""Looks a column up."""


def matches(where: Where, facts: str, value: Value) -> bool:
    """Whether something of a class matches; nothing is known of it on which a condition could hang."""
    if isinstance(where, AllOf):
        return all(matches(part, facts, value) for part in where.parts)
    if isinstance(where, AnyOf):
        return any(matches(part, facts, value) for part in where.parts)
    if not isinstance(where, Comparison):
        raise TypeError("what is not in the graph has no links")
    known = value(where.column)
    if known is None or not passes(where.guard, facts):
        return False
    return _COMPARED[where.operator](known, where.value) is not where.negated


def passes(guard: Guard, facts: str) -> bool:
    """Whether a class passes whatever the conditions are."""
    return any(not term and facts in classes for term, classes in zip(guard.terms, guard.sets, strict=True))


_COMPARED: Mapping[Operator, Callable[[Any, Any], bool]] = {
    Operator.EQUALS: lambda known, wanted: known == wanted,
    Operator.ONE_OF: lambda known, wanted: known in wanted,
    Operator.STARTS_WITH: lambda known, wanted: known.startswith(wanted),
    Operator.AT_LEAST: lambda known, wanted: known >= wanted,
    Operator.AT_MOST: lambda known, wanted: known <= wanted,
    Operator.FROM_DAY: lambda known, wanted: known >= wanted,
    Operator.UNTIL_DAY: lambda known, wanted: known <= wanted,
    Operator.HOLDS: lambda known, wanted: wanted in known,
}
