"""What is asked: each operation in the hub's words and in the peer's."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bench.town import Town

OPERATIONS = Path(__file__).parent / "operations"


class Dialect(StrEnum):
    """Whose contract an operation is written for; the value is the folder."""

    HUB = "hub"
    PEER = "peer"


class Question(StrEnum):
    """What is asked; the value is the file."""

    LIST = "list"
    SORTED = "sorted"
    PROTECTED = "protected"
    CASE = "case"
    DEEP = "deep"
    SMALL = "small"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Asker:
    """Somebody who is served at `url` by a process; the headers say who it is."""

    name: str
    url: str
    dialect: Dialect
    headers: Mapping[str, str]
    process: int

    def request(self, question: Question, town: Town) -> str:
        """The whole HTTP request."""
        return posted(self, document(question, self.dialect, town))


def posted(asker: Asker, content: Mapping[str, Any]) -> str:
    """The whole HTTP request that posts something as JSON."""
    address, body = urlsplit(asker.url), json.dumps(content)
    headers = {"Host": address.netloc, "Content-Type": "application/json", "Content-Length": len(body)}
    lines = (f"{name}: {value}" for name, value in (headers | dict(asker.headers)).items())
    return "\r\n".join((f"POST {address.path} HTTP/1.1", *lines, "", body))


def document(question: Question, dialect: Dialect, town: Town) -> dict[str, Any]:
    """The query with the variables that it needs in this town."""
    values = {"ward": town.ward, "reference": town.matters[0].reference, "person": town.people[2].id}
    query = (OPERATIONS / dialect / f"{question}.graphql").read_text(encoding="utf-8")
    return {"query": query, "variables": {name: value for name, value in values.items() if f"${name}:" in query}}
