"""The one door to the database: every statement passes here."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from neo4j import READ_ACCESS, AsyncGraphDatabase, AsyncManagedTransaction
from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConstraintError,
    DatabaseError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
)

from graph.errors import GraphError, GraphUnavailable
from graph.wire import ask_at_once, begin_at_once, read_at_once

if TYPE_CHECKING:
    from neo4j import AsyncDriver

T = TypeVar("T")
Parameters = Mapping[str, Any]
DATABASE = "neo4j"
POOL_SIZE = 100
STREAMED = 1_000
READ_ATTEMPTS = WRITE_ATTEMPTS = 20
REPLACED = "Neo.ClientError.Statement.EntityNotFound"
"""What the engine says of a node that was deleted while a statement looked at it."""
FAILING = frozenset({"Neo.ClientError.Request.Invalid", "Neo.ClientError.Transaction.TransactionNotFound"})
"""What the embedded engine says of every statement while it ends, and of a commit for which its folder has no room."""
UNAVAILABLE = (ServiceUnavailable, SessionExpired, TransientError, AuthError, DriverError, DatabaseError)
"""A starting engine listens before its database exists, and says that as a DatabaseError."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """Where the engine listens; `url` is bolt://, neo4j:// or neo4j+s://."""

    url: str
    user: str
    password: str = field(repr=False)


class Transaction(Protocol):
    """Where the statements of a change run."""

    async def run(self, statement: str, parameters: Parameters | None = None) -> list[list[Any]]:
        """Run a statement and return its rows."""
        ...

    async def ask(self, statement: str, parameters: Parameters) -> Any:  # noqa: ANN401 - the shape is the statement's
        """Run a statement that returns one record of one value, and return that value."""
        ...

    async def find(self, statement: str, parameters: Parameters) -> Any:  # noqa: ANN401 - the shape is the statement's
        """Do the same for one that tells of nodes what is on them, and all of that."""
        ...


class _Managed:
    """A transaction of the driver; handed to the work that `Store.write` runs."""

    def __init__(self, inner: AsyncManagedTransaction) -> None:
        self._inner = inner

    async def run(self, statement: str, parameters: Parameters | None = None) -> list[list[Any]]:
        result = await self._inner.run(statement, dict(parameters or {}))
        return await result.values()

    async def ask(self, statement: str, parameters: Parameters) -> Any:  # noqa: ANN401 - the shape is the statement's
        ((value,),) = await self.run(statement, parameters)
        return value

    async def find(self, statement: str, parameters: Parameters) -> Any:  # noqa: ANN401 - the shape is the statement's
        return await self.ask(statement, parameters)


class Store:
    """A pool of connections to one engine; `turn` is where writers of this process wait for one another."""

    def __init__(self, connection: Connection, *, pool: int = POOL_SIZE) -> None:
        self.turn = asyncio.Lock()
        self._driver: AsyncDriver = AsyncGraphDatabase.driver(
            connection.url,
            auth=(connection.user, connection.password),
            max_connection_pool_size=pool,
            initial_retry_delay=0.01,
            retry_delay_multiplier=1.5,
            notifications_disabled_classifications=["UNRECOGNIZED"],  # a label that nothing has yet is no mistake
            telemetry_disabled=True,
        )
        read_at_once(self._driver)

    async def read(self, statement: str, parameters: Parameters | None = None) -> Any:  # noqa: ANN401 - the shape is the statement's
        """Run a statement that returns one record of one value, and return that value.

        Reads are not snapshots: where a node was replaced under it, the statement runs again. Raises GraphUnavailable
        when the engine does not answer, or that happens every time.
        """
        for _ in range(READ_ATTEMPTS):
            try:
                return await self._read(statement, dict(parameters or {}))
            except ClientError as error:
                if error.code != REPLACED:
                    raise
        raise GraphUnavailable(f"what was read was replaced {READ_ATTEMPTS} times in a row")

    async def _read(self, statement: str, parameters: dict[str, Any]) -> Any:  # noqa: ANN401 - the shape is the statement's
        async with _translated():
            records = await ask_at_once(self._driver, DATABASE, statement, parameters)
        return records[0][0]

    async def stream(self, statement: str) -> AsyncIterator[list[Any]]:
        """Run a statement and give its records one after another, however many there are; raises GraphUnavailable."""
        async with (
            _translated(),
            self._driver.session(database=DATABASE, default_access_mode=READ_ACCESS, fetch_size=STREAMED) as session,
        ):
            async for record in await session.run(statement):
                yield record.values()

    async def write(self, work: Callable[[Transaction], Awaitable[T]], attempts: int = WRITE_ATTEMPTS) -> T:
        """Run `work` in one managed transaction, again when the engine asks for it or another writer came between.

        The driver repeats what the engine calls transient; a key that was taken, or a node that was replaced, since
        this transaction looked is not called so. Raises GraphUnavailable when the engine does not answer, GraphError
        when others came between every time.
        """
        for _ in range(attempts):
            try:
                return await self._write(work)
            except ConstraintError:
                continue
            except ClientError as error:
                if error.code != REPLACED:
                    raise
        raise GraphError(f"other writers came between {attempts} times in a row")

    async def _write(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        async with _translated(), self._driver.session(database=DATABASE, fetch_size=-1) as session:
            begin_at_once(session)
            return await session.execute_write(lambda inner: work(_Managed(inner)))

    async def engine(self) -> str:
        """What the engine calls itself: `Neo4j/5.26.30`, `Neo4j/5.26.0 compatible (ArcadeDB 26.10.2)`."""
        async with _translated():
            return str((await self._driver.get_server_info()).agent)

    async def close(self) -> None:
        await self._driver.close()


async def answers(connection: Connection) -> bool:
    """Whether the engine answers a statement now; a wrong password raises GraphUnavailable."""
    driver = AsyncGraphDatabase.driver(
        connection.url, auth=(connection.user, connection.password), max_transaction_retry_time=0, connection_timeout=5
    )
    async with driver:
        try:
            await driver.execute_query("RETURN 1", database_=DATABASE)
        except AuthError as error:
            raise GraphUnavailable("the engine refuses the user or the password") from error
        except Exception:  # noqa: BLE001 - an engine that is starting fails in every way there is
            return False
        return True


@asynccontextmanager
async def _translated() -> AsyncIterator[None]:
    try:
        yield
    except (*UNAVAILABLE, OSError) as error:
        raise _unavailable(error) from error
    except ClientError as error:
        if error.code not in FAILING:
            raise
        raise _unavailable(error) from error


def _unavailable(error: Exception) -> GraphUnavailable:
    # the driver's words name addresses, the engine's may quote a value
    reason = error.code if isinstance(error, Neo4jError) else str(error).partition("\n")[0]
    return GraphUnavailable(f"the engine does not answer: {reason}")
