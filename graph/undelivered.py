"""Alerts that nobody could be told: each is looked at again on another day, or under other policies."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from graph.change import Ask, Change

MOST = 100
"""How many are looked at again in one go."""
KEEP = """
UNWIND $rows AS row
MERGE (u:Undelivered {key: row.key})
ON CREATE SET u.noticedAt = $now
SET u.rule = row.rule, u.child = row.child, u.isKeptBack = row.isKeptBack, u.looked = $mark"""
SETTLE = "UNWIND $keys AS key MATCH (u:Undelivered {key: key}) DELETE u"
STALE = """
MATCH (u:Undelivered) WHERE u.looked <> $mark
WITH u ORDER BY u.key LIMIT $most
RETURN collect([u.key, u.rule, u.child, u.isKeptBack])"""
PERSONS = """
UNWIND $keys AS key MATCH (:PersonRecord {sourceKey: key})-[:ABOUT]->(p:Person) RETURN collect(DISTINCT p.personId)"""
COUNTED = """
MATCH (u:Undelivered)
RETURN [sum(CASE WHEN u.isKeptBack THEN 0 ELSE 1 END), sum(CASE WHEN u.isKeptBack THEN 1 ELSE 0 END)]"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undelivered:
    """An alert by its key, its rule and the source key of the child's record.

    It `is_kept_back` where protections hide it from all who are to be told; otherwise there is nobody to tell.
    """

    key: str
    rule: str
    child: str
    is_kept_back: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many alerts have nobody who could be told, and how many are kept back by protections."""

    without_anybody: int
    kept_back: int


async def keep(change: Change, alerts: Iterable[Undelivered], mark: str) -> None:
    """Keep alerts, with the mark under which they were looked at: a day and policies."""
    rows = [{"key": one.key, "rule": one.rule, "child": one.child, "isKeptBack": one.is_kept_back} for one in alerts]
    if rows:
        await change.tx.run(KEEP, {"rows": rows, "mark": mark, "now": change.stamp.now})


async def settle(change: Change, keys: Collection[str]) -> None:
    """Forget alerts that somebody was told, or that are not due any more."""
    if keys:
        await change.tx.run(SETTLE, {"keys": sorted(keys)})


async def stale(ask: Ask, mark: str) -> list[Undelivered]:
    """The next alerts that were not looked at under this mark."""
    found = await ask(STALE, {"mark": mark, "most": MOST})
    return [Undelivered(key=key, rule=rule, child=child, is_kept_back=kept) for key, rule, child, kept in found]


async def children(ask: Ask, alerts: Iterable[Undelivered]) -> frozenset[str]:
    """The ids of the persons whom alerts are about."""
    return frozenset(await ask(PERSONS, {"keys": sorted({one.child for one in alerts})}))


async def count(ask: Ask) -> Count:
    """Count them."""
    without_anybody, kept_back = await ask(COUNTED, {})
    return Count(without_anybody=int(without_anybody), kept_back=int(kept_back))
