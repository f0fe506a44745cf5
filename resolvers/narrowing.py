"""Whether a list of people is asked for narrowly enough: nobody browses a borough."""

from graph.plan import AllOf, AnyOf, Behind, Comparison, Operator, Where
from resolvers.errors import FilterTooWide

_NARROW_PREFIX = 3
_WIDE_AT_MOST, _EXACT_AT_MOST = 3, 100
_WIDE, _EXACT = _EXACT_AT_MOST, _WIDE_AT_MOST
"""What a ward, a year or a beginning, and what any other value takes of the breadth that a filter may have."""
_NARROWING = frozenset(
    {"familyName", "dateOfBirth", "postcode", "ward", "phone", "email", "nhsNumber", "nationalInsuranceNumber"}
)


def require_narrow(where: Where | None) -> None:
    """Refuse a list of people that nothing narrows; raises FilterTooWide."""
    breadth = _breadth(where) if where is not None else None
    if breadth is None or breadth > _WIDE_AT_MOST * _EXACT_AT_MOST:
        fields = ", ".join(sorted(_NARROWING))
        raise FilterTooWide(
            f"the filter must narrow: compare one of {fields} by `eq`, `in` or three letters of `startsWith`, "
            f"and ask for {_WIDE_AT_MOST} wards, years of birth or beginnings at the most, or {_EXACT_AT_MOST} values"
        )


def _breadth(where: Where) -> int | None:
    """Add up the wards, years, beginnings and values that a filter asks for; None where it does not narrow at all."""
    if isinstance(where, AllOf):
        return min((found for part in where.parts if (found := _breadth(part)) is not None), default=None)
    if isinstance(where, AnyOf):
        breadths = [_breadth(part) for part in where.parts]
        known = [breadth for breadth in breadths if breadth is not None]
        return sum(known) if known and len(known) == len(breadths) else None
    return None if isinstance(where, Behind) else _breadth_of_comparison(where)


def _breadth_of_comparison(compare: Comparison) -> int | None:
    if compare.negated or compare.column not in _NARROWING:
        return None
    if compare.operator is Operator.STARTS_WITH:
        shortest = _NARROW_PREFIX + (compare.column == "dateOfBirth")
        return _WIDE if len(str(compare.value)) >= shortest else None
    each = _WIDE if compare.column == "ward" else _EXACT
    if compare.operator is Operator.ONE_OF and isinstance(compare.value, tuple):
        return each * len(set(compare.value))
    return each if compare.operator is Operator.EQUALS else None
