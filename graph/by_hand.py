"""What those who run the hub do by hand: on whose word and why, and what comes of it; or would, where they only try."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from graph.change import Change, Stamp, commit
from graph.errors import GraphError
from graph.linkage.judgements import make, take_back
from graph.linkage.partition import Opinion
from graph.markings import Adjustment, Marks, adjust
from graph.mirror import read_records
from graph.outbox import CHANGE, Made
from graph.standing import Standing, again, around
from graph.store import Store
from graph.vocabulary import Node

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """On whose word something is done and why; who does it, and `through` which part of the ledger it is recorded.

    Where it only tries, nothing is kept.
    """

    author: str
    reason: str
    operator: str
    only_tries: bool
    through: str | None = None

    @property
    def said(self) -> str:
        return f"by {self.author}: {self.reason}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed(Generic[T]):
    """What is done to things of one type, by an `act`; `do` also says which of them it changed."""

    act: str
    kind: Node
    ids: Collection[str]
    do: Callable[[Change], Awaitable[tuple[Collection[str], T]]]

    def sign(self, change: Change, hand: Hand, changed: Collection[str]) -> Made:
        """Say in what goes out who did it, to what, and why."""
        made = Made(
            change=change.stamp.chance(CHANGE),
            act=self.act,
            type=self.kind.value,
            subject=",".join(sorted(changed)),
            agency=None,
            author=hand.operator,
            purpose=None,
            agreements=(),
            reason=hand.said,
        )
        change.outgoing.made, change.outgoing.through = made, hand.through
        return made


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome(Generic[T]):
    """What came of a deed, and how what it could reach stood before and after; `made` is None where nothing changed."""

    made: Made | None
    result: T
    subjects: Collection[str]
    before: Mapping[str, Standing]
    after: Mapping[str, Standing]

    @property
    def shifts(self) -> list[tuple[Standing, Standing]]:
        """What stands otherwise than it did."""
        pairs = [(self.before[id_], now) for id_, now in self.after.items() if id_ in self.before]
        return [(was, now) for was, now in pairs if was != now]


class _Tried(GraphError):  # noqa: N818 - no error: it ends a transaction that is not to be kept
    """Nothing of this transaction is to be kept."""


def marking(things: Sequence[Standing], adjustment: Adjustment) -> Deed[dict[str, tuple[Marks, Marks]]]:
    """Raise and lift protections of things of one type; gives how each was marked and how it is."""
    kind, ids = things[0].type, [thing.id for thing in things]

    async def do(change: Change) -> tuple[Collection[str], dict[str, tuple[Marks, Marks]]]:
        marks = await adjust(change, kind, ids, adjustment)
        return [id_ for id_, (before, after) in marks.items() if before != after], marks

    return Deed(act=str(adjustment), kind=kind, ids=ids, do=do)


def of_person(person: str, deed: Deed[T]) -> Deed[T]:
    """Do it to all records of a person, unless these are others when its turn comes: GraphError then."""

    async def do(change: Change) -> tuple[Collection[str], T]:
        if await read_records(change.ask, person) != frozenset(deed.ids):
            raise GraphError(f"{person} has other records by now; look again")
        return await deed.do(change)

    return replace(deed, do=do)


def judging(opinion: Opinion, reason: str) -> Deed[str]:
    """Judge two records; gives the id of the judgement, which keeps its author and the reason."""

    async def do(change: Change) -> tuple[Collection[str], str]:
        return opinion.pair, await make(change, opinion, reason)

    return Deed(act=f"judge {opinion.verdict}", kind=Node.PERSON, ids=opinion.pair, do=do)


def withdrawing(judgement: str, records: Collection[str], hand: Hand) -> Deed[str]:
    """Take back a judgement of two records; gives its id."""

    async def do(change: Change) -> tuple[Collection[str], str]:
        await take_back(change, judgement, hand.author, hand.reason)
        return records, judgement

    return Deed(act=f"withdraw {judgement}", kind=Node.PERSON, ids=records, do=do)


async def carry_out(store: Store, stamp: Stamp, hand: Hand, deed: Deed[T]) -> Outcome[T]:
    """Do it with all that follows in one transaction, or only try; raises GraphError."""
    tried: list[Outcome[T]] = []

    async def work(change: Change) -> Outcome[T]:
        await change.take_turn()
        before = await around(change.ask, deed.kind, deed.ids)
        changed, result = await deed.do(change)
        after = await again(change.ask, before.values())
        outcome = Outcome(made=None, result=result, subjects=deed.ids, before=before, after=after)
        if hand.only_tries:
            tried.append(outcome)
            raise _Tried
        return replace(outcome, made=deed.sign(change, hand, changed)) if changed else outcome

    try:
        return await commit(store, stamp, work)
    except _Tried:
        return tried[-1]
