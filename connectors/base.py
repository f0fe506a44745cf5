"""What a connector is: a few declared attributes and a pure parse."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from graph.records import Marking, Ref, Row
from graph.vocabulary import Node
from policies.vocabulary import AgencyType


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a parse is told from outside: whose file it is, which day it is, and where points lie.

    `today` is an ISO day: some dates cannot lie after it.
    `ward_at` gives the code of the ward of a longitude and latitude, `degrees_of` the longitude and latitude of an
    easting and northing of the British National Grid; None where there is none. `own` are the nodes in which the hub
    states whose file it is: the Agency, and of a school in the register the School.
    """

    owner: str
    today: str
    ward_at: Callable[[float, float], str | None]
    degrees_of: Callable[[float, float], tuple[float, float] | None]
    own: Mapping[Node, Ref] = field(default_factory=dict)


Parse = Callable[[BinaryIO, Context], Iterator[Row]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Connector:
    """A dataset that the hub can read.

    Either `owner` is the one agency (or `hub`) whose dataset it is, or `owner_type` says which kind of agency brings
    its own. `marking` is how a row is marked that does not say otherwise. `parse` reads a seekable binary file from
    its beginning, gives the same rows for the same bytes and context, holds no more than one row in memory (JSON: one
    small file), and raises FileRefused before its first row or not at all.
    """

    name: str
    title: str
    dataset: str
    licence: str
    marking: Marking
    parse: Parse
    owner: str | None = None
    owner_type: AgencyType | None = None
    places_points: bool = False
    """Whether points are placed in wards, so that the wards must have been imported before."""
    uniform: bool = False
    """Whether every fact is marked as the dataset is, so that no row can raise what an earlier one states."""
