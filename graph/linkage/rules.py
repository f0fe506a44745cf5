"""The rules' judgements, kept in step with the records' values."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph import nodes
from graph.change import Ask, Change
from graph.linkage.partition import RULE, Pair
from graph.matching import RULES, Rule, keys
from graph.nodes import Properties, Restated
from graph.vocabulary import Node, Verdict

JUDGEMENT_PREFIX = "jdg_"
CROWD = 50
"""A key that more records share is a placeholder, and tells nothing."""
KEYS = f"""
UNWIND $ids AS id
MATCH (r:PersonRecord {{recordId: id}})
RETURN collect([{", ".join(f"r.{name}" for name in RULES)}])"""
SHARED = {
    name: f"""
UNWIND $values AS value
MATCH (r:PersonRecord {{{name}: value}})
WITH value, count(r) AS many WHERE many > 1
RETURN collect(value)"""
    for name in RULES
}
"""Few values are shared, and to look each up for itself costs five times as much as to count them all."""
SHARING = {
    name: f"""
UNWIND $values AS value
CALL (value) {{
  MATCH (r:PersonRecord {{{name}: value}})
  WITH r LIMIT $most
  RETURN collect([r.recordId, r.owner]) AS sharing
}}
RETURN collect([value, sharing])"""
    for name in RULES
}
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
Key = tuple[str, str]
"""The property that holds a key, and its value."""
Sharing = Mapping[Key, Mapping[str, str]]
"""The records that have a key in common, each with its owner."""


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
        return self.withdrawn and self.by is not None and not self.by.startswith(RULE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """The judgements that the rules should take back, and those that they should make."""

    outdated: tuple[Ruling, ...]
    due: Mapping[Pair, Rule]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The judgements that the rules made, and every record that one of them or one taken back names."""

    made: Mapping[Pair, Rule]
    ids: frozenset[str]


async def judge(change: Change, restated: Sequence[Restated]) -> Judged:
    """Make and withdraw the rules' judgements on records."""
    added = Counter(key for node in restated for key in _held(node.after) - _held(node.before or {}))
    gone = Counter(key for node in restated for key in _held(node.before or {}) - _held(node.after))
    sharing = await _sharing(change.ask, added.keys() | gone.keys(), CROWD + max(added.values(), default=0))
    new = {_id(node.after) for node in restated if node.before is None}
    old = {_id(node.after) for node in restated} - new
    review = await reviewed(change.ask, sorted(old | _affected(sharing, added, gone) - new))
    due = {**_expected(sharing, new), **review.due}
    if review.outdated:
        outdated = [ruling.id for ruling in review.outdated]
        await change.tx.run(WITHDRAW, {"ids": outdated, "now": change.stamp.now, "by": RULE})
    if due:
        await change.tx.run(CREATE, {"rows": [_row(change, pair, author) for pair, author in due.items()]})
    named = frozenset(id_ for pair in (*due, *(ruling.pair for ruling in review.outdated)) for id_ in pair)
    return Judged(made=due, ids=named)


async def reviewed(ask: Ask, ids: Sequence[str]) -> Review:
    """What the records' stored keys ask of the rules, against the judgements that stand."""
    if not ids:
        return Review(outdated=(), due={})
    rows = await ask(KEYS, {"ids": ids})
    stored = {key for row in rows for key in zip(RULES, row, strict=True) if key[1] is not None}
    expected = _expected(await _sharing(ask, stored, CROWD), set(ids))
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
    rows = await nodes.read(ask, Node.PERSON, ids)
    wanted = {(_id(row), " ".join(key)) for row in rows for key in keys(row).items()}
    stored = {(_id(row), " ".join(key)) for row in rows for key in _held(row)}
    return wanted - stored, stored - wanted


def _id(row: Properties) -> str:
    return str(row[Node.PERSON.id_property])


def _held(row: Properties) -> set[Key]:
    return {(name, row[name]) for name in RULES if name in row}


async def _sharing(ask: Ask, wanted: Iterable[Key], crowd: int) -> dict[Key, dict[str, str]]:
    """The keys that several records share, each with one record more than a crowd at most."""
    values: dict[str, list[str]] = defaultdict(list)
    for name, value in sorted(wanted):
        values[name].append(value)
    found = {}
    for name, sought in values.items():
        if shared := await ask(SHARED[name], {"values": sought}):
            rows = await ask(SHARING[name], {"values": shared, "most": crowd + 1})
            found.update({(name, value): dict(sharing) for value, sharing in rows})
    return found


def _affected(sharing: Sharing, added: Counter[Key], gone: Counter[Key]) -> set[str]:
    """All records of those keys that became, or ceased to be, too common to tell anything."""
    return {
        id_
        for key, records in sharing.items()
        if (len(records) > CROWD) != (len(records) - added[key] + gone[key] > CROWD)
        for id_ in records
    }


def _expected(sharing: Sharing, ids: set[str]) -> dict[Pair, Rule]:
    """Which pairs with one of `ids` the keys suggest, and by which rule; the surer one where both do."""
    found: dict[Pair, Rule] = {}
    for (name, _), owners in sharing.items():
        if len(owners) > CROWD:
            continue
        author = RULES[name]
        for pair in _pairs(owners, ids, across=author is Rule.NAME_BIRTH_IDENTIFIER):
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
