"""Plans an operation before it runs, and refuses it whole where it may not run."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from graphql import get_operation_ast
from strawberry.extensions import SchemaExtension

from resolvers.errors import InputRefused
from resolvers.operation import Answer, Operation
from resolvers.planning import Planner
from resolvers.reading import Reader
from resolvers.roots import plan_root
from resolvers.selection import Selection, names_introspection


@dataclass(slots=True, kw_only=True)
class Context:
    """What one operation runs in: its reader, and its root fields by response key once they are planned."""

    reader: Reader
    operation_name: str | None = None
    answers: dict[str, Answer] = field(default_factory=dict)


class Admission(SchemaExtension):
    """Plans every root field first, so that a refusal comes before anything is read."""

    async def on_execute(self) -> AsyncIterator[None]:
        """Plan; raises a ReadRefused, which becomes the operation's only error."""
        running = self.execution_context
        document, context = running.graphql_document, running.context
        if document is not None:
            operation = get_operation_ast(document, context.operation_name)
            if operation is None:
                raise InputRefused("name one of the document's operations in operationName")
            schema = running.schema._schema  # noqa: SLF001 - strawberry offers no public way to its graphql-core schema
            selection = Selection.of(schema, document, operation, running.variables or {})
            if selection is not None:
                context.answers.update(_plan(selection, context.reader))
        yield


def _plan(selection: Selection, reader: Reader) -> dict[str, Answer]:
    planner = Planner(snapshot=reader.snapshot, viewer=reader.viewer, selection=selection)
    operation = Operation(planner=planner, reader=reader)
    roots = [selected for selected in selection.roots() if not names_introspection(selected)]
    answers = {selected.key: plan_root(operation, selected) for selected in roots}
    planner.require_purpose()
    reader.told.compared.update(planner.compared)
    return answers
