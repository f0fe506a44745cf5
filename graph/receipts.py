"""What came of a change that somebody asked for, so that who asks again is told and changes nothing."""

from dataclasses import dataclass

from graph.change import Ask, Change

FIND = "MATCH (r:Receipt {key: $key}) RETURN collect([r.request, r.subject])"
IS_PAST = "MATCH (r:Receipt) WHERE r.madeAt < $before WITH r LIMIT 1 RETURN count(r)"
FORGET = "MATCH (r:Receipt) WHERE r.madeAt < $before WITH r LIMIT 1000 DELETE r RETURN count(*)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A digest of what was asked for under a key, and the id of what was changed."""

    request: str
    subject: str


async def find(change: Change, key: str) -> Receipt | None:
    """Look up what came of a key."""
    found = await change.ask(FIND, {"key": key})
    return Receipt(request=found[0][0], subject=found[0][1]) if found else None


def sign(change: Change, key: str, receipt: Receipt) -> None:
    """Keep a receipt, with what the change posts."""
    change.outgoing.receipt = {"key": key, "request": receipt.request, "subject": receipt.subject}


async def is_past(ask: Ask, before: str) -> bool:
    """Whether a receipt was signed before a moment (RFC 3339)."""
    return bool(await ask(IS_PAST, {"before": before}))


async def forget(change: Change, before: str) -> int:
    """Forget some receipts that were signed before a moment (RFC 3339); returns how many."""
    return int(await change.ask(FORGET, {"before": before}))
