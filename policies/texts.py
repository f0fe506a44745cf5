"""YAML texts as plain data that remembers its lines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from policies.findings import Finding

Path = tuple[str | int, ...]

_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_DEEPEST = 24
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Where a key or a value stands."""

    path: Path
    word: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A document: its data, and the line of each of its words."""

    file: str
    data: Any
    marks: tuple[Mark, ...]

    def line(self, path: Path = (), word: str | None = None) -> int:
        """The line of `word` below `path`, or else of the nearest thing that has one."""
        below = [mark for mark in self.marks if mark.path[: len(path)] == path]
        for mark in below:
            if word is None or mark.word == word:
                return mark.line
        if below:
            return below[0].line
        return self.line(path[:-1]) if path else 1

    def path(self, loc: Path) -> Path:
        """The part of a validator's location that can be walked in the data as it was written."""
        at, walked = self.data, []
        for part in loc:
            is_there = part in at if isinstance(at, dict) else isinstance(at, list) and part in range(len(at))
            if is_there:
                at = at[part]
                walked.append(part)
        return tuple(walked)

    def error(self, message: str, path: Path = (), word: str | None = None) -> Finding:
        return Finding(file=self.file, line=self.line(path, word), severity="error", message=message)

    def warning(self, message: str, path: Path = (), word: str | None = None) -> Finding:
        return Finding(file=self.file, line=self.line(path, word), severity="warning", message=message)


def read(file: str, text: str) -> tuple[Text | None, list[Finding]]:
    """Read one document; there is no Text where it could not be read without doubt.

    Words stay words: `no`, `2025-01-01` and `1.10` are not turned into anything else. Only `true`, `false`, whole
    numbers and `null` are. Duplicate keys, anchors, aliases and tags are refused, as each can hide what holds.
    """
    try:
        findings = list(_refused(file, text))
        node = None if findings else yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line = _line(error.problem_mark)
        return None, [Finding(file=file, line=line, severity="error", message=f"not YAML: {error.problem}")]
    except yaml.YAMLError as error:
        line = text.count("\n", 0, getattr(error, "position", 0)) + 1
        return None, [Finding(file=file, line=line, severity="error", message=f"not YAML: {error}".split("\n")[0])]
    if node is None:
        empty = Finding(file=file, line=1, severity="error", message="the document is empty")
        return None, findings or [empty]
    marks: list[Mark] = []
    data = _data(node, (), marks, findings, file)
    return (None if findings else Text(file=file, data=data, marks=tuple(marks))), findings


def _refused(file: str, text: str) -> Iterator[Finding]:
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        reason = None
        if isinstance(event, yaml.AliasEvent):
            reason = f"aliases are refused (`*{event.anchor}`); write it out"
        elif isinstance(event, yaml.NodeEvent) and event.anchor:
            reason = f"anchors are refused (`&{event.anchor}`)"
        elif isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag:
            reason = f"tags are refused (`{event.tag}`)"
        elif depth > _DEEPEST:
            reason = "nested too deeply"
        if reason:
            yield Finding(file=file, line=_line(event.start_mark), severity="error", message=reason)
        if depth > _DEEPEST:
            return


def _data(node: yaml.Node, path: Path, marks: list[Mark], findings: list[Finding], file: str) -> Any:  # noqa: ANN401 - YAML holds anything
    line = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        marks.append(Mark(path=path, word=node.value, line=line))
        return _scalar(node)
    if isinstance(node, yaml.SequenceNode):
        marks.append(Mark(path=path, word="", line=line))
        return [_data(child, (*path, at), marks, findings, file) for at, child in enumerate(node.value)]
    data: dict[str, Any] = {}
    for key, value in node.value:
        where = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            findings.append(Finding(file=file, line=where, severity="error", message="a key must be one word"))
            continue
        if key.value in data:
            message = f"duplicate key `{key.value}`; only one of them would hold"
            findings.append(Finding(file=file, line=where, severity="error", message=message))
        marks.append(Mark(path=(*path, key.value), word=key.value, line=where))
        data[key.value] = _data(value, (*path, key.value), marks, findings, file)
    return data


def _scalar(node: yaml.ScalarNode) -> str | int | bool | None:
    if not node.style and node.value in _WORDS:
        return _WORDS[node.value]
    if not node.style and _INTEGER.fullmatch(node.value):
        return int(node.value)
    return str(node.value)


def _line(mark: Any) -> int:  # noqa: ANN401 - the two parsers of the library each have a class of marks
    return 1 if mark is None else int(mark.line) + 1
