"""Binds the contract to the read path: roots are the trees that were read, and all below is what stands in them."""

from typing import Any

from graphql import (
    GraphQLError,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
    GraphQLUnionType,
)
from strawberry.federation import Schema
from strawberry.types import ExecutionContext

from resolvers.admission import Admission, Context
from resolvers.branch import Branch
from schema.contract import contract

_OF_THE_SCHEMA = ("__", "_Service")


class Contract(Schema):
    """The contract as it is served: what goes wrong is worded by the hub, and logged without the words of a client."""

    def process_errors(self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None) -> None:
        """Leave logging to the hub."""


def bound_contract() -> Schema:
    """Build the contract with every field answered by the read path."""
    schema = contract(Contract, (Admission,))
    bind(schema._schema)  # noqa: SLF001 - strawberry offers no public way to its graphql-core schema
    return schema


def bind(schema: GraphQLSchema) -> None:
    """Replace how each field is resolved: a root to the tree that was read for it, the others to keys of it."""
    roots = (schema.query_type, schema.mutation_type, schema.subscription_type)
    for type_ in schema.type_map.values():
        if isinstance(type_, GraphQLObjectType) and not type_.name.startswith(_OF_THE_SCHEMA):
            type_.is_type_of = None
            for name, field in type_.fields.items():
                if type_ not in roots:
                    field.resolve = _at_response_key
                elif name != "_service":
                    field.resolve = _read
        elif isinstance(type_, GraphQLInterfaceType | GraphQLUnionType):
            type_.resolve_type = _typename


def _at_response_key(source: Branch, info: GraphQLResolveInfo[Context], **_arguments: object) -> Any:  # noqa: ANN401 - a value of the tree
    return source[str(info.path.key)]


def _read(_source: object, info: GraphQLResolveInfo[Context], **_arguments: object) -> Any:  # noqa: ANN401 - the tree
    return info.context.trees[str(info.path.key)]


def _typename(source: Branch, _info: GraphQLResolveInfo[Context], _type: object) -> str:
    return source.typename
