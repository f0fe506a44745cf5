"""Judgements by people: made and withdrawn, with the partition following in the same transaction."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from graph import consequences
from graph.change import Change, Stamp, commit
from graph.errors import GraphError
from graph.linkage.partition import Opinion
from graph.linkage.persons import repartition
from graph.linkage.rules import CREATE, JUDGEMENT_PREFIX, WITHDRAW
from graph.store import Store

T = TypeVar("T")
RECORDS = "UNWIND $ids AS id MATCH (r:PersonRecord {recordId: id}) RETURN collect(r.recordId)"
EARLIER = """
MATCH (j:Judgement {left: $left}) WHERE j.right = $right AND j.withdrawnAt IS NULL AND NOT j.author STARTS WITH 'rule:'
RETURN collect(j.judgementId)"""
ENDS = """
MATCH (j:Judgement {judgementId: $id}) WHERE j.withdrawnAt IS NULL
RETURN collect([j.left, j.right])"""


async def judge(store: Store, opinion: Opinion, stamp: Stamp) -> str:
    """Record what a human holds of two records, in place of an earlier judgement by a human; returns its id.

    Raises GraphError for a rule's name as author, or a record that there is not.
    """
    if not opinion.human or opinion.left == opinion.right:
        raise GraphError("a judgement by a human names its author and two records")
    left, right = sorted(opinion.pair)

    async def work(change: Change) -> str:
        known = await change.ask(RECORDS, {"ids": [left, right]})
        if len(known) < len(opinion.pair):
            raise GraphError("a judgement needs two records that exist")
        earlier = await change.ask(EARLIER, {"left": left, "right": right})
        if earlier:
            await change.tx.run(WITHDRAW, {"ids": earlier, "now": stamp.now, "by": opinion.author})
        id_ = stamp.chance(JUDGEMENT_PREFIX)
        row = {
            "judgementId": id_,
            "left": left,
            "right": right,
            "verdict": opinion.verdict,
            "author": opinion.author,
            "score": opinion.score,
            "madeAt": stamp.now,
        }
        await change.tx.run(CREATE, {"rows": [row]})
        await repartition(change, {left, right})
        return id_

    return await commit(store, stamp, _with_consequences(work))


async def withdraw(store: Store, judgement: str, author: str, stamp: Stamp) -> None:
    """Take a judgement back, whoever made it; a rule does not make it again.

    Raises GraphError where no such judgement stands.
    """

    async def work(change: Change) -> None:
        ends = await change.ask(ENDS, {"id": judgement})
        if not ends:
            raise GraphError("there is no such judgement, or it is withdrawn")
        await change.tx.run(WITHDRAW, {"ids": [judgement], "now": stamp.now, "by": author})
        await repartition(change, set(ends[0]))

    await commit(store, stamp, _with_consequences(work))


def _with_consequences(work: Callable[[Change], Awaitable[T]]) -> Callable[[Change], Awaitable[T]]:
    async def whole(change: Change) -> T:
        await change.take_turn()
        result = await work(change)
        await consequences.draw(change)
        return result

    return whole
