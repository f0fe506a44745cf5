"""Filters of the contract as guarded comparisons: what is withheld behaves as what is absent."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from graph.plan import AllOf, AnyOf, Comparison, Guard, Operator, Where
from policies.view import View
from resolvers.errors import FilterTooWide, InputRefused

IN_AT_MOST = 1_000
_NARROW_PREFIX = 3
_WIDE_AT_MOST = 3
_DECADE = re.compile(r"\d{3}X")
_YEAR = re.compile(r"\d{4}")
_MONTH = re.compile(r"\d{4}-\d{2}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_OPERATORS = {
    "eq": Operator.EQUALS,
    "in": Operator.ONE_OF,
    "startsWith": Operator.STARTS_WITH,
    "gte": Operator.AT_LEAST,
    "lte": Operator.AT_MOST,
}
_DAY_OPERATORS = {"gte": Operator.FROM_DAY, "lte": Operator.UNTIL_DAY}
_DATES = frozenset({"dateOfBirth", "openedOn"})
_NARROWING = frozenset(
    {"familyName", "dateOfBirth", "postcode", "ward", "phone", "email", "nhsNumber", "nationalInsuranceNumber"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Builds the filter of one list; `compare` is told of every field that is compared."""

    view: View
    compare: Callable[[str, str], None]

    def build(self, argument: Mapping[str, Any]) -> Where:
        """Turn a filter argument into comparisons, each behind the guard of the rung that its operand tells."""
        return self._all(argument, negated=False)

    def _all(self, argument: Mapping[str, Any], *, negated: bool) -> Where:
        parts = [self._part(name, value, negated=negated) for name, value in argument.items() if value is not None]
        return AnyOf(parts=tuple(parts)) if negated else AllOf(parts=tuple(parts))

    def _part(self, name: str, value: Any, *, negated: bool) -> Where:  # noqa: ANN401 - what the client wrote
        if name == "not":
            return self._all(value, negated=not negated)
        if name in {"and", "or"}:
            parts = tuple(self._all(part, negated=negated) for part in value)
            return AllOf(parts=parts) if (name == "and") is not negated else AnyOf(parts=parts)
        parts = tuple(
            self._compare(name, operator, operand, negated=negated)
            for operator, operand in value.items()
            if operand is not None
        )
        return AnyOf(parts=parts) if negated else AllOf(parts=parts)

    def _compare(self, name: str, operator: str, operand: Any, *, negated: bool) -> Comparison:  # noqa: ANN401 - as above
        self.compare(self.view.entry.name, name)
        kind, value = _OPERATORS[operator], _plain(operand)
        ladder = self.view.entry.by_name[name].ladder
        rung = len(ladder)
        if name in _DATES:
            kind, value, told = _date(operator, str(value))
            rung = ladder.index(told) + 1 if told in ladder else rung
        if isinstance(value, tuple) and len(value) > IN_AT_MOST:
            raise InputRefused(f"`in` takes {IN_AT_MOST:,} values at the most")
        return Comparison(column=name, operator=kind, value=value, guard=self._guard(name, rung), negated=negated)

    def _guard(self, name: str, rung: int) -> Guard:
        return Guard(terms=self.view.terms, sets=self.view.sets(self.view.entry.bit(name, rung)))


def require_narrow(where: Where | None) -> None:
    """Refuse a list of people that nothing narrows; raises FilterTooWide."""
    breadth = _breadth(where) if where is not None else None
    if breadth is None or breadth > _WIDE_AT_MOST:
        fields = ", ".join(sorted(_NARROWING))
        raise FilterTooWide(
            f"the filter must narrow: compare one of {fields} by `eq`, `in` or three letters of `startsWith`, "
            f"and ask for {_WIDE_AT_MOST} wards, years of birth or beginnings at the most"
        )


def _breadth(where: Where) -> int | None:
    """Count the wards, years and beginnings that a filter asks for; None where it does not narrow at all."""
    if isinstance(where, AllOf):
        return min((found for part in where.parts if (found := _breadth(part)) is not None), default=None)
    if isinstance(where, AnyOf):
        breadths = [_breadth(part) for part in where.parts]
        known = [breadth for breadth in breadths if breadth is not None]
        return sum(known) if known and len(known) == len(breadths) else None
    return _breadth_of_comparison(where)


def _breadth_of_comparison(compare: Comparison) -> int | None:
    if compare.negated or compare.column not in _NARROWING:
        return None
    if compare.operator is Operator.STARTS_WITH:
        shortest = _NARROW_PREFIX + (compare.column == "dateOfBirth")
        return 1 if len(str(compare.value)) >= shortest else None
    if compare.operator not in {Operator.EQUALS, Operator.ONE_OF}:
        return None
    values = compare.value if isinstance(compare.value, tuple) else (compare.value,)
    return len(set(values)) if compare.column == "ward" else 0


def _date(operator: str, text: str) -> tuple[Operator, str, str]:
    """Say how to compare a date, with what, and which rung the operand tells."""
    if _DAY.fullmatch(text):
        return _DAY_OPERATORS.get(operator, Operator.EQUALS), text, "full"
    if operator != "eq":
        raise InputRefused("`gte` and `lte` compare full dates, `2026-11-24`")
    if _MONTH.fullmatch(text):
        return Operator.STARTS_WITH, text, "full"
    if _YEAR.fullmatch(text):
        return Operator.STARTS_WITH, text, "year"
    if _DECADE.fullmatch(text):
        return Operator.STARTS_WITH, text[:3], "decade"
    raise InputRefused("a date is written `198X`, `1987`, `1987-03` or `1987-03-12`")


def _plain(operand: Any) -> Any:  # noqa: ANN401 - what the client wrote
    if isinstance(operand, Enum):
        return operand.value
    return tuple(map(_plain, operand)) if isinstance(operand, list) else operand
