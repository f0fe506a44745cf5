"""What a validator finds wrong with a mapping, in its author's words: which key, and what is allowed there."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from connectors.mapped.columns import COLUMNS, Strict
from connectors.mapped.ends import ENDS
from connectors.mapped.mapping import LinkShape, MarkingShape, NodeShape, Place
from connectors.mapped.mapping import Mapping as Dataset
from connectors.mapped.targets import LINKS, NODES
from policies.findings import unknown

Loc = tuple[int | str, ...]
_KINDS = {**COLUMNS, **ENDS}
_FORMS: Mapping[str, str] = {
    "string_type": "a text, in quotes where it is `true`, `false` or `null`",
    "string_too_short": "at least one character",
    "string_too_long": "one character",
    "string_pattern_mismatch": "small letters and digits, with single hyphens between, as `council-outreach`",
    "bool_type": "`true` or `false`",
    "bool_parsing": "`true` or `false`",
    "list_type": "a list, as `[one, another]`",
    "dict_type": "names with what each stands for, as `{one: another}`",
    "too_short": "at least one",
    "union_tag_not_found": "its `type`",
    "model_attributes_type": "the type of the column, as `phone`, or more of it, as `{type: phone, required: true}`",
}


def worded(problem: Mapping[str, Any]) -> str:
    """Say in words what is wrong; the key that it is wrong with stands before them."""
    loc, kind = problem["loc"], problem["type"]
    match kind:
        case "missing":
            return f"`{loc[-1]}` is missing"
        case "extra_forbidden":
            return unknown("key", str(loc[-1]), _part(loc[:-1]).model_fields)
        case "union_tag_invalid":
            return unknown("type", problem["ctx"]["tag"], _quoted(problem["ctx"]["expected_tags"]))
        case "enum" | "literal_error":
            return unknown("word", str(problem["input"]), _words(loc, problem["ctx"]["expected"]))
        case "model_type":
            return f"write keys with their values; the keys are {', '.join(_part(loc).model_fields)}"
        case _:
            return f"write {_FORMS[kind]}" if kind in _FORMS else problem["msg"].removeprefix("Value error, ")


def _words(loc: Loc, expected: str) -> Iterable[str]:
    """The words that are allowed; of the graph's types only those that a mapping can state."""
    match loc:
        case ("nodes", _, "type"):
            return NODES
        case ("links", _, "type"):
            return LINKS
        case _:
            return _quoted(expected)


def _quoted(words: str) -> list[str]:
    return re.findall(r"'([^']*)'", words)


def _part(loc: Loc) -> type[Strict]:
    """The part of a mapping that stands at a validator's location."""
    match loc:
        case ("marking",):
            return MarkingShape
        case ("columns", _, kind) | ("links", _, _, kind):
            return _KINDS[str(kind)]
        case ("nodes", _):
            return NodeShape
        case ("nodes", _, _):
            return Place
        case ("links", _):
            return LinkShape
        case _:
            return Dataset
