"""What a mapping can say of the end of a link."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from connectors.mapped.columns import Strict, is_word
from connectors.mapped.naming import Named, each, one
from graph.vocabulary import Node


class Elsewhere(Strict):
    """A node that another row or dataset states, by the columns of its key; left out where they are empty.

    `owner_column` is the column that names its owner; otherwise it is the file's.
    """

    type: Node
    dataset: str | None = None
    owner_column: str | None = None
    key: list[str] = Field(min_length=1)

    def columns(self) -> Iterator[Named]:
        yield from each("key", self.key)
        yield from one("owner_column", self.owner_column)


class Own(Strict):
    """The importing agency itself, as the hub states it: an Agency, or the School that it is in the register."""

    own: Literal[Node.AGENCY, Node.SCHOOL]


ENDS: Mapping[str, type[Strict]] = {"a thing elsewhere": Elsewhere, "the agency's own": Own}
"""The ends that have keys, by what a validator's location calls them, which is no key."""


def _end(end: object) -> str | None:
    if isinstance(end, dict):
        return "the agency's own" if "own" in end else "a thing elsewhere"
    return "a node of the row" if is_word(end) else None


End = Annotated[
    Annotated[str, Tag("a node of the row")]
    | Annotated[Elsewhere, Tag("a thing elsewhere")]
    | Annotated[Own, Tag("the agency's own")],
    Discriminator(
        _end,
        custom_error_type="end",
        custom_error_message="write the name of a node, `{type: Person, key: [column]}` or `{own: Agency}`",
    ),
]
