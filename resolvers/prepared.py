"""An operation that was planned: it answers whoever brings the same of what its planning opened."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from resolvers.acting.planning import plan_deed
from resolvers.completion import Completion
from resolvers.copies import Memory
from resolvers.errors import InputRefused
from resolvers.givens import Path
from resolvers.live.planning import plan_update
from resolvers.occasions import Watch
from resolvers.operation import Answer, Operation
from resolvers.planning import Planner
from resolvers.reading import Reader
from resolvers.roots import plan_root
from resolvers.selection import Selected, Selection, names_introspection


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """The answers of all root fields, with what is the same for all who ask; it holds nothing of any of them.

    That of a mutation (`changes`) looks at the input when it answers; that of a subscription answers each occasion of
    its `watch`.

    `opened` names what it depends on, `compared` the fields by which it finds and orders, `most` how many things could
    come back.
    """

    roots: tuple[Selected, ...]
    answers: Mapping[str, Answer]
    opened: frozenset[Path]
    compared: frozenset[str]
    most: int
    completion: Completion
    changes: bool
    watch: Watch | None = None

    @classmethod
    def of(cls, selection: Selection, reader: Reader, cursor_secret: bytes, memory: Memory | None = None) -> "Prepared":
        """Plan an operation; raises a ReadRefused."""
        roots, viewer = selection.roots(), reader.viewer
        planner = Planner(
            snapshot=reader.snapshot,
            viewer=viewer.cls,
            day=viewer.day,
            selection=selection,
            cursor_secret=cursor_secret,
            seal=reader.scribe.seal,
            memory=memory,
        )
        operation = Operation(planner=planner, is_of_one=len(roots) == 1)
        watch = None
        if selection.follows:
            (root,) = roots  # a document with more is not valid
            answer, watch = plan_update(operation, root)
            answers = {root.key: answer}
        else:
            plan = plan_deed if selection.changes else plan_root
            answers = {one.key: plan(operation, one) for one in roots if not names_introspection(one)}
        if selection.changes and len(answers) > 1:
            raise InputRefused("an operation makes one change; send the others on their own")
        planner.require_purpose()
        return cls(
            roots=tuple(roots),
            answers=answers,
            opened=selection.givens.close(),
            compared=frozenset(planner.compared),
            most=planner.cost,
            completion=planner.completion,
            changes=selection.changes,
            watch=watch,
        )

    async def read(self, reader: Reader) -> dict[str, Any]:
        """Read the trees of all root fields at the same time; raises what went wrong first."""
        reader.most = self.most
        reader.told.compared.update(self.compared)
        if len(self.answers) == 1:
            return {key: await answer(reader) for key, answer in self.answers.items()}
        try:
            async with asyncio.TaskGroup() as group:
                reads = {key: group.create_task(_result(answer, reader)) for key, answer in self.answers.items()}
        except ExceptionGroup as failed:
            raise failed.exceptions[0] from None
        return {key: read.result() for key, read in reads.items()}

    async def is_answer(self, trees: Mapping[str, Any], reader: Reader) -> bool:
        """Look at the trees, in a thread where much was read, so that others go on."""
        if reader.is_large:
            return await asyncio.to_thread(self._are_complete, trees)
        return self._are_complete(trees)

    def _are_complete(self, trees: Mapping[str, Any]) -> bool:
        """Whether the trees are the whole answer as they stand; what asks about the schema is not among them."""
        return all(one.key in trees and self.completion.is_complete(one, trees[one.key]) for one in self.roots)


async def _result(answer: Answer, reader: Reader) -> Any:  # noqa: ANN401 - a tree
    return await answer(reader)
