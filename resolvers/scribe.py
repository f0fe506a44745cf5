"""The port through which changes are written."""

from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

from graph.change import Change
from policies.sealing import Seal
from policies.view import Snapshot

T = TypeVar("T")


class Scribe(Protocol):
    """Where changes are written; its `seal` closes what must not be read off the store, and opens it."""

    @property
    def seal(self) -> Seal:
        """The one seal of the deployment."""
        ...

    async def commit(self, work: Callable[[Change], Awaitable[T]]) -> tuple[T, Snapshot]:
        """Run work in one transaction; returns what it returns, and the policies with every class that it made.

        Raises what the work raises, with nothing changed, and graph.errors.GraphError.
        """
        ...

    async def add(self, work: Callable[[Change], Awaitable[T]]) -> tuple[T, Snapshot]:
        """Do the same for work that states nothing but new things on which nobody decides.

        It is done before its turn and written in it, with that of others. Raises graph.errors.Overtaken where it is
        not certain that it was written: then it is for `commit`.
        """
        ...

    async def renew(self) -> Snapshot:
        """Look up the classes that others have made; returns the policies with all of them."""
        ...
