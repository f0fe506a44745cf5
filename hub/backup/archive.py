"""The file of a backup: compressed lines of JSON, the last of which says how many there are and what their digest is.

{"kind": "header", "format": 1, "made": ..., "hub": ..., "engine": ..., "migrations": [...], "policies": ...}
{"kind": "nodes", "of": "PersonRecord", "rows": [{...}, ...]}
{"kind": "links", "of": "PersonRecord-ABOUT-Person", "rows": [{"start": ..., "end": ..., "properties": {...}}, ...]}
{"kind": "file", "of": "ledger/public.key", "rows": ["<base64>", ...]}
{"kind": "end", "counts": {"nodes": {"PersonRecord": 12}, ...}, "sha256": "<of every byte before this line>"}
"""

import gzip
import hashlib
import json
import os
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hub.backup.errors import BackupError

FORMAT = 1
LEVEL = 4
ROWS = 500
KINDS = ("nodes", "links", "file")
Counts = dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Some rows of one kind and of one thing of it."""

    kind: str
    of: str
    rows: list[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a backup is, and how much is in it; `digest` names exactly this content."""

    header: Mapping[str, Any]
    counts: Counts
    digest: str


@dataclass(slots=True)
class Archive:
    """A backup in the making; `create` opens one."""

    _stream: gzip.GzipFile
    _digest: Any = field(default_factory=hashlib.sha256)
    _rows: list[Any] = field(default_factory=list)
    _of: tuple[str, str] = ("", "")
    counts: Counts = field(default_factory=lambda: {kind: {} for kind in KINDS})

    def begin(self, header: Mapping[str, Any]) -> None:
        """Say what it is a backup of."""
        self._line({"kind": "header", "format": FORMAT, **header})

    def add(self, kind: str, of: str, row: object) -> None:
        """Add a row, which must be JSON; raises BackupError for a value that is not."""
        if (kind, of) != self._of or len(self._rows) >= ROWS:
            self._flush()
            self._of = (kind, of)
        self._rows.append(row)

    def end(self) -> str:
        """Say that this is all, and return the digest."""
        self._flush()
        digest = str(self._digest.hexdigest())
        self._line({"kind": "end", "counts": self.counts, "sha256": digest})
        return digest

    def _flush(self) -> None:
        if self._rows:
            kind, of = self._of
            self._line({"kind": kind, "of": of, "rows": self._rows})
            self.counts[kind][of] = self.counts[kind].get(of, 0) + len(self._rows)
        self._rows = []

    def _line(self, members: Mapping[str, Any]) -> None:
        try:
            line = json.dumps(members, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode() + b"\n"
        except (TypeError, ValueError) as error:
            raise BackupError(f"{self._of[1]} holds a value that JSON has no word for") from error
        self._digest.update(line)
        self._stream.write(line)


@contextmanager
def create(path: Path) -> Iterator[Archive]:
    """Make a file for its owner alone, which has its name once it is whole and on the disk.

    Raises BackupError where there is one of that name, or it cannot be written.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                with gzip.GzipFile(filename="", fileobj=file, mode="wb", compresslevel=LEVEL, mtime=0) as stream:
                    yield Archive(stream)
                file.flush()
                os.fsync(file.fileno())
            path.hardlink_to(draft)
        finally:
            draft.unlink()
    except FileExistsError as error:
        raise BackupError(f"{path} exists; a backup overwrites nothing, name another file") from error
    except OSError as error:
        raise BackupError(f"{path} cannot be written: {error.strerror}") from error


def verify(path: Path) -> Summary:
    """Read a backup to its end; raises BackupError where anything is missing, changed, or of another format."""
    digest, counts = hashlib.sha256(), {kind: dict[str, int]() for kind in KINDS}
    header, end = None, None
    for line, members in _lines(path):
        if end is not None:
            raise BackupError(f"{path} goes on behind its end")
        if header is None:
            header = _header(path, members)
        elif members.get("kind") == "end":
            end = members
            continue
        else:
            part = _part(path, members)
            counts[part.kind][part.of] = counts[part.kind].get(part.of, 0) + len(part.rows)
        digest.update(line)
    if header is None or end is None:
        raise BackupError(f"{path} is cut off; take another copy")
    if end.get("sha256") != digest.hexdigest() or end.get("counts") != counts:
        raise BackupError(f"{path} was changed: its content does not fit its digest; take another copy")
    return Summary(header=header, counts=counts, digest=digest.hexdigest())


def parts(path: Path) -> Iterator[Part]:
    """The rows of a backup that `verify` found whole."""
    for _, members in _lines(path):
        if members.get("kind") in KINDS:
            yield _part(path, members)


def _lines(path: Path) -> Iterator[tuple[bytes, dict[str, Any]]]:
    try:
        with gzip.open(path, "rb") as stream:
            for line in stream:
                members = json.loads(line)
                if not line.endswith(b"\n") or not isinstance(members, dict):
                    raise BackupError(f"{path} is cut off; take another copy")
                yield line, members
    except EOFError as error:
        raise BackupError(f"{path} is cut off; take another copy") from error
    except (gzip.BadGzipFile, zlib.error, ValueError) as error:
        raise BackupError(f"{path} is not a backup, or was changed; take another copy") from error
    except OSError as error:
        raise BackupError(f"{path} cannot be read: {error.strerror}") from error


def _header(path: Path, members: dict[str, Any]) -> Mapping[str, Any]:
    if members.get("kind") != "header" or not isinstance(members.get("format"), int):
        raise BackupError(f"{path} is not a backup of a hub")
    if members["format"] != FORMAT:
        raise BackupError(
            f"{path} has format {members['format']}, and this hub reads {FORMAT}; use the hub that made it"
        )
    return members


def _part(path: Path, members: dict[str, Any]) -> Part:
    kind, of, rows = members.get("kind"), members.get("of"), members.get("rows")
    if kind not in KINDS or not isinstance(of, str) or not isinstance(rows, list):
        raise BackupError(f"{path} was changed: it has a line that no hub writes")
    return Part(kind=str(kind), of=of, rows=rows)
