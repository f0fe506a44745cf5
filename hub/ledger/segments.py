"""The files that a chain consists of, and how one is appended to."""

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PUBLIC_KEY = "public.key"
_NAME = re.compile(r"chain-(\d{3})-segment-(\d{6})\.jsonl")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class SegmentName:
    """Which segment (from 1) of which chain (from 0)."""

    chain: int
    number: int

    def __str__(self) -> str:
        return f"chain-{self.chain:03}-segment-{self.number:06}.jsonl"

    @property
    def next(self) -> "SegmentName":
        return SegmentName(chain=self.chain, number=self.number + 1)

    @property
    def previous(self) -> "SegmentName | None":
        return SegmentName(chain=self.chain, number=self.number - 1) if self.number > 1 else None


def names(directory: Path) -> list[SegmentName]:
    """The segments in a folder, by chain and number."""
    found = (_NAME.fullmatch(path.name) for path in directory.iterdir())
    return sorted(SegmentName(chain=int(match[1]), number=int(match[2])) for match in found if match)


def complete_lines(path: Path) -> Iterator[bytes]:
    """The complete lines of a segment, without line feeds; a piece behind the last line feed is left out."""
    with path.open("rb") as file:
        for raw in file:
            if raw.endswith(b"\n"):
                yield raw[:-1]


class SegmentFile:
    """A segment open for appending; `offset` is where its last durable line ends."""

    def __init__(self, descriptor: int, offset: int) -> None:
        self._descriptor = descriptor
        self.offset = offset
        self._torn = False

    @classmethod
    def create(cls, path: Path, first: bytes) -> "SegmentFile":
        """Make a new segment with its first line; raises OSError and leaves no file behind."""
        file = cls(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600), 0)
        try:
            file.append(first)
            sync_folder(path.parent)
        except OSError:
            file.close()
            with suppress(OSError):
                path.unlink()
            raise
        return file

    @classmethod
    def reopen(cls, path: Path, offset: int) -> "SegmentFile":
        """Open a segment whose durable lines end at `offset`; what stands behind is cut off."""
        file = cls(os.open(path, os.O_RDWR), offset)
        file._cut()
        return file

    @property
    def descriptor(self) -> int:
        """The file, for whoever makes it durable."""
        return self._descriptor

    def append(self, data: bytes) -> None:
        """Write and make durable; raises OSError, then with nothing of `data` left in the file where that can be."""
        self.write(data)
        try:
            os.fdatasync(self._descriptor)
        except OSError:
            self.drop()
            raise
        self.keep(data)

    def write(self, data: bytes) -> None:
        """Write behind the durable lines, for `keep` or `drop` to follow; raises OSError, then with `drop` done."""
        if self._torn:
            self._cut()
        self._torn = True
        try:
            self._write(data)
        except OSError:
            self.drop()
            raise

    def keep(self, data: bytes) -> None:
        """Count what was written as durable."""
        self._torn = False
        self.offset += len(data)

    def drop(self) -> None:
        """Cut off what was written; where that fails too, the next to write begins with it."""
        with suppress(OSError):
            self._cut()

    def close(self) -> None:
        os.close(self._descriptor)

    def _write(self, data: bytes) -> None:
        rest, at = memoryview(data), self.offset
        while rest:
            written = os.pwrite(self._descriptor, rest, at)
            rest, at = rest[written:], at + written

    def _cut(self) -> None:
        os.ftruncate(self._descriptor, self.offset)
        os.fdatasync(self._descriptor)
        self._torn = False


def sync_folder(directory: Path) -> None:
    """Make the names in a folder durable."""
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_public_key(directory: Path, text: str) -> None:
    """Put the public key beside the segments that it checks, for whoever copies the folder."""
    path = directory / PUBLIC_KEY
    if not path.exists():
        with suppress(OSError):  # a full disk; the segments name the key too
            path.write_text(f"{text}\n", encoding="ascii")
