"""What is logged: one line a record, which tells kinds and places of errors and never their words."""

import json
import logging
import subprocess
import sys
from typing import Any

import pytest

from graph.errors import GraphUnavailable
from hub.journal import REQUEST, Lines, Style, described, places

SECRET = "Jane Ashdown, 9434765919"


class Coded(Exception):  # noqa: N818 - stands for the driver's
    """An error as the driver raises it."""

    code = "Neo.ClientError.Statement.SyntaxError"


def failing() -> BaseException:
    """Give an error with a cause, both of which quote a value."""
    try:
        _fail()
    except GraphUnavailable as error:
        return error
    raise AssertionError


def _fail() -> None:
    raise GraphUnavailable(SECRET) from Coded(SECRET)


def record(name: str, message: str, *arguments: object, error: BaseException | None = None) -> logging.LogRecord:
    info = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord(name, logging.ERROR, "here.py", 7, message, arguments, info)


def told(line: logging.LogRecord) -> dict[str, Any]:
    text = Lines(Style.JSON).format(line)
    assert "\n" not in text
    found: dict[str, Any] = json.loads(text)
    return found


def test_an_error_is_told_by_its_kinds_codes_and_places() -> None:
    line = told(record("hub.endpoint", "a request fails: %s", failing(), error=failing()))
    kinds = "GraphUnavailable < Coded Neo.ClientError.Statement.SyntaxError"
    assert (line["event"], line["error"]) == (f"a request fails: {kinds}", kinds)
    assert line["at"] == places(failing())
    assert line["at"][-1].endswith(" _fail")
    assert SECRET not in json.dumps(line)


@pytest.mark.parametrize(
    ("error", "kinds"),
    [
        (OSError(28, "No space left on device", "/home/jane"), "OSError ENOSPC"),
        (FileNotFoundError(2, "No such file", "/home/jane"), "FileNotFoundError ENOENT"),
        (ExceptionGroup(SECRET, [ValueError(SECRET), KeyError(SECRET)]), "ExceptionGroup(ValueError, KeyError)"),
        (SystemExit(SECRET), "SystemExit"),
    ],
)
def test_each_kind_of_error_has_its_words(error: BaseException, kinds: str) -> None:
    assert described(error) == kinds


def test_of_what_a_library_says_only_its_place_is_told() -> None:
    line = told(record("asyncio", f"Task exception was never retrieved: {SECRET}", error=failing()))
    assert line["event"] == "here:7 has something to report"
    assert line["source"] == "asyncio"
    assert SECRET not in json.dumps(line)


def test_a_line_names_the_request_that_it_is_about() -> None:
    assert "request" not in told(record("hub.watch", "away"))
    token = REQUEST.set("c0ffee")
    try:
        assert told(record("hub.watch", "away"))["request"] == "c0ffee"
        assert Lines(Style.TEXT).format(record("hub.watch", "away")).endswith("source=hub.watch request=c0ffee")
    finally:
        REQUEST.reset(token)


ENDS = {
    "a failure": f"raise ValueError({SECRET!r})",
    "a thread's": f"import threading; threading.Thread(target=lambda: {{}}[{SECRET!r}]).start()",
    "a clean-up's": f"class A:\n    def __del__(self): raise ValueError({SECRET!r})\nA()",
    "a warning": f"import warnings; warnings.warn({SECRET!r})",
    "a task's": f"""
import asyncio, gc
async def fail(): raise ValueError({SECRET!r})
async def main():
    task = asyncio.create_task(fail())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    del task
    gc.collect()
asyncio.run(main())""",
    "a line that cannot be written": f"import logging; logging.getLogger('hub').error('%d', {SECRET!r})",
}


@pytest.mark.parametrize("style", Style)
def test_however_a_process_fails_its_output_tells_no_value(style: Style) -> None:
    begin = f"from hub import journal; journal.begin(journal.Style.{style.name})\n"
    for name, program in ENDS.items():
        ended = subprocess.run([sys.executable, "-c", begin + program], capture_output=True, text=True, check=False)
        assert SECRET not in ended.stdout + ended.stderr, name
        lines = ended.stderr.splitlines()
        assert len(lines) == (0 if name == "a line that cannot be written" else 1), (name, lines)
        if style is Style.JSON:
            assert all({"time", "level", "event", "source"} <= json.loads(line).keys() for line in lines)
