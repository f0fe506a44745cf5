"""A store that counts what goes over the wire: statements out, records back."""

from types import TracebackType
from typing import Any, Self

from graph.store import Connection, Store


class CountingStore(Store):
    """Counts at the driver, below everything that the hub itself counts."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self.statements: list[str] = []
        self.records = 0
        self._driver: Any = _Driver(self._driver, self)

    def forget(self) -> None:
        """Count from nothing."""
        self.statements.clear()
        self.records = 0


class _Driver:
    def __init__(self, inner: Any, counts: CountingStore) -> None:  # noqa: ANN401 - the driver's own classes
        self._inner, self._counts = inner, counts

    def session(self, **options: Any) -> "_Session":  # noqa: ANN401 - as the driver takes them
        return _Session(self._inner.session(**options), self._counts)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the driver has
        return getattr(self._inner, name)


class _Session:
    def __init__(self, inner: Any, counts: CountingStore) -> None:  # noqa: ANN401 - the driver's own classes
        self._inner, self._counts = inner, counts

    async def __aenter__(self) -> Self:
        await self._inner.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._inner.__aexit__(kind, error, trace)

    async def run(self, statement: str, parameters: Any) -> "_Result":  # noqa: ANN401 - as the driver takes them
        self._counts.statements.append(statement)
        return _Result(await self._inner.run(statement, parameters), self._counts)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the session has
        return getattr(self._inner, name)


class _Result:
    def __init__(self, inner: Any, counts: CountingStore) -> None:  # noqa: ANN401 - the driver's own classes
        self._inner, self._counts = inner, counts

    async def values(self) -> list[list[Any]]:
        rows: list[list[Any]] = await self._inner.values()
        self._counts.records += len(rows)
        return rows
