"""The directive that says, on a mutation, which act upon which type it is: agreements say who may."""

from typing import Any

import strawberry
from strawberry.schema_directive import Location


@strawberry.schema_directive(
    locations=[Location.FIELD_DEFINITION],
    name="act",
    description="What a mutation does to what; the `may` clauses of the agreements say who may do it.",
)
class Act:
    """An act upon things of one type of the contract."""

    name: str
    on: str


def act(name: str, on: str, description: str) -> Any:  # noqa: ANN401 - strawberry's own field function has no better type
    """Declare a mutation."""
    return strawberry.field(description=description, directives=[Act(name=name, on=on)])
