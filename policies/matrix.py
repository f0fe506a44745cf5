"""The matrix: who is shown what and may do what, for which purpose, as far as agreements give and limits leave."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import product

from policies.aspects import Aspect, acts, aspects
from policies.classes import FactClass
from policies.decision import may_trigger
from policies.engine import Engine
from policies.terms import Term
from policies.view import Snapshot, View
from policies.viewer import ViewerClass
from policies.vocabulary import Protection, Purpose, Sensitivity


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """Somebody who may ask: in one role, for one purpose, or without stating one."""

    agency: str
    role: str
    purpose: Purpose | None

    @property
    def viewer(self) -> ViewerClass:
        return ViewerClass(agency=self.agency, roles=frozenset({self.role}), purpose=self.purpose)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Leaves:
    """A limit, and the rung that is left of a field where it holds."""

    limit: str
    rung: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """How far one field, or `pointer`, of an owner's records is shown while the literals of `term` hold.

    An act stands in the place of a field, with the rung `may`. Of those `datasets` and sensitivities only; none named
    are all. `limits` leave less where they hold.
    """

    seat: Seat
    type: str
    field: str
    owner: str
    datasets: tuple[str, ...]
    sensitivities: tuple[Sensitivity, ...]
    term: Term
    rung: str
    agreements: tuple[str, ...]
    limits: tuple[Leaves, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What a line says, without the records of which it says so."""

    owner: str
    term: Term
    rung: int
    agreements: tuple[str, ...]
    limits: tuple[Leaves, ...]


@dataclass(frozen=True, slots=True)
class _Held:
    """What a limit leaves, of the most that there would be without it."""

    limit: str
    left: int
    most: int


_Decided = tuple[tuple[tuple[str, int], ...], frozenset[_Held]]
"""What each agreement shows of a record while a term holds, and what limits leave of it."""


def seats(engine: Engine, day: str) -> Iterator[Seat]:
    """Everybody of the partnership: each role with every purpose that it may state on the day, and with none."""
    for code, agency in sorted(engine.agencies.items()):
        for role in agency.roles:
            for purpose in (None, *engine.purposes(code, {role}, day)):
                yield Seat(agency=code, role=role, purpose=purpose)


def plain_classes(engine: Engine) -> frozenset[str]:
    """Every class that the partnership's datasets could have, without protections."""
    return frozenset(
        str(
            FactClass(
                type=type_name,
                owner=owner,
                dataset=dataset,
                sensitivity=sensitivity,
                marked=frozenset(),
                protections=frozenset(),
            )
        )
        for owner, datasets in engine.datasets.items()
        for type_name, dataset, sensitivity in product(engine.catalogue.types, datasets, Sensitivity)
    )


class Matrix:
    """Reads lines off the sets of views over unprotected classes, and limits off the same classes, wholly protected.

    A record that itself carries a marking which a protective limit names is left aside: outside the agency that wrote
    it nothing of it is there, except for roles that the limit spares.
    """

    def __init__(self, engine: Engine, day: str, classes: Collection[str]) -> None:
        self._day = day
        self._records = {text: FactClass.parse(text) for text in classes}
        self._universe = _universe(self._records.values())
        self._protected = {text: str(_protected(record)) for text, record in self._records.items()}
        self._snapshot = Snapshot(engine, frozenset(classes))
        self._guarded = Snapshot(engine, frozenset(self._protected.values()))
        self._alike: dict[_Decided, _Decided] = {}

    def lines(self, seat: Seat, types: Iterable[str]) -> Iterator[Line]:
        """What somebody is shown and may do, by type and field, the least demanding terms of each owner first."""
        snapshots = (self._snapshot, self._guarded)
        for type_name in types:
            view, guarded = (one.view(seat.viewer, type_name, self._day) for one in snapshots)
            yield from self._lines(seat, aspects(view.entry), view, guarded)
            if type_name in self._snapshot.engine.catalogue.acts:
                view, guarded = (one.acts(seat.viewer, type_name, self._day) for one in snapshots)
                yield from self._lines(seat, acts(view.entry), view, guarded)

    def _lines(self, seat: Seat, told: Iterable[Aspect], view: View, guarded: View) -> Iterator[Line]:
        type_name, decided = view.entry.name, cache(partial(self._decided, view, guarded))
        for aspect in told:
            said = self._said(aspect, view, decided)
            for one in sorted(said, key=lambda one: (one.owner, len(one.term), one.term, one.rung)):
                for datasets, sensitivities in self._described(type_name, one.owner, said[one]):
                    yield Line(
                        seat=seat,
                        type=type_name,
                        field=aspect.name,
                        owner=one.owner,
                        datasets=datasets,
                        sensitivities=sensitivities,
                        term=one.term,
                        rung=aspect.word(one.rung),
                        agreements=one.agreements,
                        limits=one.limits,
                    )

    def _said(
        self, aspect: Aspect, view: View, decided: Callable[[str, Term], _Decided]
    ) -> Mapping[_Said, list[FactClass]]:
        found, reasons = defaultdict[_Said, list[FactClass]](list), cache(partial(_reasons, aspect))
        for (text, term), rung in _reached(aspect, view).items():
            agreements, limits = reasons(decided(text, term), rung)
            owner = str(self._records[text].owner)
            said = _Said(owner=owner, term=term, rung=rung, agreements=agreements, limits=limits)
            found[said].append(self._records[text])
        return found

    def _decided(self, view: View, guarded: View, text: str, term: Term) -> _Decided:
        """What the policies say of a record; classes of which they say the same are given the same object."""
        found = (view.shares(text, view.assignment(term)), self._held(view, guarded, text, term))
        return self._alike.setdefault(found, found)

    def _held(self, view: View, guarded: View, text: str, term: Term) -> frozenset[_Held]:
        """What limits leave of a record and of what is granted of it, and would leave if it were protected."""
        facts = view.assignment(term)
        literals = dict(zip(view.conditions, facts, strict=True))
        shown, found = view.mask(text, facts), set[_Held]()
        sides = [(case, view.granted(text, facts)) for case in view.cases(text)]
        sides += [(case, shown) for case in guarded.cases(self._protected[text])]
        for case, most in sides:
            known = case.known(literals)
            found |= {_Held(one.limit, one.left, most) for one in case.held if may_trigger(one.alternatives, known)}
            for hidden in case.hidden:
                if hidden.conditions & dict(term).keys() and may_trigger(hidden.alternatives, known):
                    unlit = literals | dict.fromkeys(hidden.conditions & literals.keys())
                    found.add(_Held(hidden.limit, view.mask(text, tuple(unlit.values())), shown))
        return frozenset(found)

    def _described(
        self, type_name: str, owner: str, records: Iterable[FactClass]
    ) -> Iterator[tuple[tuple[str, ...], tuple[Sensitivity, ...]]]:
        """Datasets with the sensitivities that are meant of them; none named where it is all that the owner has."""
        whole, meant = self._universe[type_name, owner], _sensitivities(records)
        groups: dict[tuple[Sensitivity, ...], list[str]] = defaultdict(list)
        for dataset, ranks in sorted(meant.items()):
            groups[() if ranks == whole[dataset] else tuple(rank for rank in Sensitivity if rank in ranks)].append(
                dataset
            )
        for named, datasets in groups.items():
            yield () if datasets == sorted(whole) else tuple(datasets), named


def _reasons(aspect: Aspect, decided: _Decided, rung: int) -> tuple[tuple[str, ...], tuple[Leaves, ...]]:
    """The agreements that show an aspect that far, and the limits that leave less of it than there would be."""
    shares, held = decided
    agreements = tuple(name for name, mask in shares if mask & aspect.bit(rung))
    lefts = ((one.limit, aspect.rung(one.left)) for one in held if aspect.rung(one.left) < aspect.rung(one.most))
    return agreements, tuple(sorted({Leaves(limit=limit, rung=aspect.word(left)) for limit, left in lefts}))


def _universe(records: Iterable[FactClass]) -> Mapping[tuple[str, str], dict[str, set[Sensitivity]]]:
    alike: dict[tuple[str, str], list[FactClass]] = defaultdict(list)
    for record in records:
        alike[record.type, str(record.owner)].append(record)
    return {key: _sensitivities(found) for key, found in alike.items()}


def _protected(record: FactClass) -> FactClass:
    return replace(record, protections=frozenset(Protection))


def _reached(aspect: Aspect, view: View) -> Mapping[tuple[str, Term], int]:
    """How far the aspect of each class is shown as soon as a term holds, where no more general term shows as much."""
    reached: dict[tuple[str, Term], int] = {}
    for rung in range(1, len(aspect.ladder) + 1):
        for term, members in zip(view.terms, view.sets(aspect.bit(rung)), strict=True):
            reached |= {(text, term): rung for text in members}
    return reached


def _sensitivities(records: Iterable[FactClass]) -> dict[str, set[Sensitivity]]:
    found: dict[str, set[Sensitivity]] = defaultdict(set)
    for record in records:
        if record.dataset is not None and record.sensitivity is not None:
            found[record.dataset].add(record.sensitivity)
    return found
