"""The rules' judgements, kept in step with the records' values."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph import edges, nodes
from graph.change import Ask, Change
from graph.linkage.keys import Rule, keys, rule
from graph.linkage.partition import RULES
from graph.vocabulary import Node, Verdict

JUDGEMENT_PREFIX = "jdg_"
CROWD = 50
"""A key that more records share is a placeholder, and tells nothing."""
KEYS = """
UNWIND $ids AS id
MATCH (:PersonRecord {recordId: id})-[:MATCHES]->(k:MatchKey)
RETURN collect([id, k.value])"""
ADD_KEYS = "UNWIND $values AS value MERGE (:MatchKey {value: value})"
SHARING = """
UNWIND $values AS value
MATCH (k:MatchKey {value: value})
CALL (k) {
  MATCH (k)<-[:MATCHES]-(r:PersonRecord)
  RETURN collect([r.recordId, r.owner]) AS sharing
}
RETURN collect([value, sharing])"""
CROWDS = """
UNWIND $values AS value
MATCH (k:MatchKey {value: value})
WITH k, COUNT { (k)<-[:MATCHES]-() } AS now WHERE now > $least
CALL (k) {
  MATCH (k)<-[:MATCHES]-(r:PersonRecord)
  RETURN collect(r.recordId) AS records
}
RETURN collect([k.value, now, records])"""
JUDGED = """
UNWIND $ids AS id
MATCH (j:Judgement) WHERE j.left = id AND j.author STARTS WITH 'rule:'
RETURN collect([j.judgementId, j.left, j.right, j.author, j.withdrawnAt, j.withdrawnBy])"""
JUDGED_RIGHT = JUDGED.replace("j.left = id", "j.right = id")
CREATE = "UNWIND $rows AS row CREATE (j:Judgement) SET j = row"
WITHDRAW = """
UNWIND $ids AS id
MATCH (j:Judgement {judgementId: id})
SET j.withdrawnAt = $now, j.withdrawnBy = $by"""
MATCHES = ("PersonRecord", "MATCHES", "MatchKey")
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """A rule's judgement as it is stored."""

    id: str
    pair: Pair
    author: str
    withdrawn: bool
    by: str | None

    @property
    def refused(self) -> bool:
        """Whether a human withdrew it, so that no rule may make it again."""
        return self.withdrawn and self.by is not None and not self.by.startswith(RULES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """The judgements that the rules should take back, and those that they should make."""

    outdated: tuple[Ruling, ...]
    due: Mapping[Pair, Rule]


async def judge(change: Change, records: Iterable[str]) -> set[str]:
    """Make and withdraw the rules' judgements on these records; returns every record that one of them names."""
    ids = sorted(records)
    if not ids:
        return set()
    added, gone = await _rekey(change, ids)
    ids = sorted({*ids, *await _affected(change.ask, added, gone)})
    review = await reviewed(change.ask, ids)
    if review.outdated:
        outdated = [ruling.id for ruling in review.outdated]
        await change.tx.run(WITHDRAW, {"ids": outdated, "now": change.stamp.now, "by": RULES})
    if review.due:
        await change.tx.run(CREATE, {"rows": [_row(change, pair, author) for pair, author in review.due.items()]})
    return {id_ for pair in (*review.due, *(ruling.pair for ruling in review.outdated)) for id_ in pair}


async def reviewed(ask: Ask, ids: Sequence[str]) -> Review:
    """What the records' stored keys ask of the rules, against the judgements that stand."""
    values = {value for _, value in await ask(KEYS, {"ids": ids})}
    expected = await _expected(ask, values, set(ids))
    rulings = await _rulings(ask, ids)
    standing = {(ruling.pair, ruling.author) for ruling in rulings if not ruling.withdrawn}
    refused = {ruling.pair for ruling in rulings if ruling.refused}
    return Review(
        outdated=tuple(
            ruling for ruling in rulings if not ruling.withdrawn and expected.get(ruling.pair) != ruling.author
        ),
        due={
            pair: author for pair, author in expected.items() if (pair, author) not in standing and pair not in refused
        },
    )


async def key_changes(ask: Ask, ids: Sequence[str]) -> tuple[set[Pair], set[Pair]]:
    """The keys that records miss and those that they should not have, as (record, key)."""
    wanted = {
        (row[Node.PERSON.id_property], key) for row in await nodes.read(ask, Node.PERSON, ids) for key in keys(row)
    }
    stored = {(id_, value) for id_, value in await ask(KEYS, {"ids": ids})}
    return wanted - stored, stored - wanted


async def _rekey(change: Change, ids: Sequence[str]) -> tuple[Counter[str], Counter[str]]:
    """Bring the records' keys up to date; returns how many records came to each key, and how many left it."""
    added, gone = await key_changes(change.ask, ids)
    await edges.drop(change.tx, [_matches(id_, key) for id_, key in sorted(gone)])
    if added:
        await change.tx.run(ADD_KEYS, {"values": sorted({key for _, key in added})})
        await edges.put(change.tx, [_matches(id_, key) for id_, key in sorted(added)])
    return Counter(key for _, key in added), Counter(key for _, key in gone)


async def _affected(ask: Ask, added: Counter[str], gone: Counter[str]) -> set[str]:
    """All records of those keys that became, or ceased to be, too common to tell anything."""
    values = sorted({*added, *gone})
    least = CROWD - max(gone.values(), default=0)
    crowds = await ask(CROWDS, {"values": values, "least": least}) if values else []
    return {
        id_
        for value, now, records in crowds
        if (now > CROWD) != (now - added[value] + gone[value] > CROWD)
        for id_ in records
    }


async def _expected(ask: Ask, values: set[str], ids: set[str]) -> dict[Pair, Rule]:
    """Which pairs with one of `ids` the keys suggest, and by which rule; the surer one where both do."""
    if not values:
        return {}
    rows = await ask(SHARING, {"values": sorted(values)})
    found: dict[Pair, Rule] = {}
    for value, sharing in rows:
        if len(sharing) > CROWD:
            continue
        author = rule(value)
        for pair in _pairs(dict(sharing), ids, across=author is Rule.NAME_BIRTH_IDENTIFIER):
            if found.get(pair) is not Rule.STRONG_IDENTIFIER:
                found[pair] = author
    return found


def _pairs(owners: Mapping[str, str], ids: set[str], *, across: bool) -> Iterable[Pair]:
    for one in ids & owners.keys():
        for other in owners.keys() - {one}:
            if not across or owners[one] != owners[other]:
                yield (one, other) if one < other else (other, one)


async def _rulings(ask: Ask, ids: Sequence[str]) -> list[Ruling]:
    left, right = await ask(JUDGED, {"ids": ids}), await ask(JUDGED_RIGHT, {"ids": ids})
    return [
        Ruling(id=id_, pair=(one, other), author=author, withdrawn=at is not None, by=by)
        for id_, one, other, author, at, by in {row[0]: row for row in (*left, *right)}.values()
    ]


def _row(change: Change, pair: Pair, author: Rule) -> dict[str, Any]:
    return {
        "judgementId": change.stamp.chance(JUDGEMENT_PREFIX),
        "left": pair[0],
        "right": pair[1],
        "verdict": Verdict.SAME.value,
        "author": author.value,
        "score": author.score,
        "madeAt": change.stamp.now,
    }


def _matches(record: str, key: str) -> edges.Edge:
    return edges.Edge(run=MATCHES, start=record, end=key, properties={})
