"""Why a viewer is shown as much of a record as they are, and may do to it what they may.

For auditors, who may know what a limit hides.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from policies.aspects import Aspect, acts, aspects
from policies.catalogue import TypeEntry
from policies.classes import FactClass
from policies.conditions import ordered
from policies.decision import Alternatives, Case, Facts, Given, Held, may_trigger
from policies.view import Assignment, Snapshot, View
from policies.viewer import Viewer


@dataclass(frozen=True, slots=True, kw_only=True)
class Gift:
    """A grant whose conditions hold, and the rung that it gives before any limit."""

    agreement: str
    grant: str
    rung: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap:
    """A limit that holds, and the rung that it leaves; it holds while none of `conditions` is known to be false."""

    limit: str
    rung: str
    conditions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmet:
    """A grant that would give more, up to `rung` with all limits, if these conditions were true too."""

    agreement: str
    grant: str
    rung: str
    conditions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Veiled:
    """A grant that could give more, but for limits that make conditions unknown on which it depends."""

    agreement: str
    grant: str
    limits: tuple[str, ...]
    conditions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Barred:
    """A grant of the owner's records to the viewer, which these facts of the class keep from this one."""

    agreement: str
    grant: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """One field, `pointer` or act: the rung that is shown, what gives it and what keeps it from being more."""

    name: str
    rung: str
    is_top: bool
    gifts: tuple[Gift, ...]
    caps: tuple[Cap, ...]
    unmet: tuple[Unmet, ...]
    veiled: tuple[Veiled, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What a viewer is shown of a record, or may do to it, and why.

    `unknown` are the facts of the class that are not known, so that nobody is shown the record; `class` is all.
    """

    type: str
    facts: str
    conditions: Mapping[str, bool | None]
    unknown: tuple[str, ...]
    aspects: tuple[Explained, ...]
    barred: tuple[Barred, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Option:
    """A grant whose conditions do not all hold, and the mask if those did that are not true."""

    given: Given
    missing: tuple[str, ...]
    mask: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Side:
    """What one of the viewer's roles contributes."""

    active: tuple[Given, ...]
    idle: tuple[Given, ...]
    held: tuple[Held, ...]
    granted: int
    left: int
    veils: Mapping[str, tuple[str, ...]]
    known: Facts


def explain(snapshot: Snapshot, viewer: Viewer, type_name: str, facts: str | None, known: Assignment) -> Explanation:
    """Explain what is shown of a record of the class `facts`, conditions being `known` in the order of the view."""
    view = snapshot.view(viewer.cls, type_name, viewer.day)
    return _explanation(snapshot, viewer, view, aspects(view.entry), (facts or "", known))


def explain_acts(
    snapshot: Snapshot, viewer: Viewer, type_name: str, facts: str | None, known: Assignment
) -> Explanation:
    """Explain what may be done to such a record, in the same way; it says nothing of whether they see it."""
    view = snapshot.acts(viewer.cls, type_name, viewer.day)
    return _explanation(snapshot, viewer, view, acts(view.entry), (facts or "", known))


def _explanation(
    snapshot: Snapshot, viewer: Viewer, view: View, listed: Iterable[Aspect], point: tuple[str, Assignment]
) -> Explanation:
    text, known = point
    raw = dict(zip(view.conditions, known, strict=True))
    sides = tuple(_side(case, raw) for case in view.cases(text))
    options = tuple(_options(view, text, raw, sides))
    mask = view.mask(text, known)
    record = _record(text)
    return Explanation(
        type=view.entry.name,
        facts=text,
        conditions=raw,
        unknown=("class",) if record is None else _unknown(record),
        aspects=tuple(_explained(aspect, mask, sides, options) for aspect in listed),
        barred=() if record is None else tuple(dict.fromkeys(_barred(snapshot, viewer, view.entry, record))),
    )


def _side(case: Case, raw: Facts) -> _Side:
    known = case.known(raw)
    active = tuple(one for one in case.given if all(known.get(condition) is True for condition in one.conditions))
    held = tuple(one for one in case.held if may_trigger(one.alternatives, known))
    granted, left, veils = 0, -1, dict[str, tuple[str, ...]]()
    for given in active:
        granted |= given.bits
    for one in held:
        left &= one.left
    for hidden in case.hidden:
        if may_trigger(hidden.alternatives, known):
            veils |= {condition: (*veils.get(condition, ()), hidden.limit) for condition in hidden.conditions}
    idle = tuple(one for one in case.given if one not in active)
    return _Side(active=active, idle=idle, held=held, granted=granted, left=left, veils=veils, known=known)


def _options(view: View, facts: str, raw: dict[str, bool | None], sides: Iterable[_Side]) -> Iterator[_Option]:
    for given in dict.fromkeys(given for side in sides for given in side.idle):
        missing = ordered(condition for condition in given.conditions if raw.get(condition) is not True)
        met = raw | dict.fromkeys(missing, True)
        yield _Option(given=given, missing=missing, mask=view.mask(facts, tuple(met.values())))


def _explained(aspect: Aspect, mask: int, sides: tuple[_Side, ...], options: tuple[_Option, ...]) -> Explained:
    rung = aspect.rung(mask)
    return Explained(
        name=aspect.name,
        rung=aspect.word(rung),
        is_top=rung == len(aspect.ladder),
        gifts=tuple(dict.fromkeys(_gifts(aspect, rung, sides))),
        caps=tuple(dict.fromkeys(_caps(aspect, rung, sides))),
        unmet=tuple(_unmet(aspect, rung, options)),
        veiled=tuple(dict.fromkeys(_veiled(aspect, rung, sides))),
    )


def _gifts(aspect: Aspect, rung: int, sides: Iterable[_Side]) -> Iterator[Gift]:
    """The grants that give what is shown; where nothing is, those that limits take everything from."""
    for side in sides:
        for given in side.active:
            own = aspect.rung(given.bits)
            if own and aspect.rung(given.bits & side.left) == rung:
                yield Gift(agreement=given.agreement, grant=given.grant, rung=aspect.word(own))


def _caps(aspect: Aspect, rung: int, sides: Iterable[_Side]) -> Iterator[Cap]:
    for side in sides:
        granted = aspect.rung(side.granted)
        for held in side.held if granted > rung else ():
            left = aspect.rung(held.left)
            if left < granted:
                conditions = _holding(held.alternatives, side.known)
                yield Cap(limit=held.limit, rung=aspect.word(left), conditions=conditions)


def _holding(alternatives: Alternatives, known: Facts) -> tuple[str, ...]:
    """The conditions of the shortest alternative that may hold, as far as such a record has them."""
    holding = [one for one in alternatives if may_trigger((one,), known)]
    shortest = min(holding, key=lambda one: (len(one), sorted(one)))
    return ordered(condition for condition in shortest if condition in known)


def _unmet(aspect: Aspect, rung: int, options: Iterable[_Option]) -> Iterator[Unmet]:
    """The fewest conditions that would raise the rung; more of them only where they raise it further."""
    found: list[tuple[frozenset[str], int]] = []
    for option in sorted(options, key=lambda one: len(one.missing)):
        reached, missing = aspect.rung(option.mask), frozenset(option.missing)
        is_its_own = aspect.rung(option.given.bits) > rung
        if reached <= rung or not is_its_own or any(less < missing and best >= reached for less, best in found):
            continue
        found.append((missing, reached))
        given = option.given
        yield Unmet(agreement=given.agreement, grant=given.grant, rung=aspect.word(reached), conditions=option.missing)


def _veiled(aspect: Aspect, rung: int, sides: Iterable[_Side]) -> Iterator[Veiled]:
    for side in sides:
        for given in side.idle:
            hidden = ordered(condition for condition in given.conditions if condition in side.veils)
            if hidden and aspect.rung(given.bits) > rung:
                limits = dict.fromkeys(limit for condition in hidden for limit in side.veils[condition])
                yield Veiled(agreement=given.agreement, grant=given.grant, limits=tuple(limits), conditions=hidden)


def _record(facts: str) -> FactClass | None:
    try:
        return FactClass.parse(facts)
    except ValueError:
        return None


def _unknown(record: FactClass) -> tuple[str, ...]:
    named = ("owner", "dataset", "sensitivity", "marked", "protections")
    return tuple(name for name in named if getattr(record, name) is None)


def _barred(snapshot: Snapshot, viewer: Viewer, entry: TypeEntry, record: FactClass) -> Iterator[Barred]:
    for role in sorted(viewer.cls.roles):
        for offer in snapshot.engine.offers(viewer.cls, role, entry, viewer.day):
            missed = [tuple(clause.misses(record)) for clause in offer.grant.clauses]
            misses = min(missed, key=len)
            if misses and record.owner in offer.owners:
                yield Barred(agreement=offer.agreement, grant=offer.grant.id, facts=misses)
