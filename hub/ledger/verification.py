"""Whether a ledger is whole: every line in its place, every seal true, nothing cut off."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from hub.ledger.lines import START, Head, Kind, Line, read
from hub.ledger.merkle import MerkleTree
from hub.ledger.seals import Seal, public_text
from hub.ledger.segments import SegmentName, names

Heads = Mapping[int, Head]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that does not fit, and where."""

    segment: str
    line: int | None
    what: str

    def __str__(self) -> str:
        return f"{self.segment}{f', line {self.line}' if self.line else ''}: {self.what}"


@dataclass(slots=True, kw_only=True)
class Report:
    """What a verification saw; `torn` are the open ends that a crash, or a write going on, left behind."""

    key: str | None
    segments: int = 0
    lines: int = 0
    findings: list[Finding] = field(default_factory=list)
    torn: list[Finding] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class _Walk:
    """Where the walk along one chain stands."""

    head: Head = START
    sealed: bool = True
    tree: MerkleTree = field(default_factory=MerkleTree)


def verify(directory: Path, key: Ed25519PublicKey, mirrored: Heads | None = None) -> Report:
    """Check every chain in a folder against the public key of its seals and, where given, the mirrored heads."""
    report = Report(key=public_text(key))
    found = names(directory)
    wanted = {name.chain for name in found} | set(mirrored or {})
    for chain in range(max(wanted, default=-1) + 1):
        segments = [name for name in found if name.chain == chain]
        report.findings += _gaps(chain, segments)
        checker = _Checker(directory, key, report, (mirrored or {}).get(chain))
        for name in segments:
            checker.segment(name, last=name == segments[-1])
        checker.end(chain)
    return report


def _gaps(chain: int, segments: list[SegmentName]) -> Iterator[Finding]:
    if not segments:
        yield Finding(segment=f"chain-{chain:03}", line=None, what="the whole chain is missing")
        return
    present = {name.number for name in segments}
    for number in range(1, segments[-1].number):
        if number not in present:
            yield Finding(segment=str(SegmentName(chain=chain, number=number)), line=None, what="it is missing")


class _Checker:
    """Walks along one chain and reports."""

    def __init__(self, directory: Path, key: Ed25519PublicKey, report: Report, mirrored: Head | None) -> None:
        self._directory = directory
        self._key = key
        self._report = report
        self._mirrored = mirrored
        self._walk = _Walk()

    def segment(self, name: SegmentName, *, last: bool) -> None:
        """Check one segment, which follows the one checked before."""
        self._report.segments += 1
        self._walk.tree, self._walk.sealed = MerkleTree(), False
        number = 0
        with (self._directory / str(name)).open("rb") as file:
            for number, raw in enumerate(file, start=1):
                if raw.endswith(b"\n"):
                    self._line(name, number, raw[:-1])
                else:
                    self._torn(name, number, len(raw), last=last)
        if last and self._walk.sealed:
            self._find(name, number, "it is sealed and the segment after it is missing")
        if not last and not self._walk.sealed:
            self._find(name, number or None, "its end is missing: it was continued and has no seal")

    def end(self, chain: int) -> None:
        """Compare the chain's end with what the mirror saw."""
        mirrored, name = self._mirrored, f"chain-{chain:03}"
        if mirrored is not None and mirrored.sequence > self._walk.head.sequence:
            what = f"it ends at line {self._walk.head.sequence} of the chain, and had come to {mirrored.sequence}"
            self._report.findings.append(Finding(segment=name, line=None, what=what))

    def _line(self, name: SegmentName, number: int, raw: bytes) -> None:
        self._report.lines += 1
        try:
            line = read(raw)
        except ValueError as error:
            self._find(name, number, str(error))
            return
        for what in self._misfits(name, number, line):
            self._find(name, number, what)
        self._walk.sealed = line.kind is Kind.SEAL
        self._walk.head = line.head
        self._walk.tree.add(line.head.hash)

    def _misfits(self, name: SegmentName, number: int, line: Line) -> Iterator[str]:
        before = self._walk.head
        if (line.previous, line.head.sequence) != (before.hash, before.sequence + 1):
            yield f"it does not follow the line before it (it says it is number {line.head.sequence})"
        if self._walk.sealed:
            yield "it stands behind the seal"
        if (number == 1) != (line.kind is Kind.OPEN):
            yield f"a line of kind {line.kind} cannot stand here"
        if line.kind is Kind.OPEN:
            yield from self._misnamed(name, line)
        if line.kind is Kind.SEAL:
            yield from self._missealed(name, line)
        mirrored = self._mirrored
        if mirrored is not None and mirrored.sequence == line.head.sequence and mirrored.hash != line.head.hash:
            yield "it is not the line that the mirror saw"

    def _misnamed(self, name: SegmentName, line: Line) -> Iterator[str]:
        after = str(name.previous) if name.previous else None
        stated = tuple(line.members.get(word) for word in ("chain", "segment", "after"))
        if stated != (name.chain, name.number, after):
            yield "it was opened as another segment"
        if line.members.get("key") != self._report.key:
            yield "it was opened with another key"

    def _missealed(self, name: SegmentName, line: Line) -> Iterator[str]:
        tree = self._walk.tree
        seal = Seal(segment=name, count=tree.count, root=tree.root(), last=self._walk.head)
        if (line.members.get("count"), line.members.get("root")) != (seal.count, seal.root):
            yield "the seal is of other lines"
        elif not seal.accepts(str(line.members.get("signature")), self._key):
            yield "the seal's signature is false"

    def _torn(self, name: SegmentName, number: int, size: int, *, last: bool) -> None:
        finding = Finding(segment=str(name), line=number, what=f"{size} bytes without an end")
        (self._report.torn if last else self._report.findings).append(finding)

    def _find(self, name: SegmentName, number: int | None, what: str) -> None:
        self._report.findings.append(Finding(segment=str(name), line=number, what=what))
