"""What a read asks for, before it is Cypher: nodes, the links below them, and the guards on each."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from graph.vocabulary import Former, Link, Node

Term = tuple[tuple[str, bool], ...]
"""Literals that hold together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """Which classes of facts pass: `sets[i]` holds those that pass where every literal of `terms[i]` holds."""

    terms: tuple[Term, ...]
    sets: tuple[tuple[str, ...], ...]


class Given:
    """A value that a statement is given when it runs: a plan knows where it stands, and so serves every value.

    Whoever compares, writes down or weighs one instead of asking for its value gets a TypeError.
    """

    __slots__ = ("path",)

    def __init__(self, *path: str | int) -> None:
        self.path = path

    def of(self, values: Mapping[str, Any]) -> Any:  # noqa: ANN401 - whatever is given
        """Take the value; raises KeyError where it is not given."""
        found: Any = values
        for step in self.path:
            found = found[step]
        return found

    def __eq__(self, _other: object) -> bool:
        raise self._unknown

    def __hash__(self) -> int:
        raise self._unknown

    def __bool__(self) -> bool:
        raise self._unknown

    def __str__(self) -> str:
        raise self._unknown

    @property
    def _unknown(self) -> TypeError:
        return TypeError(f"the value of {self.path[0]} is not known before the statement runs")


class Direction(StrEnum):
    """How a link is read from the node at hand."""

    OUT = "OUT"
    IN = "IN"
    BOTH = "BOTH"


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """Rows that hang on a node by a property instead of a link, by their columns: what an import set aside.

    Comes back as `[total, [values, ...]]`, one more than `first`, and with the node's id where `is_anchored`. `after`
    is how many were read before.
    """

    label: str
    key: str
    columns: tuple[str, ...]
    first: int
    count: bool
    after: int = 0
    is_anchored: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeRead:
    """A node's sheet, the columns that do not stand there, and its links; of a person the sheet of each visible record.

    Comes back as `[id, facts, *conditions, *sheet, *columns, *links, *details, *timelines]`, a person as `[id, records,
    *links, *timelines, holders]` with records `[facts, *conditions, sheet]`. A sheet is text (graph.sheets), of others
    than people there where `has_sheet`. `holders` are the agencies of the visible records, read as `holder` says.
    """

    node: Node
    row: Guard
    conditions: tuple[str, ...] = ()
    has_sheet: bool = False
    columns: tuple[str, ...] = ()
    links: tuple["LinkRead", ...] = ()
    details: tuple[Detail, ...] = ()
    timelines: tuple["Timeline", ...] = ()
    holder: "NodeRead | None" = None


class Operator(StrEnum):
    """How a column is compared."""

    EQUALS = "EQUALS"
    ONE_OF = "ONE_OF"
    STARTS_WITH = "STARTS_WITH"
    AT_LEAST = "AT_LEAST"
    AT_MOST = "AT_MOST"
    FROM_DAY = "FROM_DAY"
    UNTIL_DAY = "UNTIL_DAY"
    HOLDS = "HOLDS"
    LASTS = "LASTS"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Matches where the guard of the compared field passes, the value is known, and it compares (or, negated, not)."""

    column: str
    operator: Operator
    value: str | int | tuple[str, ...] | Given
    guard: Guard
    negated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AllOf:
    """Matches where every part does."""

    parts: tuple["Where", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyOf:
    """Matches where some part does."""

    parts: tuple["Where", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """Matches where some visible node behind a visible link does.

    Negated: where none does, and of some it is known that it does not (`unlike`).
    """

    link: Link
    direction: Direction
    edge: Guard
    target: Node
    row: Guard
    where: "Where"
    unlike: "Where | None" = None


Where = Comparison | AllOf | AnyOf | Behind


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Orders by a column where its guard passes; the others stand last, whichever way the order runs."""

    column: str
    guard: Guard
    is_descending: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """After which row to read on: its order value (null stands last) and its id."""

    key: str | int | None
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRead:
    """The nodes behind one type of link: `first` of them, in an order, or in that of their ids.

    Comes back as `[total, [[edges, target], ...]]` with an edge `[id, facts, *conditions, lastSeen, *columns]`; total
    is null unless `count`. Where it is ordered, the order's value follows each target; where it `is_anchored`, the id
    of the near node follows the rows. One more than `first` is read, to tell whether more follow. `where` is about
    the far node, `edges` about the link: some edge must match, and all are read.
    """

    link: Link
    direction: Direction
    edge: Guard
    conditions: tuple[str, ...]
    columns: tuple[str, ...]
    target: NodeRead
    first: int
    count: bool
    where: Where | None = None
    edges: Where | None = None
    order: Order | None = None
    after: Position | None = None
    is_anchored: bool = False


class Dated(StrEnum):
    """What it is that has the date of an event."""

    NODE = "NODE"
    LINK = "LINK"
    TARGET = "TARGET"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A way over visible links to visible nodes; `conditions` and `columns` are the link's, and come with an event."""

    link: Link | Former
    direction: Direction
    edge: Guard
    conditions: tuple[str, ...]
    columns: tuple[str, ...]
    target: Node
    row: Guard


@dataclass(frozen=True, slots=True, kw_only=True)
class Midway:
    """A first step, and the `conditions` of the node from which another goes on."""

    step: Step
    conditions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """Events of one kind, dated by a column where `guard` lets that through.

    The column is one of the node at hand (of a person: of its records), of a link, or of the node behind one.
    `conditions` are those of what has the date, unless it is a link. Where there is something `midway`, which a
    person's have not, the step goes on from there.
    """

    dated: Dated
    column: str
    guard: Guard
    conditions: tuple[str, ...] = ()
    step: Step | None = None
    midway: Midway | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """What happened to a node, the latest first: one more than `first`.

    Comes back as `[total, events, *found, agencies]`, with the node's id where it `is_anchored`. An event is `[at,
    place of its happening, its own id, id of its subject, owner, dataset, dated, links, midway]`: `dated` is `[id,
    facts, *conditions]` of a node, null for a link; `links` are `[id, facts, *conditions, *columns]`; of what lies
    midway both, as `[dated, links]`, else null. `found` are the subjects by `subjects`, each with the places of the
    happenings that it serves, as look-ups are; agencies by code.
    """

    happenings: tuple[Happening, ...]
    first: int
    count: bool
    subjects: tuple[tuple["NodeRead", str, tuple[int, ...]], ...] = ()
    agencies: "NodeRead | None" = None
    after: Position | None = None
    is_anchored: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A page of nodes. Comes back as `[total, [[key, node], ...]]`, one more than `first`; or by record (listings)."""

    node: NodeRead
    first: int
    where: Where | None = None
    order: Order | None = None
    after: Position | None = None
    count: bool = False
    is_keyed: bool = True
    """Whether a key is told: what it is ordered by, else null."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """Nodes by a property: an id, or a code. Comes back as `[[wanted, node], ...]`; what is not visible is left out.

    People are found by `personId`, a retired one as its successor, or by the `recordId` of a visible record.
    """

    node: NodeRead
    by: str
    wanted: tuple[str, ...] | Given


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewpoint:
    """What conditions are evaluated against: the viewer's agency and wards, and the day (ISO)."""

    agency: str
    wards: tuple[str, ...] | Given
    day: str
