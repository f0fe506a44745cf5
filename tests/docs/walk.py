"""A walk down one page: each block is asked, run, read or written, and whatever does not hold is noted."""

import json
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
import yaml

from hub.cli.main import main
from tests.docs.agreement import agrees, answers, prints
from tests.docs.blocks import Block, blocks
from tests.docs.house import House

ASKING = re.compile(r"# as (?P<who>[a-z-]+), (without a purpose|for (?P<purpose>[A-Z_]+))\n")
VARIABLE = re.compile(r"\$(\w+)\s*:")
ID = re.compile(r"\b(per|case)_\.\.\.")
KEPT = frozenset({"serve", "demo", "restore"})
"""Commands that go on, or need an empty graph: only whether there are such options is looked at."""
OUTSIDE = ("python3", "/opt/concord/bin/pip")
"""What sets a machine up, which no test does."""
LANGUAGES = frozenset({"graphql", "json", "sh", "text", "yaml", "csv"})


@dataclass(slots=True, kw_only=True)
class Walk:
    """Where a walk stands; `said` is what the last example answered or printed, `ids` what `per_...` stands for."""

    house: House
    ids: dict[str, str]
    wrong: list[str] = field(default_factory=list)
    said: Any = None

    def down(self, page: Path) -> list[str]:
        """Walk down a page; gives what does not hold there."""
        every = blocks(page)
        for block, following in zip(every, [*every[1:], None], strict=True):
            for complaint in self._block(block, following):
                self.wrong.append(f"{block.place}: {complaint}")
        return self.wrong

    def _block(self, block: Block, following: Block | None) -> Iterator[str]:
        if block.language not in LANGUAGES:
            yield f"nobody runs {block.language or 'a block without a language'}"
        elif block.name:
            path = Path(block.name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, encoding="utf-8")
        elif block.language == "graphql":
            yield from self._ask(block, is_shown=following is not None and following.language == "json")
        elif block.language == "sh":
            self.said = "".join(map(self._run, block.commands))
        elif block.language == "json":
            yield from self._compare(block)
        elif block.language == "text":
            yield from (f"is not printed: {line}" for line in prints(block.text, str(self.said)))
        else:
            yaml.safe_load(block.text)
            yield f"a block of {block.language} names the file that it is"

    def _ask(self, block: Block, *, is_shown: bool) -> Iterator[str]:
        asking = ASKING.match(block.text)
        if asking is None:
            yield "the first line says as whom and for what it is asked"
            return
        found = _variables(self.said)
        named = {name: found[name] for name in VARIABLE.findall(block.text)}
        self.said = self.house.ask(asking["who"], asking["purpose"], block.text, named)
        if "errors" in self.said and not is_shown:
            yield f"is refused: {self.said['errors']}"

    def _compare(self, block: Block) -> Iterator[str]:
        if isinstance(self.said, str):
            if not agrees(json.loads(block.text), json.loads(self.said)):
                yield f"the answer is {self.said}"
        elif not answers(block.text, self.said):
            yield f"the answer is {json.dumps(self.said)}"

    def _run(self, line: str) -> str:
        line = ID.sub(lambda found: self.ids[found[1]], line)
        variables = {}
        words = shlex.split(line, comments=True)
        while words and re.fullmatch(r"HUB_\w+=.*", words[0]):
            name, _, variables[name] = words.pop(0).partition("=")
        if words[0] == "curl":
            return self.house.shell(line)
        if words[0] == "hub" and words[1] not in KEPT:
            return self.house.command(words[1:], **variables)
        if words[0] == "hub":
            _look_at(words[1:])
        elif words[0] not in OUTSIDE:
            self.wrong.append(f"nobody runs {line}")
        return ""


def _look_at(words: list[str]) -> None:
    """Read the options of a command without running it; raises click's own errors."""
    command = main.get_command(click.Context(main), words[0])
    assert command is not None
    command.make_context(words[0], words[1:], resilient_parsing=False)


def _variables(said: Any) -> dict[str, Any]:  # noqa: ANN401 - as JSON has it
    """What variables stand for: the first id of the answer before, all of them, and where its last page ended."""
    ids, ends = list(_members(said, "id")), list(_members(said, "endCursor"))
    return {"id": ids[0] if ids else None, "ids": ids, "after": ends[-1] if ends else None}


def _members(said: Any, name: str) -> Iterator[Any]:  # noqa: ANN401 - as above
    if isinstance(said, dict):
        for key, value in said.items():
            if key == name:
                yield value
            else:
                yield from _members(value, name)
    elif isinstance(said, list):
        for one in said:
            yield from _members(one, name)
