"""The data folder: everything that a hub keeps beside the graph, in one place with a version.

format    the version of this layout
demo/     the extracts of the demo's made-up partnership
engine/   the embedded engine: its data, its address, its log
keys/     secrets that the hub made for itself
ledger/   who saw what
"""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

FORMAT = 1


class FolderError(Exception):
    """The data folder cannot be used; the message says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """An opened data folder; `Folder.open` makes one."""

    path: Path

    @classmethod
    def open(cls, path: Path) -> "Folder":
        """Open the folder, or make it, readable by its owner only.

        Raises FolderError for a folder of a newer version, or of something else.
        """
        try:
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
            _settle(path)
        except OSError as error:
            raise FolderError(f"the data folder {path} cannot be used: {error.strerror}; see HUB_DATA") from error
        return cls(path=path)

    @property
    def engine(self) -> Path:
        return self._part("engine")

    @property
    def ledger(self) -> Path:
        return self._part("ledger")

    @property
    def demo(self) -> Path:
        return self._part("demo")

    def keeps(self, name: str) -> bool:
        """Whether there is a key of that name already."""
        return (self.path / "keys" / name).exists()

    def secret(self, name: str, size: int) -> bytes:
        """Give the key of that name, made at random when it is first asked for; two processes get the same one."""
        file = self._part("keys") / name
        try:
            _write_once(file, secrets.token_bytes(size))
            key = file.read_bytes()
        except OSError as error:
            raise FolderError(f"the key {file} cannot be kept: {error.strerror}; see HUB_DATA") from error
        if len(key) != size:
            raise FolderError(f"the key {file} has {len(key)} bytes, expected {size}; restore it from a backup")
        return key

    def _part(self, name: str) -> Path:
        part = self.path / name
        try:
            part.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise FolderError(f"{part} cannot be made: {error.strerror}; see HUB_DATA") from error
        return part


def _settle(path: Path) -> None:
    version = path / "format"
    if not version.exists():
        strangers = sorted(entry.name for entry in path.iterdir() if not entry.name.startswith((".", "lost+found")))
        if strangers and not version.exists():
            raise FolderError(f"{path} is not a hub's data folder, it holds {strangers[0]!r}; see HUB_DATA")
        _write_once(version, f"{FORMAT}\n".encode())
    text = version.read_text(encoding="utf-8", errors="replace").strip()
    if not (text.isascii() and text.isdigit()):
        raise FolderError(f"{version} says {text[:20]!r}, expected a number; restore it from a backup")
    if int(text) > FORMAT:
        raise FolderError(
            f"the data folder {path} has format {text} and was made by a newer hub; "
            f"this one reads up to {FORMAT}: upgrade it, or set HUB_DATA to another folder"
        )


def _write_once(file: Path, content: bytes) -> None:
    """Make the file with this content, whole or not at all; one that exists stays as it is."""
    if file.exists():
        return
    draft = file.with_name(f".{file.name}.{os.getpid()}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    try:
        file.hardlink_to(draft)
    except FileExistsError:
        return
    finally:
        draft.unlink()
