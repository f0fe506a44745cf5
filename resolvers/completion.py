"""Whether a tree is already what the library would complete it to, so that nothing is left for it to do."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from math import isfinite
from typing import Any

from graphql import (
    GRAPHQL_MAX_INT,
    GRAPHQL_MIN_INT,
    GraphQLEnumType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLScalarType,
    get_named_type,
    is_abstract_type,
)
from orjson import Fragment

from resolvers.branch import Branch
from resolvers.selection import Selected, Selection
from schema.scalars import unchanged

Values = Sequence[Any]
Check = Callable[[Values], bool]
Kinds = frozenset[type]
"""The exact Python types of values that are in JSON what they are in Python; a subclass does not count."""

_TEXT: Kinds = frozenset((str,))
_BUILT_IN: dict[str, Kinds] = {
    "String": _TEXT,
    "ID": _TEXT,
    "Boolean": frozenset((bool,)),
    "Int": frozenset((int,)),
    "Float": frozenset((float,)),
}
_ANYTHING: Kinds = frozenset((str, int, float, bool, dict, list))


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """Checks the trees of one operation, all values under one response key at once.

    What passes is to the byte what the library would make of it: no null where there must be none, no leaf that would
    be converted or refused. What does not pass is the library's to complete, or to word as an error.
    """

    selection: Selection
    _shapes: dict[tuple[int, str], "_Shape"] = field(default_factory=dict, compare=False)

    def is_complete(self, selected: Selected, tree: Any) -> bool:  # noqa: ANN401 - a tree
        """Whether the tree of a root field can leave as it is."""
        if selected.definition is None:
            return False
        return self._whole(selected.definition.type, selected)([tree])

    def _whole(self, type_: GraphQLOutputType, selected: Selected) -> Check:
        """Make the check of values of one type; nulls among them only where the type allows."""
        return partial(_fits, kinds=_kinds(type_), check=self._check(type_, selected))

    def _check(self, type_: GraphQLOutputType, selected: Selected) -> Check:
        """Make the check of values that are not null and of the right kinds."""
        if isinstance(type_, GraphQLNonNull):
            return self._check(type_.of_type, selected)
        if isinstance(type_, GraphQLList):
            whole = self._whole(type_.of_type, selected)
            return lambda values: whole([*chain.from_iterable(values)])
        if isinstance(type_, GraphQLObjectType):
            return self._shape(selected, type_).fits
        if is_abstract_type(type_):
            return partial(self._are_typed, selected)
        return _leaf_check(type_)

    def _are_typed(self, selected: Selected, branches: Values) -> bool:
        return all(
            self._shape(selected, self.selection.object_type(name)).fits(
                [branch for branch in branches if branch.typename == name]
            )
            for name in {branch.typename for branch in branches}
        )

    def check(self, fields: Sequence[Selected]) -> Check:
        """Make the check of objects in which these fields are selected."""
        return self._lay_out(fields).fits

    def _shape(self, selected: Selected, type_: GraphQLObjectType) -> "_Shape":
        key = (id(selected.details), type_.name)  # the selection keeps the details, and so their identity
        shape = self._shapes.get(key)
        if shape is None:
            shape = self._shapes[key] = self._lay_out(self.selection.below(selected, type_))
        return shape

    def _lay_out(self, fields: Sequence[Selected]) -> "_Shape":
        return _Shape(columns=tuple(self._column(selected) for selected in fields))

    def _column(self, selected: Selected) -> tuple[Kinds, Check | None]:
        if selected.definition is None:
            return _TEXT, None
        type_ = selected.definition.type
        return _kinds(type_), self._check(type_, selected) if _has_more(type_) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shape:
    """The objects of one selection: by position the kinds of their values, and the check where there is more to it."""

    columns: tuple[tuple[Kinds, Check | None], ...]

    def fits(self, objects: Values) -> bool:
        if Fragment in map(type, objects):
            objects = [one for one in objects if type(one) is not Fragment]
        width = len(self.columns)
        if not {width}.issuperset(map(len, objects)):
            return False
        values = [*chain.from_iterable(map(dict.values, objects))]
        return all(_fits(values[at::width], kinds, check) for at, (kinds, check) in enumerate(self.columns))


def _fits(values: Values, kinds: Kinds, check: Check | None) -> bool:
    """Whether all values under one key are of the right kinds, and those that are not null pass the check."""
    if not kinds.issuperset(map(type, values)):
        return False
    return check is None or check([value for value in values if value is not None])


def _kinds(type_: GraphQLOutputType) -> Kinds:
    """The kinds that a type leaves as they are; none at all for a scalar that converts."""
    if isinstance(type_, GraphQLNonNull):
        return _kinds(type_.of_type) - {type(None)}
    return _named_kinds(type_) | {type(None)}


def _named_kinds(type_: GraphQLOutputType) -> Kinds:
    if isinstance(type_, GraphQLList):
        return frozenset((list,))
    if isinstance(type_, GraphQLObjectType):
        return frozenset((dict, Branch, Fragment))
    if isinstance(type_, GraphQLEnumType):
        return _TEXT
    if isinstance(type_, GraphQLScalarType):
        return _ANYTHING if type_.coerce_output_value is unchanged else _BUILT_IN.get(type_.name, frozenset())
    return frozenset((Branch,))


def _has_more(type_: GraphQLOutputType) -> bool:
    """Whether values must be looked into, beyond their kinds."""
    if isinstance(type_, GraphQLNonNull):
        return _has_more(type_.of_type)
    return not isinstance(type_, GraphQLScalarType) or type_.name in _WITHIN


def _leaf_check(type_: GraphQLOutputType) -> Check:
    if isinstance(type_, GraphQLEnumType):
        return frozenset(name for name, value in type_.values.items() if value.value == name).issuperset
    return _WITHIN.get(get_named_type(type_).name, _anything)


def _anything(_values: Values) -> bool:
    return True


def _are_short(values: Values) -> bool:
    return not values or (min(values) >= GRAPHQL_MIN_INT and max(values) <= GRAPHQL_MAX_INT)


def _are_finite(values: Values) -> bool:
    return all(map(isfinite, values))


_WITHIN: dict[str, Check] = {"Int": _are_short, "Float": _are_finite}
"""The scalars that hold only some values of their kind."""
