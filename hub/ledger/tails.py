"""Where a chain stands when a process takes it up again."""

from dataclasses import dataclass, field
from pathlib import Path

from hub.ledger.errors import LedgerTampered
from hub.ledger.lines import START, Head, Kind, Line, read
from hub.ledger.merkle import MerkleTree
from hub.ledger.segments import SegmentName, complete_lines


@dataclass(slots=True, kw_only=True)
class Tail:
    """The end of a segment as it was read: where it stands, how many bytes are whole and how many are torn."""

    head: Head = START
    sealed: bool = False
    offset: int = 0
    torn: int = 0
    tree: MerkleTree = field(default_factory=MerkleTree)

    def take(self, line: Line, length: int) -> None:
        """Count a line of `length` bytes in."""
        self.head = line.head
        self.sealed = line.kind is Kind.SEAL
        self.offset += length
        self.tree.add(line.head.hash)


def read_tail(directory: Path, name: SegmentName) -> Tail:
    """Read a chain's last segment; raises LedgerTampered where a complete line does not fit the one before it."""
    path = directory / str(name)
    tail = Tail()
    for number, raw in enumerate(complete_lines(path), start=1):
        try:
            line = read(raw)
        except ValueError as error:
            raise LedgerTampered(f"{name}, line {number}: {error}") from error
        first = number == 1
        if not first and (line.previous != tail.head.hash or line.head.sequence != tail.head.sequence + 1):
            raise LedgerTampered(f"{name}, line {number}: it does not follow the line before it")
        if first != (line.kind is Kind.OPEN) or tail.sealed:
            raise LedgerTampered(f"{name}, line {number}: such a line cannot stand here")
        tail.take(line, len(raw) + 1)
    tail.torn = path.stat().st_size - tail.offset
    return tail
