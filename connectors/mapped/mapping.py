"""A mapping: how the rows of one dataset become nodes and links."""

from collections.abc import Iterator
from typing import Literal, Self

from pydantic import Field, model_validator

from connectors.mapped.columns import Column, Strict, Values
from connectors.mapped.ends import Elsewhere, End
from connectors.mapped.naming import Named, below, each, one
from connectors.mapped.targets import NODES, PAST
from graph.vocabulary import Link, Node
from policies.vocabulary import AgencyType, Protection, Sensitivity

_NAME = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"


class Place(Strict):
    """The columns by which a dataset tells one place from another: the UPRN, else the address with its postcode."""

    address: str
    postcode: str
    uprn: str | None = None

    def columns(self) -> Iterator[Named]:
        yield from one("address", self.address)
        yield from one("postcode", self.postcode)
        yield from one("uprn", self.uprn)


class NodeShape(Strict):
    """A node that each row states; a place without an address is left out.

    `protections` are those of the row's that the node carries too; every one where it does not say.
    """

    type: Node
    key: list[str] = Field(default=[])
    place: Place | None = None
    values: Values
    protections: list[Protection] | None = None

    @model_validator(mode="after")
    def _has_one_key(self) -> Self:
        if self.type not in NODES:
            raise ValueError(f"a mapping cannot state nodes of the type {self.type}, only {' or '.join(sorted(NODES))}")
        if bool(self.key) == bool(self.place):
            raise ValueError("a node has either a key or a place")
        return self


class LinkShape(Strict):
    """A link that each row states, between nodes of the row (by name), elsewhere, or the agency's own.

    Its key is that of its two ends, unless it says otherwise.
    """

    type: Link
    start: End
    end: End
    key: list[str] = Field(default=[])
    values: Values = Field(default={})


class MarkingShape(Strict):
    """How rows are marked: what the column says, and what it leaves open as the dataset is marked."""

    sensitivity: Sensitivity
    protections: list[Protection] = Field(default=[])
    column: str | None = None


class Mapping(Strict):
    """One dataset. `owner` is an agency's code; with `owner_type` every agency of a kind brings a file of its own."""

    name: str = Field(pattern=_NAME)
    title: str
    licence: str
    owner: str | None = None
    owner_type: AgencyType | None = None
    delimiter: str = Field(default=",", min_length=1, max_length=1)
    encoding: Literal["utf-8-sig", "cp1252"] = "utf-8-sig"
    marking: MarkingShape
    key: list[str] = Field(min_length=1)
    columns: dict[str, Column] = Field(min_length=1)
    nodes: dict[str, NodeShape] = Field(default={})
    links: list[LinkShape] = Field(default=[])

    @model_validator(mode="after")
    def _has_one_owner(self) -> Self:
        if (self.owner is None) == (self.owner_type is None):
            raise ValueError("a mapping has either an owner or an owner_type")
        if not self.nodes and not self.links:
            raise ValueError("a mapping states at least one node or link")
        return self

    def vital(self) -> frozenset[str]:
        """The columns without which a row cannot stand: keys and required ones."""
        required = (name for name, column in self.columns.items() if column.required)
        return frozenset((*(column for _, column in self.naming()), *required))

    def past(self) -> frozenset[str]:
        """The columns whose dates cannot be still to come."""
        values = (value for node in self.nodes.values() for value in node.values.items())
        return frozenset(column for name, column in values if name in PAST and isinstance(column, str))

    def naming(self) -> Iterator[Named]:
        """The columns that tell one thing from another, each with the path to where it is named."""
        yield from each("key", self.key)
        for name, node in self.nodes.items():
            yield from below(("nodes", name, "place"), node.place.columns()) if node.place else ()
            yield from below(("nodes", name), each("key", node.key))
        for number, link in enumerate(self.links):
            yield from below(("links", number), each("key", link.key))
            for place, end in (("start", link.start), ("end", link.end)):
                if isinstance(end, Elsewhere):
                    yield from below(("links", number, place), end.columns())
