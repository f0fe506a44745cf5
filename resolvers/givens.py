"""What one request brings that its plan need not know: the values of its variables, who asks, and where."""

from collections.abc import Callable, Container, Mapping
from typing import Any, cast

from graphql import (
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLScalarType,
    get_named_type,
    get_nullable_type,
    is_leaf_type,
)
from graphql.execution.values import VariableValues, VariableValueSource

from graph.plan import Given
from policies.viewer import Viewer
from resolvers.errors import InputRefused

SUBJECT, WARDS, WANTED = "subject", "wards", "wanted"
"""Who asks, in which wards, and the ids or codes that a look-up is for."""
_TEXTS = frozenset({"String", "ID"})
_INT = range(-(2**31), 2**31)
"""The numbers that an `Int` holds."""
DEEPEST = 200
"""Lists and objects within one another in what a request brings; of deeper ones no key of a plan can be written."""

Path = tuple[str | int, ...]
"""Where a value stands in what a request brings."""


def values_of(viewer: Viewer, variables: Mapping[str, Any]) -> dict[str, Any]:
    """All that a request brings: variables as `$name`, wards as the only tuple; raises InputRefused for deep ones."""
    if _is_deep(variables):
        raise InputRefused(f"variables are nested {DEEPEST} deep at the most")
    who = viewer.principal
    named = {f"${name}": value for name, value in variables.items()}
    return {SUBJECT: who.subject, WARDS: tuple(sorted(who.wards)), **named}


def _is_deep(values: Mapping[str, Any]) -> bool:
    level: list[Any] = [values]
    for _ in range(DEEPEST):
        inside = (one.values() if isinstance(one, Mapping) else one for one in level)
        level = [part for parts in inside for part in parts if isinstance(part, Mapping | list)]
        if not level:
            return False
    return True


def written(values: Any, opened: Container[Path], path: Path = ()) -> Any:  # noqa: ANN401 - what a request brings
    """Write down what was opened, of texts and whole numbers besides only that they are there, and all else.

    No two are written alike that a plan tells apart.
    """
    if path in opened:
        return [1, values]
    if isinstance(values, dict):
        return {name: written(value, opened, (*path, name)) for name, value in values.items()}
    if isinstance(values, list):
        return [0, *(written(value, opened, (*path, at)) for at, value in enumerate(values))]
    if type(values) is int and values in _INT:
        return 2
    return 0 if isinstance(values, str | tuple) else [1, values]


def filled(value: Any, look: Callable[[Given], Any]) -> Any:  # noqa: ANN401 - an argument
    """Put what is given in the place of names, as deep as they stand."""
    if isinstance(value, Given):
        return look(value)
    if isinstance(value, Mapping):
        return {name: filled(part, look) for name, part in value.items()}
    return [filled(part, look) for part in value] if isinstance(value, list) else value


class Givens:
    """Keeps values from planning, until it opens one: then the plan depends on it, and serves no other value.

    Texts are kept from it, and whole numbers inside the `inputs` of changes, which are not planned by.
    """

    def __init__(self, values: Mapping[str, Any], inputs: Container[str] = ()) -> None:
        self._values = values
        self._inputs = inputs
        self._opened: set[Path] = set()

    def seal(self, variables: VariableValues) -> VariableValues:
        """Put names in the place of texts; whatever else was written counts as opened."""
        sources, coerced = dict(variables.sources), dict(variables.coerced)
        for name, source in variables.sources.items():
            given = Given(f"${name}")
            if given.path[0] in self._values:
                coerced[name] = self._seal(source.signature.type, source.value, coerced[name], given)
                sources[name] = cast("VariableValueSource", _Sealed(self, given, source))
        return VariableValues(sources, coerced)

    def _seal(self, type_: GraphQLInputType, value: Any, coerced: Any, given: Given) -> Any:  # noqa: ANN401 - what the client wrote
        type_ = cast("GraphQLInputType", get_nullable_type(type_))
        if isinstance(type_, GraphQLInputObjectType) and isinstance(value, dict):
            parts = {name: (type_.fields[name].type, part) for name, part in value.items()}
            return coerced | {
                name: self._seal(below, part, coerced[name], Given(*given.path, name))
                for name, (below, part) in parts.items()
            }
        if isinstance(type_, GraphQLList) and isinstance(value, list) and not is_leaf_type(get_named_type(type_)):
            return [
                self._seal(type_.of_type, part, whole, Given(*given.path, at))
                for at, (part, whole) in enumerate(zip(value, coerced, strict=True))
            ]
        if isinstance(type_, GraphQLScalarType) and self._is_kept(type_.name, value, given) and coerced == value:
            return given
        self._opened.add(given.path)
        return coerced

    def _is_kept(self, type_name: str, value: Any, given: Given) -> bool:  # noqa: ANN401 - what the client wrote
        if type_name == "Int" and given.path[0] in self._inputs:
            return type(value) is int
        return type_name in _TEXTS and type(value) is str

    def open(self, value: Any) -> Any:  # noqa: ANN401 - an argument
        """Look at an argument, and at all that stands in it."""
        return filled(value, self._open)

    def _open(self, given: Given) -> Any:  # noqa: ANN401 - what the request brings
        self._opened.add(given.path)
        return given.of(self._values)

    def close(self) -> frozenset[Path]:
        """Forget the values, and say which were opened; raises KeyError for whoever opens one later."""
        self._values = {}
        return frozenset(self._opened)


class _Sealed:
    """Stands where graphql-core looks up what was written for a variable, which it does inside free-form values."""

    def __init__(self, givens: Givens, given: Given, source: VariableValueSource) -> None:
        self._givens, self._given = givens, given
        self.signature = source.signature

    @property
    def value(self) -> Any:  # noqa: ANN401 - what the client wrote
        return self._givens.open(self._given)
