"""A mutation: planned like a question before anything is changed, done in one transaction, then read back."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson

from graph import outbox, receipts
from graph.change import Change
from graph.outbox import Made
from graph.receipts import Receipt
from resolvers.acting import cases
from resolvers.acting.acting import Acting
from resolvers.acting.deeds import Deed
from resolvers.acting.inputs import Given
from resolvers.acting.refusals import Refused, invalid
from resolvers.branch import Branch, projected
from resolvers.ledger import Alteration
from resolvers.operation import Answer, Operation
from resolvers.planning import Planner
from resolvers.reading import Reader, Search
from resolvers.selection import TYPENAME, Selected

DEEDS: Mapping[str, Deed] = {**cases.DEEDS}
"""By the mutation's name in the contract."""
KEPT = timedelta(days=7)
"""How long a receipt is good for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Done:
    """The id of what was changed; `agreements` permitted it, none where it was done before."""

    subject: str
    agreements: tuple[str, ...]


def plan_deed(operation: Operation, selected: Selected) -> Answer:
    """Plan a mutation; raises a ReadRefused where its payload may not be read."""
    planner, deed = operation.planner, DEEDS[selected.name]
    values = planner.opened(selected.arguments["input"])
    planner.touch(deed.node.value, "id")
    _payload(planner, selected, deed)  # refused before anything is changed

    async def answer(reader: Reader) -> Branch:
        try:
            given = Given.of(values)
            deed.check(given)
            given.check()
            done, snapshot = await reader.scribe.commit(lambda change: _do(deed, selected.name, given, reader, change))
        except Refused as refused:
            reader.told.refusal = refused.code
            type_ = planner.selection.object_type(refused.typename)
            return projected(planner.selection, selected, type_, refused.values)
        if done.agreements:
            reader.told.changes.append(
                Alteration(act=deed.act, type=deed.node.value, subject=done.subject, agreements=done.agreements)
            )
        reader.snapshot = snapshot
        searches = _payload(replace(planner, snapshot=snapshot, cost=0), selected, deed)
        tree = {
            one.key: deed.done if search is None else await reader.find(search, done.subject)
            for one, search in searches
        }
        return Branch(deed.done, tree)

    return answer


def _payload(planner: Planner, selected: Selected, deed: Deed) -> list[tuple[Selected, Search | None]]:
    """Plan what is read of the thing afterwards."""
    selection, operation = planner.selection, Operation(planner=planner, is_of_one=False)
    below = selection.below(selected, selection.object_type(deed.done))
    return [
        (one, None if one.name == TYPENAME else operation.search(deed.node, deed.node.id_property, one))
        for one in below
    ]


async def _do(deed: Deed, name: str, given: Given, reader: Reader, change: Change) -> _Done:
    """Make a change, unless it was made before; whatever it needs to know it reads in the same transaction."""
    who, position = reader.viewer.principal, await change.take_turn()
    key = _digest([who.agency, who.subject, given.key])
    request = _digest([name, given.values])
    before = await receipts.find(change, key)
    if before is not None:
        if before.request != request:
            raise invalid([(("input", "idempotencyKey"), "was given for another change")])
        return _Done(subject=before.subject, agreements=())
    acting = Acting(change=change, snapshot=reader.snapshot, viewer=reader.viewer)
    subject = await deed.do(acting, given)
    forgotten = (datetime.fromisoformat(change.stamp.now).astimezone(UTC) - KEPT).isoformat().replace("+00:00", "Z")
    await receipts.sign(change, key, Receipt(request=request, subject=subject), forgotten)
    made = Made(act=deed.act, type=deed.node.value, subject=subject, agency=who.agency, author=who.subject)
    await outbox.post(change, position, made)
    return _Done(subject=subject, agreements=tuple(sorted(acting.permitted)))


def _digest(content: list[Any]) -> str:
    return hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()
