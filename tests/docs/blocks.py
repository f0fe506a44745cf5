"""The fenced blocks of a page: what they are written in, and for a file its name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FENCE = re.compile(r"^```(\S*) ?(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block; `place` is its page and line, `name` the file that it is, where it is one."""

    place: str
    language: str
    name: str
    text: str

    @property
    def commands(self) -> Iterator[str]:
        """The commands of a block for a shell, those of several lines as one."""
        whole = self.text.replace("\\\n", " ")
        yield from (line for line in whole.splitlines() if line.strip() and not line.startswith("#"))


def blocks(page: Path) -> list[Block]:
    """The blocks of a page, in their order."""
    text = page.read_text("utf-8")
    return [
        Block(
            place=f"{page.name}:{text.count(chr(10), 0, found.start()) + 1}",
            language=found[1],
            name=found[2],
            text=found[3],
        )
        for found in FENCE.finditer(text)
    ]
