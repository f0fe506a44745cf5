"""What the check finds in a policy document, and where."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Finding:
    """One remark on one line (from 1) of one document."""

    file: str
    line: int
    severity: Severity
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.severity}: {self.message}"


def unknown(kind: str, word: str, valid: Iterable[str]) -> str:
    """Say that a word is not known, and which valid word is nearest to it."""
    words = sorted(set(valid))
    folded = {entry.casefold(): entry for entry in words}
    close = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.5)
    if close:
        return f"unknown {kind} `{word}`; did you mean `{folded[close[0]]}`?"
    return f"unknown {kind} `{word}`; known: {', '.join(words) or 'none'}"
