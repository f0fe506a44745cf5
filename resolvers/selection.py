"""What an operation selects; the one module that touches graphql-core's own collectors."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from graphql import (
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    get_named_type,
)
from graphql.execution.collect_fields import (
    FieldDetailsList,
    FragmentDetails,
    GroupedFieldSet,
    collect_fields,
    collect_subfields,
)
from graphql.execution.values import VariableValues, get_argument_values, get_variable_values
from graphql.language import DocumentNode, FieldNode, FragmentDefinitionNode, VariableNode

from resolvers.givens import Givens

TYPENAME = "__typename"


@dataclass(frozen=True, slots=True, kw_only=True)
class Selected:
    """One response key: the field behind it, its arguments, and the nodes that select below it."""

    key: str
    name: str
    arguments: Mapping[str, Any]
    definition: GraphQLField | None
    details: FieldDetailsList

    @property
    def type_name(self) -> str:
        """The name of the field's type without lists and non-nulls; empty for `__typename`."""
        return get_named_type(self.definition.type).name if self.definition is not None else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """An operation with its variables coerced; the values of texts are kept from it (`givens`)."""

    schema: GraphQLSchema
    operation: OperationDefinitionNode
    fragments: dict[str, FragmentDetails]
    variables: VariableValues
    givens: Givens
    _below: dict[tuple[int, str], tuple[FieldDetailsList, list[Selected]]] = field(default_factory=dict, compare=False)

    @classmethod
    def of(
        cls,
        schema: GraphQLSchema,
        document: DocumentNode,
        operation: OperationDefinitionNode,
        values: Mapping[str, Any],
    ) -> "Selection | None":
        """Coerce the variables, given under `$name`; None where they cannot be, which execution then reports."""
        variables = _coerced(schema, operation, values)
        if variables is None:
            return None
        fragments = {
            node.name.value: FragmentDetails(node)
            for node in document.definitions
            if isinstance(node, FragmentDefinitionNode)
        }
        givens = Givens(values, _inputs(operation))
        sealed = givens.seal(variables)
        return cls(schema=schema, operation=operation, fragments=fragments, variables=sealed, givens=givens)

    def anew(self, values: Mapping[str, Any]) -> "Selection":
        """Select the same with the values of one request, of which a plan for that alone may open any."""
        variables = _coerced(self.schema, self.operation, values)
        if variables is None:
            raise TypeError("what a plan was found for can be coerced")
        givens = Givens(values, _inputs(self.operation))
        return replace(self, variables=givens.seal(variables), givens=givens, _below={})

    def roots(self) -> list[Selected]:
        """Collect the root fields of the operation, in the order of the answer."""
        root = self.schema.get_root_type(self.operation.operation)
        if root is None:
            return []
        collected = collect_fields(self.schema, self.fragments, self.variables, root, self.operation)
        return self._selected(root, collected.grouped_field_set)

    @property
    def changes(self) -> bool:
        """Whether the operation is a mutation."""
        return self.operation.operation is OperationType.MUTATION

    @property
    def follows(self) -> bool:
        """Whether the operation is a subscription."""
        return self.operation.operation is OperationType.SUBSCRIPTION

    def below(self, selected: Selected, type_: GraphQLObjectType) -> list[Selected]:
        """Collect what is selected below a field whose value is of `type_`; kept, as every row asks the same."""
        details = selected.details
        found = self._below.get((id(details), type_.name))
        if found is None:
            collected = collect_subfields(self.schema, self.fragments, self.variables, self.operation, type_, details)
            below = self._selected(type_, collected.grouped_field_set)
            # with the details themselves, so that their identity is not given away again
            found = self._below[id(details), type_.name] = (details, below)
        return found[1]

    def below_object(self, selected: Selected) -> list[Selected]:
        """Collect what is selected below a field whose type is an object type."""
        return self.below(selected, self.object_type(selected.type_name))

    def object_type(self, name: str) -> GraphQLObjectType:
        """Look up an object type of the contract."""
        found = self.schema.type_map[name]
        if not isinstance(found, GraphQLObjectType):
            raise TypeError(f"{name} is not an object type")
        return found

    def _selected(self, type_: GraphQLObjectType, grouped: GroupedFieldSet) -> list[Selected]:
        return [self._field(type_, key, details) for key, details in grouped.items()]

    def _field(self, type_: GraphQLObjectType, key: str, details: FieldDetailsList) -> Selected:
        first = details[0]
        name = first.node.name.value
        definition = type_.fields.get(name)
        arguments = (
            get_argument_values(definition, first.node, self.variables, first.fragment_variable_values)
            if definition is not None
            else {}
        )
        return Selected(key=key, name=name, arguments=arguments, definition=definition, details=details)


def _inputs(operation: OperationDefinitionNode) -> frozenset[str]:
    """Name the variables that are the inputs of changes, as values are named."""
    if operation.operation is not OperationType.MUTATION:
        return frozenset()
    fields = (one for one in operation.selection_set.selections if isinstance(one, FieldNode))
    given = (argument.value for field in fields for argument in field.arguments or ())
    return frozenset(f"${value.name.value}" for value in given if isinstance(value, VariableNode))


def _coerced(
    schema: GraphQLSchema, operation: OperationDefinitionNode, values: Mapping[str, Any]
) -> VariableValues | None:
    inputs = {name[1:]: value for name, value in values.items() if name.startswith("$")}
    variables = get_variable_values(schema, operation.variable_definitions or (), inputs)
    return variables if isinstance(variables, VariableValues) else None


def names_introspection(selected: Selected) -> bool:
    """Whether a root field asks about the schema itself."""
    return selected.name.startswith("__") or selected.name == "_service"
