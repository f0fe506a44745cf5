"""Facts as values: what a connector says of one row, before anything is stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.vocabulary import Link, Node
from policies.vocabulary import Protection, Sensitivity

Value = str | int | float | bool | list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Marking:
    """How a fact is marked by who states it; mandatory on import."""

    sensitivity: Sensitivity
    protections: frozenset[Protection] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Whose fact it is: `council/asb-people/17` as a source key, which is written once and asked for often."""

    owner: str
    dataset: str
    key: str
    _written: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_written", f"{self.owner}/{self.dataset}/{self.key}")

    def __str__(self) -> str:
        return self._written


@dataclass(frozen=True, slots=True, kw_only=True)
class Ref:
    """A node named by its source key."""

    type: Node
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeFact:
    """What a dataset says of one thing; `values` hold the type's properties by their names in the contract."""

    type: Node
    source: Source
    marking: Marking
    values: Mapping[str, Value]

    @property
    def ref(self) -> Ref:
        return Ref(type=self.type, source=self.source)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkFact:
    """What a dataset says of two things; `source.key` names the assertion itself."""

    type: Link
    source: Source
    marking: Marking
    start: Ref
    end: Ref
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject:
    """A row or one value of it that cannot be stored: where and why. `raw` stays in the hub."""

    line: int
    column: str | None
    reason: str
    raw: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a file: the facts that it states, and the values that were set aside.

    A row without facts is quarantined whole and then has at least one reject. `key` is the row's own key in its
    file, by which a second row with the same key is found out; None where the row could not be read that far.
    """

    line: int
    key: str | None
    facts: tuple[NodeFact | LinkFact, ...]
    rejects: tuple[Reject, ...] = ()
