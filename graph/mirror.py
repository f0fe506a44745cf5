"""What the ledger asks of the graph: to remember how far its chains have come, and who a person's records are."""

from dataclasses import dataclass

from graph.change import Ask
from graph.store import Store, Transaction

WRITE_HEAD = """
MERGE (h:LedgerHead {headId: $headId})
SET h.ledger = $ledger, h.chain = $chain, h.sequence = $sequence, h.hash = $hash
"""
READ_HEADS = """
MATCH (h:LedgerHead) WHERE h.ledger = $ledger
RETURN collect([h.chain, h.sequence, h.hash])
"""
READ_RECORDS = """
MATCH (p:Person {personId: $person})-[:SUCCEEDED_BY*0..]-(q:Person)<-[:ABOUT]-(r:PersonRecord)
RETURN collect(DISTINCT r.recordId)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class MirroredHead:
    """The last line that a chain is known to have written durably; `ledger` is the public key of its seals."""

    ledger: str
    chain: int
    sequence: int
    hash: str


async def write_head(store: Store, head: MirroredHead) -> None:
    """Remember where a chain stands, in place of where it stood; raises GraphUnavailable."""
    parameters = {
        "headId": f"{head.ledger}/{head.chain}",
        "ledger": head.ledger,
        "chain": head.chain,
        "sequence": head.sequence,
        "hash": head.hash,
    }

    async def work(transaction: Transaction) -> None:
        await transaction.run(WRITE_HEAD, parameters)

    await store.write(work)


async def read_heads(store: Store, ledger: str) -> list[MirroredHead]:
    """Where the chains of a ledger stood at last; raises GraphUnavailable."""
    rows = await store.read(READ_HEADS, {"ledger": ledger})
    return [MirroredHead(ledger=ledger, chain=chain, sequence=sequence, hash=hash_) for chain, sequence, hash_ in rows]


async def read_records(ask: Ask, person: str) -> frozenset[str]:
    """The ids of all records about a person, also of those who were merged into it or into whom it was merged."""
    return frozenset(await ask(READ_RECORDS, {"person": person}))
