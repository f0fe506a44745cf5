"""The tree that is the answer: JSON-ready values under their response keys."""

from collections.abc import Mapping, Sequence
from typing import Any

from graphql import GraphQLObjectType, get_named_type

from resolvers.selection import TYPENAME, Selected, Selection

Tree = dict[str, Any]
"""An object of the answer."""


class Branch(dict[str, Any]):
    """An object where the contract names an interface or a union: it knows its type."""

    __slots__ = ("typename",)

    def __init__(self, typename: str, values: Mapping[str, Any] | None = None) -> None:
        super().__init__(values or {})
        self.typename = typename


def project(selection: Selection, selected: Selected, value: Any) -> Any:  # noqa: ANN401 - a tree of plain values
    """Bring plain values, keyed by field names, under the response keys of a selection."""
    if value is None or selected.definition is None:
        return value
    type_ = get_named_type(selected.definition.type)
    if not isinstance(type_, GraphQLObjectType):
        return value
    return _project(selection, selection.below(selected, type_), type_.name, value)


def projected(selection: Selection, selected: Selected, type_: GraphQLObjectType, values: Mapping[str, Any]) -> Branch:
    """Bring plain values of one of the types that a field may have under the response keys of a selection."""
    return Branch(type_.name, _project(selection, selection.below(selected, type_), type_.name, values))


def _project(selection: Selection, fields: Sequence[Selected], typename: str, value: Any) -> Any:  # noqa: ANN401 - as above
    if isinstance(value, list | tuple):
        return [_project(selection, fields, typename, item) for item in value]
    if not isinstance(value, Mapping):
        raise TypeError(f"{typename} is projected from a mapping")
    return {
        field.key: typename if field.name == TYPENAME else project(selection, field, value[field.name])
        for field in fields
    }
