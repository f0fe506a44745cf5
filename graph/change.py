"""A change in the making: the transaction, what it has touched so far, and the turn that it waits for."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, TypeVar

from graph.errors import GraphHeld, GraphOutdated
from graph.facts import Claim
from graph.outbox import Outgoing
from graph.store import Parameters, Store, Transaction
from graph.vocabulary import RECORDED, Node
from policies.vocabulary import Origin

T = TypeVar("T")
Chance = Callable[[str], str]
"""Makes a new random id that begins with the given prefix."""

Ask = Callable[[str, Parameters], Awaitable[Any]]
"""Runs a statement that returns one record of one value: `Change.ask`, or `Store.read`."""

TURNS = "MATCH (t:Turn {name: 'writer'}) RETURN sum(t.taken)"
TAKE_TURN = """
MATCH (t:Turn {name: 'writer'}) SET t.taken = t.taken + 1
RETURN collect([t.taken, coalesce(t.heldUntil, 0) > timestamp()])"""
TAKE_TURNS = """
MATCH (t:Turn {name: 'writer'}) SET t.taken = t.taken + $count
WITH t.taken AS taken, coalesce(t.heldUntil, 0) > timestamp() AS is_held"""
HELD_PAUSE = 0.5
HELD_ATTEMPTS = 1200


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """When a change happens (RFC 3339), where its ids come from, and which import run makes it."""

    now: str
    chance: Chance
    run: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """The ids of what changed, from which follows whose facts may have.

    Nothing follows from a new node alone, only from what links lead to it. `concerned` are the premises and
    establishments that a case came to concern or somebody to reside at, or ceased to; `recorded` is
    what was recorded in cases, with its type, from which nothing follows but for itself.
    """

    persons: set[str] = field(default_factory=set)
    records: set[str] = field(default_factory=set)
    premises: set[str] = field(default_factory=set)
    establishments: set[str] = field(default_factory=set)
    schools: set[str] = field(default_factory=set)
    cases: set[str] = field(default_factory=set)
    alerts: set[str] = field(default_factory=set)
    tasks: set[str] = field(default_factory=set)
    referrals: set[str] = field(default_factory=set)
    concerned: set[str] = field(default_factory=set)
    recorded: set[tuple[Node, str]] = field(default_factory=set)

    @property
    def is_something(self) -> bool:
        return any(getattr(self, name) for name in self.__slots__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A transaction with what it has touched; `fresh` are the nodes and links that nobody else can see yet.

    Of these the `settled` were made with all facts that follow for them. What the work decides by `rests_on` the
    nodes that it found: what they held, by type and id. What is `outgoing` is posted in the same transaction, once
    its work is done.
    """

    tx: Transaction
    stamp: Stamp
    touched: Touched = field(default_factory=Touched)
    fresh: set[str] = field(default_factory=set)
    settled: set[str] = field(default_factory=set)
    rests_on: dict[Node, dict[str, Mapping[str, Any]]] = field(default_factory=dict)
    classes: set[str] = field(default_factory=set)
    own_classes: dict[Claim, str] = field(default_factory=dict)
    outgoing: Outgoing = field(default_factory=Outgoing)
    known: frozenset[str] = frozenset()

    async def ask(self, statement: str, parameters: Parameters) -> Any:  # noqa: ANN401 - the shape is the statement's
        """Run a statement that returns one record of one value, and return that value."""
        return await self.tx.ask(statement, parameters)

    @property
    def turn(self) -> int:
        """The turn that was taken; 0 before there is one."""
        return self.outgoing.position or 0

    def own_class(self, claim: Claim) -> str:
        """The class of a claim by itself; a batch has few of them, and makes each many times."""
        if claim not in self.own_classes:
            self.own_classes[claim] = claim.under(())
        return self.own_classes[claim]

    def touch(self, kind: Node, ids: Iterable[str]) -> None:
        """Note that nodes changed; of those types that are not noted nothing follows."""
        of_kind = {
            Node.PERSON: self.touched.records,
            Node.PREMISES: self.touched.premises,
            Node.ESTABLISHMENT: self.touched.establishments,
            Node.SCHOOL: self.touched.schools,
            Node.CASE: self.touched.cases,
            Node.ALERT: self.touched.alerts,
            Node.TASK: self.touched.tasks,
            Node.REFERRAL: self.touched.referrals,
        }
        if kind in of_kind:
            of_kind[kind].update(ids)
        elif kind in RECORDED:
            self.touched.recorded.update((kind, id_) for id_ in ids)

    def tell(self) -> None:
        """Let what goes out name all that was touched."""
        touched, outgoing = self.touched, self.outgoing
        outgoing.records |= touched.records
        outgoing.persons |= touched.persons
        outgoing.cases |= touched.cases
        outgoing.things |= touched.tasks | touched.alerts | touched.referrals
        outgoing.origin = Origin.IMPORT if self.stamp.run is not None else Origin.JUDGEMENT
        if outgoing.made is not None:
            outgoing.origin = outgoing.made.origin
            outgoing.things.update(outgoing.made.subject.split(","))

    async def turns(self) -> int:
        """How many turns were taken so far."""
        return int(await self.ask(TURNS, {}))

    async def take_turn(self) -> int:
        """Come after every other writer; returns how many turns were taken, this one included.

        Facts reach across persons, places and cases, so two writers that read the same neighbourhood could each miss
        what the other wrote. Neo4j makes the second wait; the embedded engine refuses its commit and it starts anew.
        Raises GraphOutdated in a graph without one, GraphHeld while nobody may write.
        """
        turns = await self.ask(TAKE_TURN, {})
        if not turns:
            raise GraphOutdated("the graph has no turn to take: it is not migrated")
        ((taken, is_held),) = turns
        if is_held:
            raise GraphHeld("a backup is being made, and for too long; write again later")
        self.outgoing.position = int(taken)
        return int(taken)


async def commit(
    store: Store, stamp: Stamp, work: Callable[[Change], Awaitable[T]], known: frozenset[str] = frozenset()
) -> T:
    """Run `work` in one transaction; writers of this process take turns, and wait for minutes where all are held.

    The classes that are `known` stand in the graph already.
    """
    async with store.turn:
        for _ in range(HELD_ATTEMPTS):
            with suppress(GraphHeld):
                return await store.write(lambda tx: posted(Change(tx=tx, stamp=stamp, known=known), work))
            await asyncio.sleep(HELD_PAUSE)
        return await store.write(lambda tx: posted(Change(tx=tx, stamp=stamp, known=known), work))


async def posted(change: Change, work: Callable[[Change], Awaitable[T]]) -> T:
    """Do the work, and post what it tells."""
    result = await work(change)
    change.tell()
    await change.outgoing.post(change.tx, change.stamp.now)
    return result
