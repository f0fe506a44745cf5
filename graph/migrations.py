"""The steps that bring a stored graph to what this program expects."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from graph import chains, ddl, enrolment, grounds, rehousing, sheets
from graph.change import Stamp
from graph.errors import GraphOutdated
from graph.store import Store, Transaction

APPLIED = "MATCH (m:Migration) RETURN collect(m.name)"
RECORD = "MERGE (m:Migration {name: $name}) ON CREATE SET m.appliedAt = $now"
TURN = "MERGE (t:Turn {name: 'writer'}) ON CREATE SET t.taken = 0"
PERSON_OF_RECORD = """
MATCH (r:PersonRecord)-[:ABOUT]->(p:Person) WHERE r.personId IS NULL SET r.personId = p.personId"""
MATCH_KEYS = "MATCH (k:MatchKey) DETACH DELETE k"
RECORDS_WITHOUT_KEYS = "MATCH (r:PersonRecord) SET r.fingerprint = ''"
"""The next import of its dataset states such a record anew, and gives it its keys."""
JUDGES = """
MATCH (n:Referral) WHERE n.judge IS NOT NULL
SET n.judges = [n.judge + ' ' + toString(n.turn)] REMOVE n.judge"""
"""There was one judge, the last; once the version moved after it, that is what everybody hears of."""
CONSTRAINTS = "SHOW CONSTRAINTS YIELD labelsOrTypes, properties RETURN labelsOrTypes, properties"
INDEXES_IN_THE_MAKING = "SHOW INDEXES YIELD state WHERE state <> 'ONLINE' RETURN state"
RESTORING = "restoring"
"""Recorded like a step while a graph is being restored from a backup, so that nobody uses half of one."""
POLL_SECONDS = 0.1
PATIENCE = 3000


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """A named step; its statements run each in a transaction of its own, then its work, both again without harm."""

    name: str
    statements: tuple[str, ...] = ()
    work: Callable[[Store, Stamp], Awaitable[None]] | None = None


def steps() -> tuple[Migration, ...]:
    """Every step in order; a change of the model takes new names, under which all that is declared is declared anew."""
    declared = tuple(ddl.rules())
    return (
        Migration(name="0000-property-keys", statements=(chains.numbering(),)),
        Migration(name="0001-constraints"),
        Migration(name="0002-indexes"),
        Migration(name="0003-turn", statements=(TURN,)),
        Migration(name="0004-person-of-record", statements=(PERSON_OF_RECORD,)),
        Migration(name="0005-constraints"),
        Migration(name="0006-indexes"),
        Migration(name="0007-keys-on-records", statements=(MATCH_KEYS, RECORDS_WITHOUT_KEYS)),
        Migration(name="0008-constraints"),
        Migration(name="0009-indexes"),
        Migration(name="0010-sheets", work=lambda store, _: sheets.fill(store)),
        Migration(name="0011-constraints"),
        Migration(name="0012-indexes"),
        Migration(name="0017-members-of-cases", work=enrolment.fill),  # before 0013, which draws what it writes
        Migration(name="0013-apart-by-home", work=rehousing.part),
        Migration(name="0014-constraints", statements=tuple(rule.statement for rule in declared if rule.unique)),
        Migration(name="0015-indexes", statements=tuple(rule.statement for rule in declared if not rule.unique)),
        Migration(name="0016-grounds-of-alerts", statements=(grounds.RAISED_BEFORE,)),
        Migration(name="0018-judges-of-referrals", statements=(JUDGES,)),
    )


async def pending(store: Store) -> list[str]:
    """The names of the steps that this graph has not taken.

    Raises GraphOutdated for a graph that took steps unknown to this program, or that holds half of a backup.
    """
    applied = set(await store.read(APPLIED))
    if RESTORING in applied:
        raise GraphOutdated("the graph is being restored, or that was broken off: then repeat `hub restore`")
    known = [step.name for step in steps()]
    if unknown := sorted(applied.difference(known)):
        raise GraphOutdated(f"the graph was made by a newer version: it records {', '.join(unknown)}")
    return [name for name in known if name not in applied]


async def migrate(store: Store, stamp: Stamp) -> list[str]:
    """Take the pending steps and return their names."""
    names = await pending(store)
    for step in steps():
        if step.name in names:
            await take(store, step, stamp)
    return names


async def take(store: Store, step: Migration, stamp: Stamp) -> None:
    """Take a step, and record that it was taken."""
    for statement in step.statements:
        await _execute(store, statement)
    await _indexes_awaited(store)
    if step.work is not None:
        await step.work(store, stamp)
    await _execute(store, RECORD, {"name": step.name, "now": stamp.now})


async def missing_constraints(store: Store) -> list[str]:
    """What the model declares unique and the engine does not enforce: `PersonRecord.sourceKey`."""
    rows = await _execute(store, CONSTRAINTS)
    enforced = {(label, name) for labels, names in rows for label in labels for name in names if len(names) == 1}
    return [
        f"{rule.label}.{field}"
        for rule in ddl.rules()
        for field in rule.fields
        if rule.unique and (rule.label, field) not in enforced
    ]


async def _indexes_awaited(store: Store) -> None:
    for _ in range(PATIENCE):
        if not await _execute(store, INDEXES_IN_THE_MAKING):
            return
        await asyncio.sleep(POLL_SECONDS)
    raise GraphOutdated("the engine does not finish its indexes")


async def _execute(store: Store, statement: str, parameters: dict[str, str] | None = None) -> list[list[Any]]:
    async def work(tx: Transaction) -> list[list[Any]]:
        return await tx.run(statement, parameters)

    return await store.write(work)
