"""A mutation: planned like a question before anything is changed, done in one transaction, then read back."""

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import orjson
from graphql import get_nullable_type, is_list_type

from graph import receipts
from graph.change import Change
from graph.errors import Overtaken
from graph.outbox import CHANGE, Made
from graph.receipts import Receipt
from graph.vocabulary import Node
from policies.view import Snapshot
from resolvers import lapsing
from resolvers.acting import (
    absences,
    actions,
    alerts,
    cases,
    closing,
    duplicates,
    footprints,
    incidents,
    involvements,
    leading,
    likenesses,
    referrals,
    reopening,
    risk,
    taking,
    tasks,
    ties,
    triage,
)
from resolvers.acting.acting import Acting
from resolvers.acting.deeds import Deed
from resolvers.acting.inputs import Given
from resolvers.acting.refusals import NOT_FOUND, Refused, invalid
from resolvers.branch import Branch, projected
from resolvers.givens import filled
from resolvers.ledger import Alteration
from resolvers.operation import Answer, Operation
from resolvers.planning import Planner
from resolvers.reading import Reader, Search
from resolvers.selection import TYPENAME, Selected

DEEDS: Mapping[str, Deed] = {
    **cases.DEEDS,
    **involvements.DEEDS,
    **actions.DEEDS,
    **risk.DEEDS,
    **footprints.DEEDS,
    **incidents.DEEDS,
    **leading.DEEDS,
    **alerts.DEEDS,
    **tasks.DEEDS,
    **absences.DEEDS,
    **referrals.DEEDS,
    **triage.DEEDS,
    **duplicates.DEEDS,
    **likenesses.DEEDS,
    **reopening.DEEDS,
    **taking.DEEDS,
    **closing.DEEDS,
    **ties.DEEDS,
}
"""By the mutation's name in the contract."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Done:
    """The ids of what was changed by a `change`; `agreements` permitted it. It was none where it was done before."""

    subjects: tuple[str, ...]
    change: str = ""
    agreements: tuple[str, ...] = ()

    def alterations(self, deed: Deed) -> list[Alteration]:
        """What the ledger tells of it."""
        act, type_ = deed.act, deed.node.value
        return [
            Alteration(change=self.change, act=act, type=type_, subject=subject, agreements=self.agreements)
            for subject in self.subjects
        ]


def plan_deed(operation: Operation, selected: Selected) -> Answer:
    """Plan a mutation; raises a ReadRefused where its payload may not be read."""
    planner, deed = operation.planner, DEEDS[selected.name]
    planner.touch(deed.node.value, "id")
    planned = _payload(planner, selected, deed)  # refused before anything is changed

    async def answer(reader: Reader) -> Branch:
        try:
            given = Given.of(filled(selected.arguments["input"], lambda part: part.of(reader.values)))
            deed.check(given)
            given.check()
            done, snapshot = await _commit(deed, selected.name, given, reader)
        except Refused as refused:
            reader.told.refusal = refused.code
            type_ = planner.selection.object_type(refused.typename)
            return projected(planner.selection, selected, type_, refused.values)
        reader.told.changes += done.alterations(deed)
        reader.snapshot = snapshot
        searches = planned
        if snapshot is not planner.snapshot:
            anew = planner.selection.anew(reader.values)
            searches = _payload(replace(planner, snapshot=snapshot, selection=anew, cost=0), selected, deed)
        tree: dict[str, Any] = {}
        for one, search in searches:
            if search is None:
                tree[one.key] = deed.done
                continue
            found = await reader.find_together(search, list(done.subjects))
            told = [found[subject] for subject in done.subjects if subject in found]
            tree[one.key] = told if _is_list(one) else next(iter(told), None)
        return Branch(deed.done, tree)

    return answer


def _payload(planner: Planner, selected: Selected, deed: Deed) -> list[tuple[Selected, Search | None]]:
    """Plan what is read of the thing afterwards."""
    selection, operation = planner.selection, Operation(planner=planner, is_of_one=False)
    below = selection.below(selected, selection.object_type(deed.done))
    by = "personId" if deed.node is Node.PERSON else deed.node.id_property
    return [(one, None if one.name == TYPENAME else operation.search(deed.node, by, one)) for one in below]


async def _commit(deed: Deed, name: str, given: Given, reader: Reader) -> tuple[_Done, Snapshot]:
    """Make a change in one transaction; what is not found may be of a class that another process has just made.

    What only adds is done ahead of its turn; where that fails, its turn says why.
    """
    if deed.adds:
        with suppress(Refused, Overtaken):
            return await reader.scribe.add(lambda change: _make(deed, name, given, reader, change))
    try:
        return await reader.scribe.commit(lambda change: _do(deed, name, given, reader, change))
    except Refused as refused:
        if refused.typename != NOT_FOUND or reader.snapshot is (renewed := await reader.scribe.renew()):
            raise
        reader.snapshot = renewed
    return await reader.scribe.commit(lambda change: _do(deed, name, given, reader, change))


async def _do(deed: Deed, name: str, given: Given, reader: Reader, change: Change) -> _Done:
    """Make a change, unless it was made before; whatever it needs to know it reads in the same transaction."""
    await change.take_turn()
    before = await receipts.find(change, _key(given, reader))
    if before is not None:
        if before.request != _digest([name, given.values]):
            raise invalid([(("input", "idempotencyKey"), "was given for another change")])
        return _Done(subjects=tuple(before.subject.split(",")))
    return await _make(deed, name, given, reader, change)


async def _make(deed: Deed, name: str, given: Given, reader: Reader, change: Change) -> _Done:
    """Make a change that was not made before, and leave a receipt."""
    who = reader.viewer.principal
    acting = Acting(change=change, snapshot=reader.snapshot, viewer=reader.viewer, seal=reader.scribe.seal)
    subjects = await deed.do(acting, given)
    if deed.ends:
        await lapsing.end(change, reader.snapshot.engine, reader.viewer.day)
    subject = ",".join(subjects)
    receipts.sign(change, _key(given, reader), Receipt(request=_digest([name, given.values]), subject=subject))
    done = _Done(subjects=subjects, change=change.stamp.chance(CHANGE), agreements=tuple(sorted(acting.permitted)))
    change.outgoing.made = Made(
        change=done.change,
        act=deed.act,
        type=deed.node.value,
        subject=subject,
        agency=who.agency,
        author=who.subject,
        purpose=reader.viewer.purpose,
        agreements=done.agreements,
    )
    return done


def _key(given: Given, reader: Reader) -> str:
    """The client's own key; another's is another."""
    who = reader.viewer.principal
    return _digest([who.agency, who.subject, given.key])


def _is_list(selected: Selected) -> bool:
    return selected.definition is not None and is_list_type(get_nullable_type(selected.definition.type))


def _digest(content: list[Any]) -> str:
    return hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()
