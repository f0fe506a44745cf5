"""The contract as text, in one order, so that a change shows as a change."""

from graphql import DefinitionNode, DocumentNode, parse, print_ast
from strawberry.federation import Schema


def sdl(schema: Schema) -> str:
    """Print the schema with its directives, definitions sorted by kind and name."""
    document = parse(schema.as_str(), no_location=True)
    ordered = sorted(document.definitions, key=_place)
    return print_ast(DocumentNode(definitions=tuple(ordered))) + "\n"


def _place(definition: DefinitionNode) -> tuple[str, str]:
    name = getattr(definition, "name", None)
    return (definition.kind, name.value if name is not None else "")
