"""Plans an operation before it runs, reads it, and hands the answer over where nothing is left to do."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from typing import Any

from graphql import DocumentNode, get_operation_ast
from strawberry.extensions import SchemaExtension
from strawberry.types.execution import ExecutionResult

from resolvers.copies import opened
from resolvers.documents import Documents
from resolvers.errors import InputRefused
from resolvers.occasions import Watch
from resolvers.prepared import Prepared
from resolvers.reading import Reader
from resolvers.selection import Selection
from resolvers.shelf import Document, Shelf


@dataclass(slots=True, kw_only=True)
class Context:
    """What one operation runs in; `trees` are the root fields' by response key, once they are read (`is_read`).

    With a `shelf` plans are shared, and the library walks those trees alone that are not complete; without one it walks
    every tree. `is_walked` says afterwards whether it did.

    A subscription without an occasion is planned alone: `watch` says then what it follows.
    """

    reader: Reader
    document: Document
    documents: Documents
    shelf: Shelf | None
    cursor_secret: bytes
    trees: dict[str, Any] = field(default_factory=dict)
    is_read: bool = False
    is_walked: bool = True
    watch: Watch | None = None

    async def answer_again(self, *, may_change: bool) -> ExecutionResult | None:
        """Answer by a plan that was made before; None where there is none, or the library has to look at the trees.

        Whether something may be changed is for who asks to say: a plan does not know how it was asked for.
        """
        prepared = self.shelf.find(self.document, self.reader) if self.shelf is not None else None
        if prepared is None or (prepared.changes and not may_change):
            return None
        self.reader.is_again = True
        return await self._answer(prepared)

    async def answer(self, selection: Selection) -> ExecutionResult | None:
        """Plan, and answer; None where the library has to look at the trees. Raises a ReadRefused."""
        prepared = Prepared.of(
            selection, self.reader, self.cursor_secret, self.shelf.memory if self.shelf is not None else None
        )
        if self.shelf is not None:
            self.shelf.keep(self.document, self.reader, prepared)
        return await self._answer(prepared)

    async def _answer(self, prepared: Prepared) -> ExecutionResult | None:
        if prepared.watch is not None and self.reader.occasion is None:
            self.watch = prepared.watch
            return ExecutionResult(data=None, errors=None)
        self.trees.update(await prepared.read(self.reader))
        self.is_read = True
        self.is_walked = self.shelf is None or not await prepared.is_answer(self.trees, self.reader)
        if not self.is_walked:
            return ExecutionResult(data=self.trees, errors=None)
        if self.reader.is_again:
            self.trees.update(opened(self.trees))
        return None


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
            text, _ = running.context.document
            running.context.documents.keep(text, running.graphql_document, len(text))

    async def on_execute(self) -> AsyncIterator[None]:
        """Plan and read; raises a ReadRefused or what went wrong, which becomes the operation's only error."""
        running = self.execution_context
        document, context = running.graphql_document, running.context
        if document is not None and not context.is_read:
            operation = get_operation_ast(document, context.document[1])
            if operation is None:
                raise InputRefused("name one of the document's operations in operationName")
            schema = running.schema._schema  # noqa: SLF001 - strawberry offers no public way to its graphql-core schema
            selection = Selection.of(schema, document, operation, context.reader.values)
            if selection is not None:
                running.result = await context.answer(selection)
        yield
