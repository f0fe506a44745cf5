"""Filters of the contract as guarded comparisons: what is withheld behaves as what is absent."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from graphql import GraphQLInputObjectType, get_named_type

from graph.plan import AllOf, AnyOf, Behind, Comparison, Given, Operator, Where
from resolvers.dates import compared_date, compared_moment, require_months
from resolvers.errors import InputRefused
from resolvers.planning import Planner, row_guard, rung_guard
from resolvers.selection import Selected
from resolvers.shapes import WAYS

IN_AT_MOST = 1_000
_OPERATORS = {
    "eq": Operator.EQUALS,
    "in": Operator.ONE_OF,
    "startsWith": Operator.STARTS_WITH,
    "gte": Operator.AT_LEAST,
    "lte": Operator.AT_MOST,
    "has": Operator.HOLDS,
}
_UNSEEN = frozenset({Operator.EQUALS, Operator.HOLDS})
"""What is compared with whatever it is given,"""
_SEEN = frozenset({"DateFilter", "MomentFilter", "MonthFilter"})
"""but for what is written in a way of its own."""
_HOLDER = "knownTo"
_LASTS = "current"


def filter_of(planner: Planner, selected: Selected, type_name: str, argument: str = "filter") -> Where | None:
    """Build the filter that a field is given for a type of node or link; None where it is given none."""
    given = selected.arguments.get(argument)
    if not given or selected.definition is None:
        return None
    return Filters(planner=planner, type_name=type_name).build(given, _input(selected.definition.args[argument].type))


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Builds the filter of one type; the planner is told of every field that is compared."""

    planner: Planner
    type_name: str

    def build(self, given: Mapping[str, Any], input_: GraphQLInputObjectType, *, negated: bool = False) -> Where:
        """Turn what is given into comparisons, each behind the guard of the rung that its operand tells.

        `input_` says how each field is compared.
        """
        parts = tuple(
            self._part(name, value, input_, negated=negated) for name, value in given.items() if value is not None
        )
        return AnyOf(parts=parts) if negated else AllOf(parts=parts)

    def _part(self, name: str, value: Any, input_: GraphQLInputObjectType, *, negated: bool) -> Where:  # noqa: ANN401 - what the client wrote
        if name == "not":
            return self.build(value, input_, negated=not negated)
        if name in {"and", "or"}:
            parts = tuple(self.build(part, input_, negated=negated) for part in value)
            return AllOf(parts=parts) if (name == "and") is not negated else AnyOf(parts=parts)
        if (self.type_name, name) in WAYS:
            return self._behind(name, value, _input(input_.fields[name].type), negated=negated)
        if name == _LASTS:
            return self._lasting(negated=bool(value) is negated)
        kind = get_named_type(input_.fields[name].type).name
        compared = [self._compare(name, kind, one, operand) for one, operand in value.items() if operand is not None]
        parts = tuple(replace(one, negated=negated) for one in compared)
        return AnyOf(parts=parts) if negated else AllOf(parts=parts)

    def _behind(self, name: str, value: Mapping[str, Any], input_: GraphQLInputObjectType, *, negated: bool) -> Behind:
        way, planner = WAYS[self.type_name, name], self.planner
        planner.touch(way.link.value, "id")
        below = Filters(planner=planner, type_name=way.target.value)
        return Behind(
            link=way.link,
            direction=way.direction,
            edge=row_guard(planner.view(way.link.value)),
            target=way.target,
            row=row_guard(planner.view(way.target.value)),
            where=below.build(value, input_),
            unlike=below.build(value, input_, negated=True) if negated else None,
        )

    def _lasting(self, *, negated: bool) -> Comparison:
        """Match what has no end that is past."""
        day = self.planner.day
        return replace(self._guarded("until", Operator.LASTS, day), negated=negated)

    def _compare(self, name: str, kind: str, operator: str, operand: Any) -> Comparison:  # noqa: ANN401 - what the client wrote
        compared = _OPERATORS[operator]
        if isinstance(operand, Given) and compared in _UNSEEN and kind not in _SEEN:
            return self._guarded(name, compared, operand)
        value = _plain(self.planner.opened(operand))
        if isinstance(value, tuple) and len(value) > IN_AT_MOST:
            raise InputRefused(f"`in` takes {IN_AT_MOST:,} values at the most")
        if kind == "DateFilter":
            compared, value, told = compared_date(operator, str(value))
            return self._guarded(name, compared, value, told)
        if kind == "MomentFilter":
            value = compared_moment(operator, str(value))
        elif kind == "MonthFilter":
            require_months(*value) if isinstance(value, tuple) else require_months(value)
        return self._guarded(name, compared, value)

    def _guarded(self, name: str, operator: Operator, value: Any, told: str = "full") -> Comparison:  # noqa: ANN401 - as above
        """Compare behind the guard of the rung that the operand tells; who holds a record is told with it."""
        self.planner.compare(self.type_name, name)
        view = self.planner.view(self.type_name)
        if name == _HOLDER:
            return Comparison(column="owner", operator=operator, value=value, guard=row_guard(view))
        ladder = view.entry.by_name[name].ladder
        rung = ladder.index(told) + 1 if told in ladder else len(ladder)
        return Comparison(column=name, operator=operator, value=value, guard=rung_guard(view, name, rung))


def _input(type_: Any) -> GraphQLInputObjectType:  # noqa: ANN401 - graphql-core's own type of types
    named = get_named_type(type_)
    if not isinstance(named, GraphQLInputObjectType):
        raise TypeError(f"{named} is not an input")
    return named


def _plain(operand: Any) -> Any:  # noqa: ANN401 - what the client wrote
    if isinstance(operand, Enum):
        return operand.value
    return tuple(map(_plain, operand)) if isinstance(operand, list) else operand
