"""What one request brings that its plan need not know: the values of its variables, who asks, and where."""

from collections.abc import Callable, Mapping
from typing import Any, cast

from graphql import GraphQLInputType, get_named_type, get_nullable_type, is_list_type
from graphql.execution.values import VariableValues, VariableValueSource

from graph.plan import Given
from policies.viewer import Viewer

SUBJECT, WARDS, WANTED = Given("subject"), Given("wards"), Given("wanted")
"""Who asks, in which wards, and the ids or codes that a look-up is for."""
_TEXTS = frozenset({"String", "ID"})


def values_of(viewer: Viewer, variables: Mapping[str, Any]) -> dict[str, Any]:
    """All that a request brings, by name."""
    who = viewer.principal
    brought = {SUBJECT.name: who.subject, WARDS.name: sorted(who.wards)}
    return {**brought, **{f"${name}": value for name, value in variables.items()}}


def filled(value: Any, look: Callable[[Given], Any]) -> Any:  # noqa: ANN401 - an argument
    """Put what is given in the place of names, as deep as they stand."""
    if isinstance(value, Given):
        return look(value)
    if isinstance(value, Mapping):
        return {name: filled(part, look) for name, part in value.items()}
    return [filled(part, look) for part in value] if isinstance(value, list) else value


class Givens:
    """Keeps values from planning, until it opens one: then the plan depends on it, and serves no other value."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values
        self._opened: set[str] = set()

    def seal(self, variables: VariableValues) -> VariableValues:
        """Put names in the place of the values of texts; whatever else was written counts as opened."""
        sources, coerced = dict(variables.sources), dict(variables.coerced)
        for name, source in variables.sources.items():
            given = Given(f"${name}")
            if given.name not in self._values:
                continue
            if _is_text(source.signature.type) and type(source.value) is str and coerced[name] == source.value:
                coerced[name] = given
                sources[name] = cast("VariableValueSource", _Sealed(self, given, source))
            else:
                self._opened.add(given.name)
        return VariableValues(sources, coerced)

    def open(self, value: Any) -> Any:  # noqa: ANN401 - an argument
        """Look at an argument, and at all that stands in it."""
        return filled(value, self._open)

    def _open(self, given: Given) -> Any:  # noqa: ANN401 - what the request brings
        self._opened.add(given.name)
        return self._values[given.name]

    def close(self) -> frozenset[str]:
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


def _is_text(type_: GraphQLInputType) -> bool:
    return not is_list_type(get_nullable_type(type_)) and get_named_type(type_).name in _TEXTS
