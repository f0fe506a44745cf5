"""A store that counts what goes over the wire: statements out, records back."""

from collections.abc import Callable
from typing import Any

from graph.store import Connection, Store


class CountingStore(Store):
    """Counts at the driver's connections, below everything that the hub itself counts."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self.statements: list[str] = []
        self.records = 0
        pool = self._driver._pool  # noqa: SLF001 - the driver has no other place for it
        opened = pool.opener

        async def opener(*asked: object) -> object:
            wire = await opened(*asked)
            wire.run, wire.pull = self._counted(wire.run), self._received(wire.pull)
            return wire

        pool.opener = opener

    def forget(self) -> None:
        """Count from nothing."""
        self.statements.clear()
        self.records = 0

    def _counted(self, run: Callable[..., None]) -> Callable[..., None]:
        def counted(statement: str, **how: object) -> None:
            self.statements.append(statement)
            run(statement, **how)

        return counted

    def _received(self, pull: Callable[..., None]) -> Callable[..., None]:
        def received(*, on_records: Callable[[list[Any]], Any], **how: object) -> None:
            def counted(records: list[Any]) -> object:
                self.records += len(records)
                return on_records(records)

            pull(on_records=counted, **how)

        return received
