"""What one viewer class sees of one type and may do to it, on one day, of the classes that this process knows."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from policies.catalogue import TypeEntry
from policies.classes import FactClass
from policies.clauses import common
from policies.decision import Case, Decision, bounds, case
from policies.engine import Engine
from policies.terms import Term, conditions
from policies.viewer import ViewerClass
from policies.vocabulary import Purpose

Assignment = tuple[bool | None, ...]
Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

_VIEWS_KEPT = 1024
_NEEDS_KEPT = 256
_NOTHING = Decision(offered={}, shares={})


class View:
    """Masks and the sets of classes that follow from them; both read the same decisions.

    Facts are given in the order of `conditions`, None being unknown. What it has decided it keeps: at most one
    decision for each known class and assignment.
    """

    def __init__(self, entry: TypeEntry, terms: tuple[Term, ...], cases: Mapping[str, tuple[Case, ...]]) -> None:
        self.entry = entry
        self.terms = terms
        self.conditions = conditions(terms)
        self._cases = cases
        self._masks: dict[tuple[str, Assignment], int] = {}
        self._decisions: dict[tuple[str, Assignment], Decision] = {}
        self._sets: dict[int, tuple[tuple[str, ...], ...]] = {}
        self._asked: dict[int, tuple[str, ...]] = {}

    def mask(self, fact_class: str, facts: Sequence[bool | None]) -> int:
        """What is shown; 0 for a class that is not known."""
        key = (fact_class, tuple(facts))
        found = self._masks.get(key)
        return self._decide(key).mask if found is None else found

    def granted(self, fact_class: str, facts: Sequence[bool | None]) -> int:
        """The union of grants, before any limit."""
        return self._decide((fact_class, tuple(facts))).granted

    def ordinary(self, fact_class: str, facts: Sequence[bool | None]) -> int:
        """What is left after the limits that are not protective: what may be said about withholding."""
        return self._decide((fact_class, tuple(facts))).ordinary

    def shares(self, fact_class: str, facts: Sequence[bool | None]) -> tuple[tuple[str, int], ...]:
        """What each agreement alone shows, after all limits; their union is the mask."""
        shares = self._decide((fact_class, tuple(facts))).shares
        return tuple((agreement, mask) for agreement, mask in sorted(shares.items()) if mask)

    def offered(self, fact_class: str, facts: Sequence[bool | None]) -> tuple[tuple[str, int], ...]:
        """What each agreement alone would show but for protective limits: what may be said about withholding."""
        return tuple(sorted(self._decide((fact_class, tuple(facts))).offered.items()))

    def cases(self, fact_class: str) -> tuple[Case, ...]:
        """What decides on a class, one for each of the viewer's roles; nothing where no grant can reach it."""
        return self._cases.get(fact_class, ())

    def sets(self, need: int) -> tuple[tuple[str, ...], ...]:
        """For each term the classes of which a bit of `need` is shown as soon as the term holds.

        A class stands with the most general terms only. For every assignment, a class is in the set of some term
        that holds exactly where `mask(class, assignment) & need` is not 0.
        """
        found = self._sets.get(need)
        if found is None:
            if len(self._sets) >= _NEEDS_KEPT:
                self._sets.clear()
            found = self._sets[need] = self._need(need)
        return found

    def asked(self, need: int) -> tuple[str, ...]:
        """The conditions, in their order, that make a difference to `need` in some known class, or to its visibility.

        Left unknown, all others change nothing: not how far a field of `need` is shown, nor what is said of it.
        """
        found = self._asked.get(need)
        if found is None:
            if len(self._asked) >= _NEEDS_KEPT:
                self._asked.clear()
            always = frozenset(self.sets(self.entry.full)[0])
            asked = frozenset[str]().union(
                *(
                    one.asked(need if fact_class in always else self.entry.full)
                    for fact_class, cases in self._cases.items()
                    for one in cases
                )
            )
            found = self._asked[need] = tuple(one for one in self.conditions if one in asked)
        return found

    def _need(self, need: int) -> tuple[tuple[str, ...], ...]:
        members: list[list[str]] = [[] for _ in self.terms]
        assignments = [self.assignment(term) for term in self.terms]
        for fact_class in sorted(self._cases):
            reached: list[frozenset[tuple[str, bool]]] = []
            for at, term in enumerate(self.terms):
                literals = frozenset(term)
                if any(general <= literals for general in reached):
                    continue
                if self.mask(fact_class, assignments[at]) & need:
                    reached.append(literals)
                    members[at].append(fact_class)
        return tuple(map(tuple, members))

    def assignment(self, term: Term) -> Assignment:
        """The facts that a term asks for; all others unknown."""
        wanted = dict(term)
        return tuple(wanted.get(condition) for condition in self.conditions)

    def _decide(self, key: tuple[str, Assignment]) -> Decision:
        found = self._decisions.get(key)
        if found is not None:
            return found
        fact_class, facts = key
        cases = self.cases(fact_class)
        if not cases:
            return _NOTHING
        known = dict(zip(self.conditions, facts, strict=True))
        decision = _NOTHING
        for one in cases:
            decision = decision.joined(one.decide(known))
        self._decisions[key] = decision
        self._masks[key] = decision.mask
        return decision


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """The immutable pair that a request holds from start to end: the engine and the classes that are known."""

    engine: Engine
    classes: frozenset[str]
    _views: dict[tuple[ViewerClass, str, str], View] = field(default_factory=dict, init=False, repr=False)
    _acts: dict[tuple[ViewerClass, str, str], View] = field(default_factory=dict, init=False, repr=False)
    _purposes: dict[tuple[str, frozenset[str], str], tuple[Purpose, ...]] = field(
        default_factory=dict, init=False, repr=False
    )
    _open: dict[tuple[ViewerClass, str, str], Mapping[str, frozenset[str]]] = field(
        default_factory=dict, init=False, repr=False
    )
    _by_type: dict[str, dict[str, FactClass]] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        """Sort the classes by type; one that cannot be read is left out, and so is invisible."""
        for text in self.classes:
            try:
                parsed = FactClass.parse(text)
            except ValueError:
                continue
            self._by_type.setdefault(parsed.type, {})[text] = parsed

    def view(self, viewer_class: ViewerClass, type_name: str, day: str) -> View:
        """What such a viewer sees of a type on a day (ISO); kept, as all in a role share it."""
        found = self._views.get((viewer_class, type_name, day))
        return found or self._keep(self._views, viewer_class, self.engine.catalogue.types[type_name], day)

    def acts(self, viewer_class: ViewerClass, type_name: str, day: str) -> View:
        """What such a viewer may do to records of a type on a day; it says nothing of whether they see them."""
        found = self._acts.get((viewer_class, type_name, day))
        return found or self._keep(self._acts, viewer_class, self.engine.catalogue.acts[type_name], day)

    def purposes(self, agency: str, roles: frozenset[str], day: str) -> tuple[Purpose, ...]:
        """The purposes that such a viewer could state on a day; kept, as every request asks."""
        return _kept(self._purposes, (agency, roles, day), lambda: self.engine.purposes(agency, roles, day))

    def open_to(self, viewer_class: ViewerClass, type_name: str, day: str) -> Mapping[str, frozenset[str]]:
        """By act, to whose records of a type some agreement lets such a viewer do it; kept, as every page asks.

        It is the most that there can be: whatever else an agreement asks of a record, and limits, only narrow it. It
        looks at agreements, and at no record or class of records: so it tells nothing of what the hub holds.
        """
        key = (viewer_class, type_name, day)
        return _kept(self._open, key, lambda: self._opened(viewer_class, self.engine.catalogue.acts[type_name], day))

    def _opened(self, viewer: ViewerClass, entry: TypeEntry, day: str) -> Mapping[str, frozenset[str]]:
        offers = [
            offer for role in sorted(viewer.roles) or [""] for offer in self.engine.offers(viewer, role, entry, day)
        ]
        reached = [
            (offer.grant.bits, common(offer.owners, clause.owners) or frozenset())
            for offer in offers
            for clause in offer.grant.clauses
        ]
        found = {
            act: frozenset[str]().union(*(who for bits, who in reached if bits & entry.top(act)))
            for act in entry.by_name
        }
        return {act: owners for act, owners in found.items() if owners}

    def _keep(
        self, views: dict[tuple[ViewerClass, str, str], View], viewer: ViewerClass, entry: TypeEntry, day: str
    ) -> View:
        return _kept(views, (viewer, entry.name, day), lambda: self._compile(viewer, entry, day))

    def _compile(self, viewer: ViewerClass, entry: TypeEntry, day: str) -> View:
        terms, sides = self.engine.terms[entry], []
        for role in sorted(viewer.roles) or [""]:
            offers = self.engine.offers(viewer, role, entry, day)
            if offers:
                sides.append((offers, bounds(entry, conditions(terms), self.engine.limits_on(viewer, role))))
        cases: dict[str, tuple[Case, ...]] = {}
        for text, facts in self._by_type.get(entry.name, {}).items():
            prepared = (case(viewer.agency, facts, offers, limits) for offers, limits in sides)
            found = tuple(one for one in prepared if one is not None)
            if found:
                cases[text] = found
        return View(entry, terms, cases)


def _kept(kept: dict[Key, Value], key: Key, make: Callable[[], Value]) -> Value:
    """What is kept under a key, or is made now; what was kept longest goes when there is too much."""
    found = kept.get(key)
    if found is None:
        while len(kept) >= _VIEWS_KEPT:
            kept.pop(next(iter(kept)), None)
        found = kept.setdefault(key, make())
    return found
