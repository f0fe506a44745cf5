"""A mapping: how the rows of one dataset become nodes and links."""

from collections.abc import Iterable, Iterator
from typing import Self

from pydantic import Field, model_validator

from connectors.mapped.columns import Code, Column, Listed, Strict
from connectors.mapped.targets import LINKS, NODES, Kind, Kinds
from graph.vocabulary import ENDS, Link, Node
from policies.vocabulary import AgencyType, Protection, Sensitivity

_NAME = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
EACH = "each"


class Place(Strict):
    """The columns by which a dataset tells one place from another: the UPRN, else the address with its postcode."""

    address: str
    postcode: str
    uprn: str | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.address, self.postcode, *((self.uprn,) if self.uprn else ()))


class NodeShape(Strict):
    """A node that each row states; a place without an address is left out.

    `protections` are those of the row's that the node carries too; every one where it does not say.
    """

    type: Node
    key: list[str] = Field(default=[])
    place: Place | None = None
    values: dict[str, str | list[str]]
    protections: list[Protection] | None = None

    @model_validator(mode="after")
    def _has_one_key(self) -> Self:
        if self.type not in NODES:
            raise ValueError(f"a mapping cannot state nodes of the type {self.type}")
        if bool(self.key) == bool(self.place):
            raise ValueError("a node has either a key or a place")
        return self


class Elsewhere(Strict):
    """A node that another row or dataset states, by the columns of its key; left out where they are empty.

    `owner` is an agency, `owner_column` the column that names one; otherwise it is the file's owner. A key of `each`
    is the item of the link's list.
    """

    type: Node
    dataset: str | None = None
    owner: str | None = None
    owner_column: str | None = None
    key: list[str] = Field(min_length=1)


class LinkShape(Strict):
    """A link that each row states, between nodes of the row (by name) or elsewhere.

    Stated once for each item of the columns in `each`, where there are any. Its key is that of its two ends, unless
    it says otherwise.
    """

    type: Link
    start: str | Elsewhere
    end: str | Elsewhere
    key: list[str] = Field(default=[])
    each: list[str] = Field(default=[])
    values: dict[str, str | list[str]] = Field(default={})


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
    encoding: str = Field(default="utf-8-sig", pattern=r"^(utf-8-sig|cp1252)$")
    marking: MarkingShape
    key: list[str] = Field(min_length=1)
    columns: dict[str, Column] = Field(min_length=1)
    nodes: dict[str, NodeShape] = Field(default={})
    links: list[LinkShape] = Field(default=[])

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if (self.owner is None) == (self.owner_type is None):
            raise ValueError("a mapping has either an owner or an owner_type")
        if not self.nodes and not self.links:
            raise ValueError("a mapping states at least one node or link")
        for complaint in self._complaints():
            raise ValueError(complaint)
        return self

    def vital(self) -> frozenset[str]:
        """The columns without which a row cannot stand: keys and required ones."""
        keys = [*self.key]
        for node in self.nodes.values():
            keys += node.place.columns if node.place else node.key
        for link in self.links:
            keys += [*link.key, *link.each]
            for end in (link.start, link.end):
                if isinstance(end, Elsewhere):
                    keys += [*end.key, *((end.owner_column,) if end.owner_column else ())]
        required = (name for name, column in self.columns.items() if column.required)
        return frozenset((*keys, *required)) - {EACH}

    def _complaints(self) -> Iterator[str]:
        marking = (self.marking.column,) if self.marking.column else ()
        for column in (*self.vital(), *marking):
            if column not in self.columns:
                yield f"{column} is used as a key, but is not among the columns"
        for name, node in self.nodes.items():
            yield from self._value_complaints(f"nodes.{name}", node.values, NODES[node.type])
        for number, link in enumerate(self.links):
            yield from self._link_complaints(f"links.{number}", link)

    def _link_complaints(self, at: str, link: LinkShape) -> Iterator[str]:
        if link.type not in LINKS:
            yield f"{at}: a mapping cannot state links of the type {link.type}"
            return
        for end, allowed in zip((link.start, link.end), ENDS[link.type], strict=True):
            if isinstance(end, str) and end not in self.nodes:
                yield f"{at}: {end} is not among the nodes"
            elif (self.nodes[end].type if isinstance(end, str) else end.type) not in allowed:
                yield f"{at}: {link.type} cannot begin or end there"
        yield from self._value_complaints(at, link.values, LINKS[link.type])

    def _value_complaints(self, at: str, values: dict[str, str | list[str]], kinds: Kinds) -> Iterator[str]:
        for value, named in values.items():
            if value not in kinds:
                yield f"{at}: {value} is no property; the properties are {', '.join(sorted(kinds))}"
                continue
            for name in [named] if isinstance(named, str) else named:
                if name not in self.columns:
                    yield f"{at}.{value}: {name} is not among the columns"
                elif not _fits(self.columns[name], kinds[value]):
                    yield f"{at}.{value}: the column {name} is not of the kind that the property needs"


def _fits(column: Column, kind: Kind) -> bool:
    if not isinstance(kind, str):
        return isinstance(column, Code) and _all_among(column.codes.values(), kind)
    return column.type == kind or (kind in ("text", "list") and isinstance(column, Code | Listed))


def _all_among(words: Iterable[str], kind: Iterable[str]) -> bool:
    return set(words) <= set(kind)
