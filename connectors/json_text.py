"""JSON of which nothing is known yet."""

import json
from typing import Any, BinaryIO

from connectors.errors import FileRefused
from connectors.signature import check_text

SIZE_LIMIT = 64 << 20


def document(source: BinaryIO) -> Any:  # noqa: ANN401 - JSON that was not looked into yet
    """The whole document; raises FileRefused for what is too large, or no JSON in UTF-8."""
    check_text(source, "utf-8-sig")
    data = source.read(SIZE_LIMIT + 1)
    if len(data) > SIZE_LIMIT:
        raise FileRefused(f"the file is larger than {SIZE_LIMIT >> 20} MiB")
    try:
        return json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise FileRefused(f"the file is no JSON: {error}") from error


def at(value: Any, *path: str) -> Any:  # noqa: ANN401 - JSON that was not looked into yet
    """What stands at a path of names; None where it leads nowhere."""
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value
