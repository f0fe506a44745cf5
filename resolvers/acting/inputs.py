"""What a client brings with a change, checked before anything is looked up."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from resolvers.acting.refusals import invalid

KEY_LENGTHS = (8, 200)
SHORT, LONG, NOTE = 100, 4_000, 20_000
_KEY = "idempotencyKey"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """An input, or a part of one, by the names of the contract; `wrong` gathers what is not as it must be."""

    values: Mapping[str, Any]
    wrong: list[tuple[tuple[str, ...], str]] = field(default_factory=list)
    path: tuple[str, ...] = ("input",)

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> "Given":
        """Check what every change brings."""
        given = cls(values={name: _plain(value) for name, value in values.items()})
        least, most = KEY_LENGTHS
        if len(given.key.strip()) < least or len(given.key) > most:
            given.refuse(_KEY, f"has {least} to {most} characters")
        return given

    @property
    def key(self) -> str:
        return str(self.values[_KEY])

    def refuse(self, name: str, message: str) -> None:
        self.wrong.append(((*self.path, name), message))

    def parts(self, name: str) -> list["Given"]:
        """The objects of a list, each read like an input; what is wrong with them is gathered with the rest."""
        return [
            Given(values=part, wrong=self.wrong, path=(*self.path, name, str(at)))
            for at, part in enumerate(self.values[name])
        ]

    def text(self, name: str, most: int) -> str | None:
        """A text without what surrounds it; None where it is left out, refused where it is blank or too long."""
        value = self.values.get(name)
        return None if value is None else self._text(name, str(value), most)

    def texts(self, name: str, most: int) -> list[str]:
        """Several texts of one field, each as a text is."""
        return [self._text(name, str(value), most) for value in self.values[name]]

    def _text(self, name: str, value: str, most: int) -> str:
        text = value.strip()
        if not text:
            self.refuse(name, "is not blank")
        elif len(text) > most:
            self.refuse(name, f"has {most:,} characters at the most")
        elif _CONTROL.search(text):
            self.refuse(name, "has no control characters")
        return text

    def day(self, name: str) -> bool:
        """Check that a day is written as one, so that days can be compared as texts."""
        try:
            is_day = date.fromisoformat(self.values[name]).isoformat() == str(self.values[name])
        except ValueError:
            is_day = False
        if not is_day:
            self.refuse(name, "is a day, as in 2026-11-24")
        return is_day

    def check(self) -> None:
        """Raise Refused where anything was wrong."""
        if self.wrong:
            raise invalid(self.wrong)


def _plain(value: Any) -> Any:  # noqa: ANN401 - what the client wrote
    if isinstance(value, Mapping):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return value.value if isinstance(value, Enum) else value
