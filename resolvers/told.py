"""What one answer tells, gathered while it is read."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from resolvers.cursors import Cursors, Scope
from resolvers.ledger import Alteration, Disclosure

_MOST_CLOSED_FIRST = ("NOT_GRANTED", "LIMIT", "MASKED")


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """A field that a viewer does not get in full, and why."""

    field: str
    reason: str
    agreement: str | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Withholding:
    """What is withheld of all things of one type that are decided alike."""

    type: str
    entries: tuple[Withheld, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Telling:
    """What is told of every record of one class under the same conditions."""

    type: str
    facts: str
    fields: Mapping[str, str]
    agreements: tuple[str, ...]
    personal: bool


@dataclass(slots=True, kw_only=True)
class Told:
    """The disclosures of one request, its `changes`, what it withheld, and rows that came back against the decision.

    `compared` are the fields by which it finds and orders, `values` what the request brings; `refusal` is the code of a
    change that was not made. `is_again` says that the same was asked before, by whomever.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    is_again: bool = False
    records: dict[Telling, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    withholdings: dict[Withholding, None] = field(default_factory=dict)
    compared: set[str] = field(default_factory=set)
    changes: list[Alteration] = field(default_factory=list)
    refusal: str | None = None
    divergences: int = 0
    _cursors: dict[Scope, Cursors] = field(default_factory=dict)

    def cursors(self, scope: Scope) -> Cursors:
        """The cursors of a page for whoever is told."""
        found = self._cursors.get(scope)
        if found is None:
            found = self._cursors[scope] = scope.cursors(lambda given: given.of(self.values))
        return found

    def tell(self, telling: Telling, record: str) -> None:
        """Note that a record is told of."""
        self.records[telling][record] = None

    def join(self, other: "Told") -> None:
        """Note all that another notes of this request."""
        for telling, records in other.records.items():
            self.records[telling].update(records)
        self.withholdings.update(other.withholdings)
        self.divergences += other.divergences

    def withhold(self, withholding: Withholding) -> None:
        """Note fields that are withheld."""
        self.withholdings[withholding] = None

    def withheld(self) -> dict[tuple[str, str], Withheld]:
        """Sum up for the answer, by type and field; of several reasons the most closed one counts."""
        found: dict[tuple[str, str], Withheld] = {}
        for withholding in self.withholdings:
            for entry in withholding.entries:
                key = (withholding.type, entry.field)
                found[key] = min(found.get(key, entry), entry, key=_rank)
        return found

    def disclosures(self) -> tuple[Disclosure, ...]:
        """Sum up for the ledger."""
        return tuple(
            Disclosure(
                type=telling.type,
                facts=telling.facts,
                records=tuple(records),
                fields=telling.fields,
                agreements=telling.agreements,
                personal=telling.personal,
            )
            for telling, records in self.records.items()
        )


def _rank(entry: Withheld) -> tuple[int, str]:
    return (_MOST_CLOSED_FIRST.index(entry.reason), entry.agreement or "")
