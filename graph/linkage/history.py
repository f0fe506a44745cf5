"""Judgements as they were made and withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from graph.store import Store

ASKED = (
    "j {.judgementId, .left, .right, .verdict, .author, .reason, .madeAt, .withdrawnAt, .withdrawnBy, .withdrawnReason}"
)
BY_PEOPLE = f"""
MATCH (j:Judgement)
WHERE NOT j.author STARTS WITH 'rule:' OR NOT coalesce(j.withdrawnBy, 'rule:') STARTS WITH 'rule:'
WITH j ORDER BY j.madeAt DESC, j.judgementId LIMIT $most
RETURN collect({ASKED})"""
OF_LEFT = f"MATCH (j:Judgement {{left: $id}}) RETURN collect({ASKED})"
OF_RIGHT = f"MATCH (j:Judgement {{right: $id}}) RETURN collect({ASKED})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What somebody, or a rule, held of two records, and how it ended where it did."""

    id: str
    records: tuple[str, str]
    verdict: str
    author: str
    reason: str | None
    made_at: str
    withdrawn_at: str | None
    withdrawn_by: str | None
    withdrawn_reason: str | None


async def by_people(store: Store, most: int) -> list[Judged]:
    """What people made, and what they withdrew of the rules', newest first."""
    return _judged(await store.read(BY_PEOPLE, {"most": most}))


async def of_record(store: Store, record: str, most: int) -> list[Judged]:
    """All that was ever held of a record, by rules too, newest first."""
    rows = [row for statement in (OF_LEFT, OF_RIGHT) for row in await store.read(statement, {"id": record})]
    return _judged(rows)[:most]


def _judged(rows: Sequence[dict[str, Any]]) -> list[Judged]:
    found = [
        Judged(
            id=row["judgementId"],
            records=(row["left"], row["right"]),
            verdict=row["verdict"],
            author=row["author"],
            reason=row["reason"],
            made_at=row["madeAt"],
            withdrawn_at=row["withdrawnAt"],
            withdrawn_by=row["withdrawnBy"],
            withdrawn_reason=row["withdrawnReason"],
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: (one.made_at, one.id), reverse=True)
