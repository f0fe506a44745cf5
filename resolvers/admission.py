"""Plans an operation before it runs, reads it, and hands the answer over where nothing is left to do."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import DocumentNode, get_operation_ast
from strawberry.extensions import SchemaExtension
from strawberry.types.execution import ExecutionResult

from resolvers.completion import Completion
from resolvers.documents import Documents
from resolvers.errors import InputRefused
from resolvers.operation import Answer, Operation
from resolvers.planning import Planner
from resolvers.reading import Reader
from resolvers.roots import plan_root
from resolvers.selection import Selected, Selection, names_introspection


@dataclass(slots=True, kw_only=True)
class Context:
    """What one operation runs in; `trees` are the root fields' by response key, once they are read.

    Where `fast_way` is off, the library walks every tree; where it is on, those that are not complete. `is_walked`
    says afterwards whether it did.
    """

    reader: Reader
    documents: Documents
    operation_name: str | None = None
    fast_way: bool = True
    trees: dict[str, Any] = field(default_factory=dict)
    is_walked: bool = True


class Admission(SchemaExtension):
    """Plans every root field first, so that a refusal comes before anything is read; then reads them all."""

    _known: DocumentNode | None = None

    def on_parse(self) -> Iterator[None]:
        """Take a known document instead of parsing the text."""
        running = self.execution_context
        self._known = running.context.documents.find(running.query)
        if self._known is not None:
            running.graphql_document = self._known
        yield

    def on_validate(self) -> Iterator[None]:
        """Pass over the validation of a known document; get to know one that was found valid."""
        running = self.execution_context
        if self._known is not None:
            running.pre_execution_errors = []
        yield
        if self._known is None and not running.pre_execution_errors:
            running.context.documents.keep(running.query, running.graphql_document)

    async def on_execute(self) -> AsyncIterator[None]:
        """Plan and read; raises a ReadRefused or what went wrong, which becomes the operation's only error."""
        running = self.execution_context
        document, context = running.graphql_document, running.context
        if document is not None:
            operation = get_operation_ast(document, context.operation_name)
            if operation is None:
                raise InputRefused("name one of the document's operations in operationName")
            schema = running.schema._schema  # noqa: SLF001 - strawberry offers no public way to its graphql-core schema
            selection = Selection.of(schema, document, operation, running.variables or {})
            if selection is not None:
                roots = selection.roots()
                context.trees.update(await _read(_plan(selection, roots, context.reader)))
                if context.fast_way and await _is_answer(selection, roots, context):
                    running.result = ExecutionResult(data=context.trees, errors=None)
                    context.is_walked = False
        yield


def _plan(selection: Selection, roots: list[Selected], reader: Reader) -> dict[str, Answer]:
    planner = Planner(
        snapshot=reader.snapshot, viewer=reader.viewer, selection=selection, cursor_secret=reader.cursor_secret
    )
    operation = Operation(planner=planner, reader=reader, is_of_one=len(roots) == 1)
    answers = {selected.key: plan_root(operation, selected) for selected in roots if not names_introspection(selected)}
    planner.require_purpose()
    reader.told.compared.update(planner.compared)
    return answers


async def _read(answers: Mapping[str, Answer]) -> dict[str, Any]:
    """Read all root fields at the same time; raises what went wrong first."""
    if len(answers) == 1:
        return {key: await answer() for key, answer in answers.items()}
    try:
        async with asyncio.TaskGroup() as group:
            reads = {key: group.create_task(_result(answer)) for key, answer in answers.items()}
    except ExceptionGroup as failed:
        raise failed.exceptions[0] from None
    return {key: read.result() for key, read in reads.items()}


async def _result(answer: Answer) -> Any:  # noqa: ANN401 - a tree
    return await answer()


async def _is_answer(selection: Selection, roots: list[Selected], context: Context) -> bool:
    """Look at the trees, in a thread where much was read, so that others go on."""
    if context.reader.is_large:
        return await asyncio.to_thread(_are_complete, selection, roots, context.trees)
    return _are_complete(selection, roots, context.trees)


def _are_complete(selection: Selection, roots: list[Selected], trees: Mapping[str, Any]) -> bool:
    """Whether the trees are the whole answer as they stand; what asks about the schema is not among them."""
    completion = Completion(selection=selection)
    return all(selected.key in trees and completion.is_complete(selected, trees[selected.key]) for selected in roots)
