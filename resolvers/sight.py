"""How far a viewer sees one type: each decision is made once a class and set of conditions, then looked up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from policies.catalogue import TypeEntry
from policies.classes import FactClass
from policies.view import View
from policies.vocabulary import DataClass
from resolvers.kept import Made
from resolvers.told import Telling, Withheld, Withholding


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Decision:
    """What a viewer sees of a record: rungs by field, and what grants alone would give; and whose record it is."""

    visible: bool
    rungs: dict[str, int]
    granted: int
    ordinary: int
    offered: tuple[tuple[str, int], ...]
    telling: Telling
    owner: str
    dataset: str


@dataclass(slots=True, kw_only=True)
class Sight:
    """The view of a type, for the fields that a plan selects; `conditions` are those that come with each row.

    What it decides it keeps for whoever uses the plan.
    """

    view: View
    fields: tuple[str, ...]
    conditions: tuple[str, ...]
    _decisions: Made[tuple[str | None, tuple[bool | None, ...]], Decision] = field(default_factory=Made)
    width: int = field(init=False)
    """How many conditions come back with a row."""
    _withholdings: Made[frozenset[Decision], Withholding] = field(default_factory=Made)

    def __post_init__(self) -> None:
        self.width = len(self.conditions)

    @property
    def entry(self) -> TypeEntry:
        return self.view.entry

    def decide(self, facts: str | None, conditions: Sequence[bool | None]) -> Decision:
        """Decide on a record by its class and the conditions that came back with it."""
        key = (facts, tuple(conditions))
        found = self._decisions.get(key)
        if found is None:
            known = dict(zip(self.conditions, conditions, strict=True))
            assignment = tuple(known.get(condition) for condition in self.view.conditions)
            found = self._decisions.keep(key, self._decide(facts or "", assignment))
        return found

    def _decide(self, facts: str, conditions: tuple[bool | None, ...]) -> Decision:
        mask = self.view.mask(facts, conditions)
        rungs = {name: self.entry.rung(mask, name) for name in self.fields}
        told = {name: rung for name, rung in rungs.items() if rung}
        shares, whose = self.view.shares(facts, conditions), FactClass.parse(facts) if mask else None
        telling = Telling(
            type=self.entry.name,
            facts=facts,
            fields={name: self.entry.by_name[name].ladder[rung - 1] for name, rung in told.items()},
            agreements=tuple(name for name, share in shares if share & mask),
            personal=self._personal(told),
        )
        return Decision(
            visible=mask != 0,
            rungs=rungs,
            granted=self.view.granted(facts, conditions),
            ordinary=self.view.ordinary(facts, conditions),
            offered=self.view.offered(facts, conditions),
            telling=telling,
            owner=(whose and whose.owner) or "",
            dataset=(whose and whose.dataset) or "",
        )

    def _personal(self, told: Iterable[str]) -> bool:
        """Whether telling these fields, or without any that the record exists, is telling of a person."""
        names = tuple(told) or tuple(self.entry.by_name)
        return any(self.entry.by_name[name].data_class is not DataClass.NON_PERSONAL for name in names) or (
            not self.entry.fields and self.entry.name in _TELLS_BY_EXISTING
        )

    def withholding(self, decisions: frozenset[Decision]) -> Withholding:
        """Say what is withheld of the selected fields of things that are decided so."""
        found = self._withholdings.get(decisions)
        if found is None:
            entries = self._withheld(decisions, self.fields)
            found = self._withholdings.keep(decisions, Withholding(type=self.entry.name, entries=entries))
        return found

    def access(self, decisions: frozenset[Decision]) -> dict[str, Any]:
        """Say how much a viewer may see, by grants and by limits that are not protective."""
        withheld = self._withheld(decisions, self.entry.by_name)
        some = any(self.entry.rung(decision.ordinary, name) for decision in decisions for name in self.entry.by_name)
        return {
            "level": ("MASKED" if some else "POINTER") if withheld else "FULL",
            "withheld": [
                {"field": entry.field, "reason": entry.reason, "agreement": entry.agreement} for entry in withheld
            ],
        }

    def _withheld(self, decisions: frozenset[Decision], fields: Iterable[str]) -> tuple[Withheld, ...]:
        """List the fields that no visible record's grants reach in full, whether or not there is a value."""
        found = (self._withheld_field(decisions, name) for name in fields)
        return tuple(entry for entry in found if entry is not None)

    def _withheld_field(self, decisions: frozenset[Decision], name: str) -> Withheld | None:
        top = self.entry.top(name)
        if any(decision.ordinary & top for decision in decisions):
            return None
        if any(decision.granted & top for decision in decisions):
            return Withheld(field=name, reason="LIMIT", agreement=None)
        rung = max((self.entry.rung(decision.ordinary, name) for decision in decisions), default=0)
        if rung == 0:
            return Withheld(field=name, reason="NOT_GRANTED", agreement=None)
        bit = self.entry.bit(name, rung)
        blurring = (agreement for decision in decisions for agreement, share in decision.offered if share & bit)
        return Withheld(field=name, reason="MASKED", agreement=min(blurring, default=None))


_TELLS_BY_EXISTING = frozenset({"PARTICIPATES_IN"})
"""Links without fields whose mere existence tells of people."""
