"""The outbox: each change in the order in which they were made, for whoever has to hear of it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from graph.store import Store, Transaction

V = TypeVar("V")
MOST, MANY = 20, 20_000
"""How many changes that touch ties are summed up at the most, and how much they touch before no other is added."""
AT_ONCE = 1_000
"""Changes that are looked through at the most."""
POST = "CREATE (o:OutboxRecord) SET o = $record"
SIGNED = f"{POST} CREATE (r:Receipt) SET r = $receipt"
AFTER = """
MATCH (o:OutboxRecord) WHERE o.position > $position
WITH o ORDER BY o.position LIMIT $most
RETURN collect([o.position, coalesce(o.since, o.position - 1), size(o.records) + size(o.persons) + size(o.cases)])"""
TOLD = """
UNWIND $positions AS position
MATCH (o:OutboxRecord {position: position})
RETURN collect([o.records, o.persons, o.cases])"""
STIRRED = """
MATCH (o:OutboxRecord) WHERE o.position > $position
WITH o ORDER BY o.position LIMIT $most
RETURN collect([o.position, coalesce(o.since, o.position - 1), o.cases + coalesce(o.things, [])])"""
READ_TO = "MATCH (r:Reading {name: $name}) RETURN coalesce(max(r.position), 0)"
MARK = "MERGE (r:Reading {name: $name}) SET r.position = $position"
FORGET = """
MATCH (o:OutboxRecord) WHERE o.position <= $position
WITH o ORDER BY o.position LIMIT 1000
WHERE o.madeAt < $before DELETE o"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """Who did what to which thing."""

    act: str
    type: str
    subject: str
    agency: str
    author: str


@dataclass(slots=True, kw_only=True)
class Outgoing:
    """What a change is going to tell: `made` by somebody, who is left a `receipt`, and whose ties and cases it touched.

    `things` are what people work with besides: tasks, alerts and referrals.

    `position` is the turn that the change took, which no other has, and which grows in the order of commits.
    """

    position: int | None = None
    made: Made | None = None
    receipt: Mapping[str, str] | None = None
    records: set[str] = field(default_factory=set)
    persons: set[str] = field(default_factory=set)
    cases: set[str] = field(default_factory=set)
    things: set[str] = field(default_factory=set)

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
        reached = {name: sorted(getattr(self, name)) for name in ("records", "persons", "cases", "things")}
        return {"madeAt": now, **told, **reached}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """What changes up to a position touched."""

    position: int
    records: frozenset[str] = frozenset()
    persons: frozenset[str] = frozenset()
    cases: frozenset[str] = frozenset()

    @property
    def is_nothing(self) -> bool:
        return not (self.records or self.persons or self.cases)


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
    records, persons, cases = (frozenset().union(*names) for names in zip(*told, strict=True))
    return Reached(position=last, records=records, persons=persons, cases=cases)


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


async def read_to(store: Store, name: str) -> int:
    """How far a reader of that name has come."""
    return int(await store.read(READ_TO, {"name": name}))
