"""The outbox: each change in the order in which they were made, for whoever has to hear of it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from graph.store import Store, Transaction
from graph.vocabulary import Link, Node
from policies.vocabulary import Cause, Origin, Tie

V = TypeVar("V")
MOST, MANY = 20, 20_000
"""How many changes that touch ties are summed up at the most, and how much they touch before no other is added."""
AT_ONCE = 1_000
"""Changes that are looked through at the most."""
_REACHED = ("records", "persons", "cases", "things", "causes")
CHANGE = "chg_"
"""How the name of a change begins."""
POST = "CREATE (o:OutboxRecord) SET o = $record"
SIGNED = f"{POST} CREATE (r:Receipt) SET r = $receipt"
AFTER = """
MATCH (o:OutboxRecord) WHERE o.position > $position
WITH o ORDER BY o.position LIMIT $most
RETURN collect([o.position, coalesce(o.since, o.position - 1), size(o.records) + size(o.persons) + size(o.cases)])"""
TOLD = """
UNWIND $positions AS position
MATCH (o:OutboxRecord {position: position})
RETURN collect([o.records, o.persons, o.cases, o.origin, coalesce(o.causes, [])])"""
STIRRED = """
MATCH (o:OutboxRecord) WHERE o.position > $position
WITH o ORDER BY o.position LIMIT $most
RETURN collect([o.position, coalesce(o.since, o.position - 1), o.cases + coalesce(o.things, [])])"""
MADE_THROUGH = """
MATCH (o:OutboxRecord) WHERE o.through = $through AND o.act IS NOT NULL AND o.madeAt >= $since
WITH o ORDER BY o.position
RETURN collect([o.madeAt, {change: o.change, act: o.act, type: o.type, subject: o.subject, agency: o.agency,
  author: o.author, purpose: o.purpose, agreements: o.agreements, reason: o.reason}])"""
READ_TO = "MATCH (r:Reading {name: $name}) RETURN coalesce(max(r.position), 0)"
MARK = "MERGE (r:Reading {name: $name}) SET r.position = $position"
IS_PAST = """
MATCH (o:OutboxRecord) WHERE o.position <= $position
WITH o ORDER BY o.position LIMIT 1
WHERE o.madeAt < $before RETURN count(o)"""
FORGET = """
MATCH (o:OutboxRecord) WHERE o.position <= $position
WITH o ORDER BY o.position LIMIT 1000
WHERE o.madeAt < $before DELETE o RETURN count(*)"""


CAUSES: Mapping[Node | Link, str] = {
    Node.PERSON: Cause.PERSON,
    Node.CASE: Cause.INVOLVEMENT,
    Node.PREMISES: Tie.SAME_HOUSEHOLD,
    Link.SIBLING_OF: Tie.SIBLING_OF,
    Link.PARENT_OF: Tie.PARENT_OF,
    Link.ASSOCIATES_WITH: Tie.ASSOCIATES_WITH,
    Link.RESIDES_AT: Tie.SAME_HOUSEHOLD,
    Link.PUPIL_AT: Cause.PERSON,
    Link.CONCERNS: Cause.INVOLVEMENT,
}
"""What it means for those who watch that a node changed, or a link came or ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """Who did what to which thing, for what, and by which agreements: all that the ledger tells of a `change`.

    Who acts for no agency runs the hub, and says the `reason`.
    """

    change: str
    act: str
    type: str
    subject: str
    agency: str | None
    author: str
    purpose: str | None
    agreements: Sequence[str]
    reason: str | None = None

    @property
    def origin(self) -> Origin:
        return Origin.JUDGEMENT if self.agency is None else Origin.MUTATION


@dataclass(slots=True, kw_only=True)
class Outgoing:
    """What a change is going to tell: `made` by somebody, who is left a `receipt`, and whose ties and cases it touched.

    `things` are what people work with besides: tasks, alerts and referrals. By its `causes` and its `origin` those who
    watch for some changes only know it. It is to be recorded `through` the part of the ledger of that name.

    `position` is the turn that the change took, which no other has, and which grows in the order of commits.
    """

    position: int | None = None
    through: str | None = None
    made: Made | None = None
    receipt: Mapping[str, str] | None = None
    records: set[str] = field(default_factory=set)
    persons: set[str] = field(default_factory=set)
    cases: set[str] = field(default_factory=set)
    things: set[str] = field(default_factory=set)
    causes: set[str] = field(default_factory=set)
    origin: Origin | None = None

    def note(self, kind: Node | Link) -> None:
        """Say what changed."""
        if kind in CAUSES:
            self.causes.add(CAUSES[kind])

    async def post(self, tx: Transaction, now: str) -> None:
        """Tell it in the transaction of the change; a change that took no turn has nothing to tell."""
        if self.position is None or not (self.made or self.records or self.persons or self.cases or self.things):
            return
        record = {"position": self.position, **self.record(now)}
        if self.receipt is None:
            await tx.run(POST, {"record": record})
        else:
            await tx.run(SIGNED, {"record": record, "receipt": {**self.receipt, "madeAt": now}})

    def record(self, now: str) -> dict[str, Any]:
        """What the outbox keeps of it, but for the position."""
        made = self.made
        told = {} if made is None else {name: getattr(made, name) for name in made.__slots__}
        reached = {name: sorted(getattr(self, name)) for name in _REACHED}
        return {"madeAt": now, "origin": self.origin, "through": self.through, **told, **reached}


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """What one change touched; of an older one it is not known how it was made, nor what it was that changed."""

    records: frozenset[str] = frozenset()
    persons: frozenset[str] = frozenset()
    cases: frozenset[str] = frozenset()
    origin: str | None = None
    causes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """What changes up to a position touched."""

    position: int
    changes: tuple[Touched, ...] = ()

    @property
    def records(self) -> frozenset[str]:
        return frozenset().union(*(one.records for one in self.changes))

    @property
    def persons(self) -> frozenset[str]:
        return frozenset().union(*(one.persons for one in self.changes))

    @property
    def cases(self) -> frozenset[str]:
        return frozenset().union(*(one.cases for one in self.changes))

    @property
    def is_nothing(self) -> bool:
        return not (self.records or self.persons or self.cases)

    def by(self, wakes: Callable[[str | None, Collection[str]], bool]) -> "Reached":
        """What those changes touched that wake somebody by their origin and their causes."""
        return replace(self, changes=tuple(one for one in self.changes if wakes(one.origin, one.causes)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What was posted before a moment (RFC 3339), up to a position that was read."""

    position: int
    before: str


async def after(store: Store, position: int) -> Reached | None:
    """Sum up the next changes after a position, few enough to be looked at in one go; None where there are none."""
    last, telling, many = None, list[int](), 0
    found = await store.read(AFTER, {"position": position, "most": AT_ONCE})
    for at, size in _unbroken(found, position):
        last, many = at, many + size
        telling += [at] if size else []
        if len(telling) == MOST or many >= MANY:
            break
    if last is None:
        return None
    if not telling:
        return Reached(position=last)
    told = await store.read(TOLD, {"positions": telling})
    return Reached(position=last, changes=tuple(_touched(*change) for change in told))


def _touched(
    records: list[str], persons: list[str], cases: list[str], origin: str | None, causes: list[str]
) -> Touched:
    return Touched(
        records=frozenset(records),
        persons=frozenset(persons),
        cases=frozenset(cases),
        origin=origin,
        causes=frozenset(causes),
    )


async def stirred(store: Store, position: int) -> tuple[int, frozenset[str]]:
    """Name the cases and other things that the next changes after a position touched, and say how far these go."""
    found = await store.read(STIRRED, {"position": position, "most": AT_ONCE})
    whole = dict(_unbroken(found, position))
    return max(whole, default=position), frozenset(ident for touched in whole.values() for ident in touched)


def _unbroken(found: Iterable[tuple[int, int, V]], position: int) -> Iterator[tuple[int, V]]:
    """Go on to where one of a transaction is there without those before it, which readers may see a moment later."""
    for at, since, told in found:
        if at > max(since, position) + 1:
            return
        position = at
        yield at, told


async def made_through(store: Store, through: str, since: str) -> list[tuple[str, Made]]:
    """Find what was to be recorded through a part of the ledger since a moment (RFC 3339), with when it was made."""
    found = await store.read(MADE_THROUGH, {"through": through, "since": since})
    return [(at, Made(**made)) for at, made in found]


async def read_to(store: Store, name: str) -> int:
    """How far a reader of that name has come."""
    return int(await store.read(READ_TO, {"name": name}))


async def is_past(store: Store, past: Past) -> bool:
    """Whether something is to be forgotten."""
    return bool(await store.read(IS_PAST, {"position": past.position, "before": past.before}))


async def forget(tx: Transaction, past: Past) -> int:
    """Forget some of what is past; returns how much."""
    return int(await tx.ask(FORGET, {"position": past.position, "before": past.before}))
