"""One answer of a server, looked at: how large it is and how many rows it has."""

import asyncio
import json
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

from bench.processes import BenchError
from bench.questions import Asker, Question, document
from bench.town import Town


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """Bytes of the whole answer and of its data alone, and how many objects stand in the first list of it."""

    whole: int
    data: int
    rows: int


async def body(asker: Asker, question: Question, town: Town) -> Body:
    """Ask once; raises BenchError for an answer with errors."""
    whole = await asyncio.to_thread(_ask, asker, question, town)
    found = json.loads(whole)
    if "errors" in found:
        raise BenchError(f"{asker.name} refuses {question}: {json.dumps(found['errors'])[:400]}")
    data = json.dumps(found["data"], separators=(",", ":"), ensure_ascii=False).encode()
    return Body(whole=len(whole), data=len(data), rows=_rows(found["data"]))


def _ask(asker: Asker, question: Question, town: Town) -> bytes:
    address = urlsplit(asker.url)
    connection = HTTPConnection(address.netloc, timeout=60)
    try:
        asked = json.dumps(document(question, asker.dialect, town))
        connection.request("POST", address.path, asked, {"Content-Type": "application/json", **asker.headers})
        return connection.getresponse().read()
    finally:
        connection.close()


def _rows(data: dict[str, Any]) -> int:
    (first,) = data.values()
    if isinstance(first, dict) and "edges" in first:
        first = first["edges"]
    return len(first) if isinstance(first, list) else int(first is not None)
