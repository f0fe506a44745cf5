"""Why alerts were raised: the ground of each stands until what was found is found no longer.

What comes back after that is a ground anew, of which an alert may be raised that was raised before.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from graph.change import Ask, Change
from graph.consequences import PERSONS_OF_RECORDS
from graph.outbox import Reached

STAND = """
UNWIND $rows AS row
MERGE (g:Ground {key: row.key})
ON CREATE SET g.rule = row.rule, g.child = row.child, g.concern = row.concern, g.caseId = row.caseId, g.lapsed = 0
SET g.stands = true"""
LAPSE = "UNWIND $keys AS key MATCH (g:Ground {key: key}) SET g.stands = false, g.lapsed = g.lapsed + 1"
LAPSED = "UNWIND $keys AS key MATCH (g:Ground {key: key}) WHERE g.lapsed > 0 RETURN collect([key, g.lapsed])"
RECORDS = """
UNWIND $ids AS id MATCH (:Person {personId: id})<-[:ABOUT]-(r:PersonRecord) RETURN collect(r.sourceKey)"""
STANDING = {
    by: f"""
UNWIND $keys AS key MATCH (g:Ground {{{by}: key}}) WHERE g.stands
RETURN collect([g.key, g.rule, g.child, g.concern, g.caseId])"""
    for by in ("child", "concern", "caseId")
}
RAISED_BEFORE = """
MATCH (a:Alert)-[:TELLS_OF {part: 'CHILD'}]->(c:PersonRecord)
MATCH (a)-[:TELLS_OF {part: 'OF_CONCERN'}]->(o:PersonRecord)
MATCH (a)-[:TELLS_OF]->(k:Case)
MERGE (g:Ground {key: a.key})
ON CREATE SET g.rule = a.rule, g.child = c.sourceKey, g.concern = o.sourceKey, g.caseId = k.caseId, g.lapsed = 0,
  g.stands = true"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What an alert rests on: records by source key, and the case by its id."""

    key: str
    rule: str
    child: str
    concern: str
    case_id: str


async def stand(change: Change, grounds: Iterable[Ground]) -> None:
    """Keep that alerts were raised on these grounds."""
    rows = [
        {"key": one.key, "rule": one.rule, "child": one.child, "concern": one.concern, "caseId": one.case_id}
        for one in grounds
    ]
    if rows:
        await change.tx.run(STAND, {"rows": rows})


async def around(ask: Ask, reached: Reached) -> list[Ground]:
    """The grounds that stand and may have been touched: by a record of either person, or by the case."""
    persons = set(reached.persons) | set(await _asked(ask, PERSONS_OF_RECORDS, "ids", reached.records))
    records = await _asked(ask, RECORDS, "ids", persons)
    keys = {"child": records, "concern": records, "caseId": reached.cases}
    found = [row for by, given in keys.items() for row in await _asked(ask, STANDING[by], "keys", given)]
    return [
        Ground(key=key, rule=rule, child=child, concern=concern, case_id=case_id)
        for key, rule, child, concern, case_id in found
    ]


async def lapse(change: Change, keys: Collection[str]) -> None:
    """Note that grounds stand no longer."""
    if keys:
        await change.tx.run(LAPSE, {"keys": sorted(keys)})


async def lapsed(ask: Ask, keys: Collection[str]) -> dict[str, int]:
    """How often grounds ceased to stand, where they ever did."""
    return {key: int(often) for key, often in await _asked(ask, LAPSED, "keys", keys)}


async def _asked(ask: Ask, statement: str, name: str, given: Collection[str]) -> list[Any]:
    return list(await ask(statement, {name: sorted(given)})) if given else []
