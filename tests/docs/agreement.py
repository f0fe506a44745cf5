"""Whether what a page shows is what comes; `...` stands for what differs each time."""

import json
import re
from collections.abc import Mapping
from typing import Any

ANYTHING = "..."


def agrees(shown: Any, found: Any) -> bool:  # noqa: ANN401 - as JSON has it
    """Compare JSON with what a page shows of it, in which every member has to stand."""
    if shown == ANYTHING:
        return True
    if isinstance(shown, dict) and isinstance(found, dict):
        return shown.keys() == found.keys() and all(agrees(value, found[name]) for name, value in shown.items())
    if isinstance(shown, list) and isinstance(found, list):
        return len(shown) == len(found) and all(map(agrees, shown, found))
    return bool(shown == found)


def answers(shown: str, body: Mapping[str, Any]) -> bool:
    """Compare the body of an answer with the members that a page shows of it."""
    wanted = json.loads(shown)
    told = {name: value for name, value in body.items() if name in wanted or name == "errors"}
    return agrees(wanted, told)


def prints(shown: str, output: str) -> list[str]:
    """The lines that a page shows and the output lacks; each is looked for behind the one before."""
    lines, at, lacking = [line.rstrip() for line in output.splitlines()], 0, []
    for wanted in filter(str.strip, shown.splitlines()):
        pattern = re.compile(".*".join(map(re.escape, wanted.rstrip().split(ANYTHING))))
        found = next((number for number in range(at, len(lines)) if pattern.fullmatch(lines[number])), None)
        if found is None:
            lacking.append(wanted)
        else:
            at = found + 1
    return lacking
