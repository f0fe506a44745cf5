"""What the hub's processes log: lines that say what happened, and nothing that is in anybody's record.

An error's own words may quote a value (a key, a parameter, a row), and so may whatever a library logs. So an error is
named by its classes, its codes and its places in the code, and of a library's line only where it came from is kept.
"""

import errno
import logging
import re
import sys
import threading
import traceback
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import orjson

OURS = ("hub", "schema", "resolvers", "graph", "connectors", "policies")
REQUEST: ContextVar[str] = ContextVar("request", default="")
"""The id of the request that is being answered, for all that is logged meanwhile."""
DEEPEST = 12
_CODE = re.compile(r"Neo(\.[A-Za-z]+){3}")
_log = logging.getLogger(__name__)


class Style(StrEnum):
    """JSON for machines, one object a line; text for people."""

    JSON = "json"
    TEXT = "text"


class Lines(logging.Formatter):
    """Writes a record as one line."""

    def __init__(self, style: Style) -> None:
        super().__init__()
        self._shape = style

    def format(self, record: logging.LogRecord) -> str:
        said = dict(statement(record))
        if self._shape is Style.JSON:
            return orjson.dumps(said).decode()
        time, level, event = said.pop("time"), said.pop("level"), said.pop("event")
        return " ".join((time, level, event, *(f"{name}={value}" for name, value in said.items())))


def begin(style: Style) -> None:
    """Log to the standard error from now on, also what would otherwise end up there in its own words."""
    handler = logging.StreamHandler()
    handler.setFormatter(Lines(style))
    handler.addFilter(_is_worth_saying)
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    logging.getLogger("neo4j").setLevel(logging.CRITICAL)  # whatever the driver reports is raised too
    logging.captureWarnings(capture=True)
    logging.raiseExceptions = False  # a line that cannot be written would be shown with its arguments
    sys.excepthook = lambda _, error, __: _log.critical("the process fails", exc_info=error)
    threading.excepthook = lambda failed: _log.error("a thread fails", exc_info=failed.exc_value)
    sys.unraisablehook = lambda failed: _log.error("a clean-up fails", exc_info=failed.exc_value)


def statement(record: logging.LogRecord) -> Iterator[tuple[str, Any]]:
    """What a record says, member by member."""
    yield "time", datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
    yield "level", record.levelname
    yield "event", _event(record) if _is_ours(record) else f"{record.module}:{record.lineno} has something to report"
    yield "source", record.name
    if request := REQUEST.get():
        yield "request", request
    yield from getattr(record, "members", {}).items()
    error = record.exc_info[1] if record.exc_info else None
    if error is not None:
        yield "error", described(error)
        yield "at", places(error)


def described(error: BaseException) -> str:
    """What kind of error it is and what caused it: `GraphUnavailable < TransientError Neo.TransientError...`."""
    kinds: list[str] = []
    step: BaseException | None = error
    while step is not None and len(kinds) < DEEPEST:
        kinds.append(_kind(step))
        step = step.__cause__ or (None if step.__suppress_context__ else step.__context__)
    return " < ".join(kinds)


def places(error: BaseException) -> list[str]:
    """Where it passed in the code, the last ones, the innermost last; of a group, where its first error did."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    frames = [(frame, line) for frame, line in traceback.walk_tb(error.__traceback__)]
    return [f"{frame.f_globals.get('__name__')}:{line} {frame.f_code.co_name}" for frame, line in frames[-DEEPEST:]]


def _event(record: logging.LogRecord) -> str:
    arguments = record.args
    if isinstance(arguments, Mapping):
        arguments = {name: _safe(argument) for name, argument in arguments.items()}
    elif arguments:
        arguments = tuple(_safe(argument) for argument in arguments)
    return str(record.msg) % arguments if arguments else str(record.msg)


def _safe(argument: object) -> object:
    return described(argument) if isinstance(argument, BaseException) else argument


def _kind(error: BaseException) -> str:
    name = type(error).__name__
    if isinstance(error, BaseExceptionGroup):
        return f"{name}({', '.join(_kind(one) for one in error.exceptions)})"
    if isinstance(error, OSError) and error.errno:
        return f"{name} {errno.errorcode.get(error.errno, error.errno)}"
    code = getattr(error, "code", None)
    return f"{name} {code}" if isinstance(code, str) and _CODE.fullmatch(code) else name


def _is_ours(record: logging.LogRecord) -> bool:
    return record.name.partition(".")[0] in OURS


def _is_worth_saying(record: logging.LogRecord) -> bool:
    return _is_ours(record) or record.levelno >= logging.WARNING
