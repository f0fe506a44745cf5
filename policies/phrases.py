"""How an officer may write things, and the one form that each is turned into."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

NOTHING = "nothing"


def day(value: str) -> str:
    """An ISO day as it was written; raises ValueError."""
    if date.fromisoformat(value).isoformat() != value:
        raise ValueError("write a day as 2026-11-24")
    return value


def listed(value: object) -> object:
    return [value] if isinstance(value, str | dict) else value


def levels(value: object) -> object:
    """`{full: [name, gender], dateOfBirth: year}` -> `{name: full, gender: full, dateOfBirth: year}`."""
    if not isinstance(value, dict):
        raise ValueError("write fields and how far they are shown, as in `{full: [name], dateOfBirth: year}`")  # noqa: TRY004 - pydantic reports ValueError
    found: dict[str, str] = {}
    for key, entry in value.items():
        pairs = [(str(word), key) for word in entry] if isinstance(entry, list) else [(key, str(entry))]
        for word, rung in pairs:
            if word in found:
                raise ValueError(f"`{word}` is given twice")
            found[word] = rung
    return found


def shown(value: object) -> object:
    return {} if value == "pointer" else levels(value)


def caps(value: object) -> object:
    """`{Person: {nothing: [home]}, RESIDES_AT: nothing}`; None stands for a type of which nothing is shown."""
    if not isinstance(value, dict):
        raise ValueError("write what is left of each type, as in `{Person: {nothing: [home]}, RESIDES_AT: nothing}`")  # noqa: TRY004 - pydantic reports ValueError
    return {name: None if cap == NOTHING else levels(cap) for name, cap in value.items()}


def recipients(value: object) -> object:
    if value == "everyone":
        return [{"everyone": True}]
    if isinstance(value, dict) and not value.keys() & {"agency", "type", "roles"}:
        return [{"agency": code, "roles": roles} for code, roles in value.items()]
    return listed(value)


def form(value: object) -> str:
    """Whether one word stands there, or a list."""
    return "word" if isinstance(value, str) else "list"


Day = Annotated[str, AfterValidator(day)]
Words = Annotated[tuple[str, ...], BeforeValidator(listed)]
Levels = Annotated[Mapping[str, str], BeforeValidator(levels)]
