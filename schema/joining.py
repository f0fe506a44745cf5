"""How comparisons are joined to filters."""

from collections.abc import Callable
from typing import TypeVar

import strawberry

from schema.comparisons import of

Class = TypeVar("Class", bound=type)
_JOINED = (
    ("and_", "and", "list[{name}] | None", "All of these hold."),
    ("or_", "or", "list[{name}] | None", "One of these holds."),
    (
        "not_",
        "not",
        "{name} | None",
        "This does not hold. What is withheld or absent never matches, under `not` neither.",
    ),
)


def which(description: str) -> Callable[[Class], Class]:
    """Declare a filter: beside its own comparisons it can be joined."""

    def declared(cls: Class) -> Class:
        for attribute, name, annotation, text in _JOINED:
            cls.__annotations__[attribute] = annotation.format(name=cls.__name__)
            setattr(cls, attribute, of(text, name))
        return strawberry.input(cls, description=description)

    return declared
