"""What an examination found, in words."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much a finding matters; only `WRONG` makes the doctor's exit code 1."""

    OK = "ok"
    NOTE = "note"
    WRONG = "WRONG"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One sentence about one thing, and what to do where something is to be done."""

    level: Level
    about: str
    text: str
    remedy: str = ""

    def __str__(self) -> str:
        advice = f"\n{'':16}-> {self.remedy}" if self.remedy else ""
        return f"{self.level:5}  {self.about:9}{self.text}{advice}"


def ok(about: str, text: str) -> Finding:
    return Finding(level=Level.OK, about=about, text=text)


def note(about: str, text: str, remedy: str = "") -> Finding:
    return Finding(level=Level.NOTE, about=about, text=text, remedy=remedy)


def wrong(about: str, text: str, remedy: str = "") -> Finding:
    return Finding(level=Level.WRONG, about=about, text=text, remedy=remedy)
