"""Judgements by people: made and withdrawn, with the partition following in the same transaction."""

from graph.change import Ask, Change
from graph.errors import GraphError
from graph.linkage.partition import Opinion
from graph.linkage.persons import draw, repartition
from graph.linkage.rules import CREATE, JUDGEMENT_PREFIX, WITHDRAW

RECORDS = "UNWIND $ids AS id MATCH (r:PersonRecord {recordId: id}) RETURN collect(r.recordId)"
EARLIER = """
MATCH (j:Judgement {left: $left}) WHERE j.right = $right AND j.withdrawnAt IS NULL AND NOT j.author STARTS WITH 'rule:'
RETURN collect(j.judgementId)"""
ENDS = """
MATCH (j:Judgement {judgementId: $id}) WHERE j.withdrawnAt IS NULL
RETURN collect([j.left, j.right])"""
TAKE_BACK = f"{WITHDRAW}, j.withdrawnReason = $reason"


async def make(change: Change, opinion: Opinion, reason: str | None = None) -> str:
    """Record what a human holds of two records, in place of an earlier judgement by a human; returns its id.

    The change has its turn. Raises GraphError for a rule's name as author, or a record that there is not.
    """
    if not opinion.human or opinion.left == opinion.right:
        raise GraphError("a judgement by a human names its author and two records")
    left, right = sorted(opinion.pair)
    known = await change.ask(RECORDS, {"ids": [left, right]})
    if len(known) < len(opinion.pair):
        raise GraphError("a judgement needs two records that exist")
    earlier = await change.ask(EARLIER, {"left": left, "right": right})
    if earlier:
        await _end(change, earlier, opinion.author, reason)
    id_ = change.stamp.chance(JUDGEMENT_PREFIX)
    row = {
        "judgementId": id_,
        "left": left,
        "right": right,
        "verdict": opinion.verdict,
        "author": opinion.author,
        "score": opinion.score,
        "reason": reason,
        "madeAt": change.stamp.now,
    }
    await change.tx.run(CREATE, {"rows": [row]})
    await repartition(change, {left, right})
    await draw(change)
    return id_


async def take_back(change: Change, judgement: str, author: str, reason: str | None = None) -> None:
    """Withdraw a judgement, whoever made it; a rule does not make it again.

    The change has its turn. Raises GraphError where no such judgement stands.
    """
    records = await records_of(change.ask, judgement)
    if records is None:
        raise GraphError("there is no such judgement, or it is withdrawn")
    await _end(change, [judgement], author, reason)
    await repartition(change, set(records))
    await draw(change)


async def records_of(ask: Ask, judgement: str) -> tuple[str, str] | None:
    """The two records of a judgement; None where no such judgement stands."""
    for left, right in await ask(ENDS, {"id": judgement}):
        return left, right
    return None


async def _end(change: Change, ids: list[str], author: str, reason: str | None) -> None:
    await change.tx.run(TAKE_BACK, {"ids": ids, "now": change.stamp.now, "by": author, "reason": reason})
