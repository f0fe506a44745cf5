"""What a page asks: an operation of the package, answered as any app's is."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import orjson

from hub.answers import Answer, Answerer, GraphQLRequest, failure
from hub.errors import Code
from hub.journal import REQUEST
from hub.work.errors import NotAnswered, SignedOut
from hub.work.session import Session

CHANGES = "changes"
"""The document with every mutation; each page has one of its own."""
UNREADABLE = "UNREADABLE"
"""Why nothing is told of a value that is stored as the contract has no word for it, or cannot be opened."""
_AT_THE_DOOR = frozenset(
    {Code.UNAUTHENTICATED, Code.PURPOSE_REQUIRED, Code.PURPOSE_UNKNOWN, Code.PURPOSE_NOT_PERMITTED}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Asks the hub as somebody who is signed in."""

    answerer: Answerer

    async def ask(
        self, session: Session, document: str, variables: Mapping[str, object], operation: str | None = None
    ) -> dict[str, Any]:
        """Give the data of an answer, in which a value that could not be told is marked as one.

        Raises SignedOut, or NotAnswered where any other error is in it.
        """
        asked = GraphQLRequest(query=read(document), variables=variables, operation_name=operation)
        answer = await self._answer(asked, session)
        told = orjson.loads(answer.body)
        if not all(_marked(told.get("data"), error) for error in told.get("errors", ())):
            error = told["errors"][0]
            if error["extensions"]["code"] in _AT_THE_DOOR:
                raise SignedOut(error["message"])
            raise NotAnswered(error["message"], max(answer.status, 400), error["extensions"].get("correlationId"))
        data: dict[str, Any] = told["data"]
        return data

    async def _answer(self, asked: GraphQLRequest, session: Session) -> Answer:
        try:
            return await self.answerer(asked, session.principal, session.purpose)
        except Exception as error:  # noqa: BLE001 - a page shows a masked answer, whatever happened
            return failure(error, REQUEST.get())


def _marked(data: Any, error: Mapping[str, Any]) -> bool:  # noqa: ANN401 - as answered
    """Mark a value that could not be told where the page looks for what is withheld; whether it can be marked so."""
    *way, name = error.get("path") or [None]
    for part in way:
        data = data[part] if data is not None else None
    if not isinstance(data, dict) or "access" not in data or error["extensions"]["code"] != Code.INTERNAL:
        return False
    data["access"]["withheld"].append({"field": name, "reason": UNREADABLE})
    return True


@cache
def read(document: str) -> str:
    """Read an operation of the package."""
    return (files("hub.work") / "operations" / f"{document}.graphql").read_text("utf-8")
