"""One chain of segments, written by one process."""

import fcntl
import logging
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import orjson
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hub.ledger.errors import LedgerBusy, LedgerError, LedgerTampered
from hub.ledger.lines import Head, Kind, compose
from hub.ledger.seals import Seal, public_text
from hub.ledger.segments import SegmentFile, SegmentName, names
from hub.ledger.tails import Tail, read_tail

FORMAT = 1
CHAINS = 1000
SEGMENT_BYTES = 16 * 1024 * 1024

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """An entry on its way to the disk, already in JSON."""

    time: datetime
    receipt: str
    entry: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """With what a chain is written: the key of its seals, the clock, and how long a segment grows."""

    key: Ed25519PrivateKey
    clock: Callable[[], datetime]
    segment_bytes: int = SEGMENT_BYTES


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Entries that are written and not yet durable."""

    file: SegmentFile
    data: bytes
    heads: Sequence[Head]


class Chain:
    """Not safe for use by two threads at once; `open_segment` waits for the disk, what writes does not."""

    def __init__(self, directory: Path, name: SegmentName, writing: Writing) -> None:
        """Stand before segment `name`, which does not exist yet, of a chain without lines."""
        self._directory = directory
        self._name = name
        self._writing = writing
        self._file: SegmentFile | None = None
        self._tail = Tail()
        self._lock: int | None = None

    @property
    def number(self) -> int:
        return self._name.chain

    @property
    def head(self) -> Head:
        return self._tail.head

    @property
    def ledger(self) -> str:
        """The name of the folder's ledger among others: its public key."""
        return public_text(self._writing.key.public_key())

    @property
    def name(self) -> str:
        """The name of this chain among those of all ledgers."""
        return f"{self.ledger}/{self.number}"

    @property
    def is_full(self) -> bool:
        """Whether there is no segment to write to, so that `open_segment` has to make one."""
        return self._file is None or self._file.offset >= self._writing.segment_bytes

    def open_segment(self) -> None:
        """Seal the segment that is full, if there is one, and begin the next; may be tried again after an OSError."""
        if self._file is not None and self.is_full:
            self._seal(self._file)
        if self._file is None:
            self._file = self._create()

    def write(self, records: Sequence[Record]) -> Group:
        """Write entries to a segment that is not full, for one of `keep` and `drop` to follow.

        They are durable when the file is. Raises OSError, then with none of them written.
        """
        file = self._file
        if file is None:
            raise LedgerError("no segment is open")
        lines: list[bytes] = []
        heads: list[Head] = []
        head = self.head
        for record in records:
            members = {"receipt": record.receipt, "entry": orjson.Fragment(record.entry)}
            line, head = compose(head, record.time, Kind.ENTRY, members)
            lines.append(line)
            heads.append(head)
        data = b"".join(lines)
        file.write(data)
        return Group(file=file, data=data, heads=heads)

    def keep(self, group: Group) -> None:
        """Go on behind entries that are durable now."""
        group.file.keep(group.data)
        self._advance(group.heads)

    def drop(self, group: Group) -> None:
        """Cut off entries that could not be made durable."""
        group.file.drop()

    def close(self) -> None:
        """Let go of the files and of the chain."""
        if self._file is not None:
            self._file.close()
            self._file = None
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _advance(self, heads: Sequence[Head]) -> None:
        for head in heads:
            self._tail.tree.add(head.hash)
            self._tail.head = head

    def _create(self) -> SegmentFile:
        members = {
            "format": FORMAT,
            "chain": self._name.chain,
            "segment": self._name.number,
            "after": str(self._name.previous) if self._name.previous else None,
            "key": self.ledger,
        }
        line, head = compose(self.head, self._writing.clock(), Kind.OPEN, members)
        file = SegmentFile.create(self._directory / str(self._name), line)
        self._advance([head])
        return file

    def _seal(self, file: SegmentFile) -> None:
        tree = self._tail.tree
        seal = Seal(segment=self._name, count=tree.count, root=tree.root(), last=self.head)
        line, head = compose(self.head, self._writing.clock(), Kind.SEAL, seal.members(self._writing.key))
        file.append(line)
        file.close()
        self._file = None
        self._name = self._name.next
        self._tail = Tail(head=head)

    def _take_up(self, lock: int) -> None:
        self._lock = lock
        last = max((name for name in names(self._directory) if name.chain == self.number), default=None)
        if last is not None:
            self._continue(last)
        with suppress(OSError):  # a full disk withholds answers later, and does not keep the hub from starting
            self.open_segment()

    def _continue(self, last: SegmentName) -> None:
        path = self._directory / str(last)
        tail = read_tail(self._directory, last)
        if tail.torn:
            _log.warning("%s: cut a torn tail of %d bytes, left by a write that never ended", last, tail.torn)
        if tail.offset == 0:
            path.unlink()
            before = last.previous
            self._name = last
            self._tail = Tail(head=read_tail(self._directory, before).head) if before else Tail()
            return
        file = SegmentFile.reopen(path, tail.offset)
        if tail.sealed:
            file.close()
            self._name, self._tail = last.next, Tail(head=tail.head)
        else:
            self._name, self._tail, self._file = last, tail, file


def take_chain(directory: Path, writing: Writing) -> Chain:
    """Take the first chain that no process writes, and continue it; raises LedgerBusy when there is none.

    A chain whose end was tampered with is left as it is, as evidence, and the next one is taken.
    """
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    for number in range(CHAINS):
        lock = _locked(directory / f"chain-{number:03}.lock")
        if lock is None:
            continue
        chain = Chain(directory, SegmentName(chain=number, number=1), writing)
        try:
            chain._take_up(lock)  # noqa: SLF001 - the other half of the constructor
        except LedgerTampered as error:
            _log.error("the ledger was tampered with, chain %d is not continued: %s", number, error)
            chain.close()
            continue
        return chain
    raise LedgerBusy(f"all {CHAINS} chains in {directory} are being written")


def _locked(path: Path) -> int | None:
    descriptor = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor
