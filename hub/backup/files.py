"""The files of a backup put back into a data folder that has none of them."""

import os
import re
import shutil
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hub.backup.archive import Part
from hub.backup.errors import BackupError
from hub.folder import Folder
from hub.ledger.seals import public_key
from hub.ledger.segments import PUBLIC_KEY, names, sync_folder
from hub.ledger.verification import verify

LEDGER = "ledger"
KEYS = ("cursors", "ledger-seals")
"""Kept, so that the ledger goes on and pages too; not the key that signs the demo's tokens, which a copy must not."""
_NAME = re.compile(rf"ledger/(chain-\d{{3}}-segment-\d{{6}}\.jsonl|{re.escape(PUBLIC_KEY)})|keys/({'|'.join(KEYS)})")


class Drafts:
    """The files of a backup beside the place where they are to be."""

    def __init__(self, folder: Folder, path: Path) -> None:
        self._folder = folder
        self._path = path
        for name in (LEDGER, "keys"):
            (path / name).mkdir(mode=0o700)

    def add(self, part: Part) -> None:
        """Write on a file; raises BackupError for a name that no backup has."""
        if not _NAME.fullmatch(part.of):
            raise BackupError("the backup was changed: it names a file that no hub writes")
        descriptor = os.open(self._path / part.of, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            for row in part.rows:
                file.write(_bytes(row))
            file.flush()
            os.fsync(file.fileno())

    def check(self) -> None:
        """Raise BackupError where the ledger is not whole, or the folder holds another hub's files."""
        ledger = self._path / LEDGER
        if (ledger / PUBLIC_KEY).exists():
            report = verify(ledger, public_key((ledger / PUBLIC_KEY).read_text(encoding="ascii")))
            if report.findings:
                raise BackupError(f"the ledger of the backup is not whole: {report.findings[0]}")
        for name in self._strange():
            raise BackupError(f"{self._folder.path} holds {name} of another hub; restore into an empty folder")

    def settle(self) -> None:
        """Move each file to its place; what is there is the same already."""
        for name in (LEDGER, "keys"):
            place = self._folder.path / name
            place.mkdir(mode=0o700, exist_ok=True)
            for draft in sorted((self._path / name).iterdir()):
                draft.replace(place / draft.name)
            sync_folder(place)

    def _strange(self) -> Iterator[str]:
        ledger = self._folder.path / LEDGER
        there = [f"{LEDGER}/{name}" for name in names(ledger)] if ledger.exists() else []
        for name in (*there, *(f"keys/{key}" for key in KEYS)):
            file, draft = self._folder.path / name, self._path / name
            if file.exists() and not (draft.exists() and draft.read_bytes() == file.read_bytes()):
                yield name


@contextmanager
def drafts(folder: Folder) -> Iterator[Drafts]:
    """Give room for the files of a backup, which is gone afterwards."""
    path = folder.path / ".restoring"
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(mode=0o700)
    try:
        yield Drafts(folder, path)
    finally:
        shutil.rmtree(path, ignore_errors=True)


def _bytes(row: object) -> bytes:
    try:
        return b64decode(str(row), validate=True)
    except (Base64Error, ValueError) as error:
        raise BackupError("the backup was changed: a file in it cannot be read") from error
