"""What is kept sealed: a little of it, by which a key can be tried."""

from graph.change import Ask

SAMPLES = """
MATCH (f:Referral) WITH min(f.receivedAt) AS earliest, max(f.receivedAt) AS latest
MATCH (f:Referral) WHERE f.receivedAt = earliest OR f.receivedAt = latest
RETURN collect(f.narrative)"""


async def samples(ask: Ask) -> list[list[str]]:
    """Read the narratives, each in sealed texts, of the referrals that were received first and last; none of none."""
    return [list(texts) for texts in await ask(SAMPLES, {})]
