"""The engine's log: bounded, while the engine holds it open."""

import contextlib
import os
import shutil
from pathlib import Path

LIMIT = 4 * 1024 * 1024
"""Bytes; one older part of the same size is kept beside it."""


def trim(log: Path, limit: int = LIMIT) -> None:
    """Move what was written to the older part when it is too much; the engine appends, so it goes on at the start."""
    if log.exists() and log.stat().st_size > limit:
        with contextlib.suppress(OSError):  # a full disk: the newest part makes room for itself
            shutil.copyfile(log, log.with_name(f"{log.name}.1"))
        os.truncate(log, 0)


def last_words(log: Path, count: int = 3) -> str:
    """Give the last lines of the log, for an error message."""
    try:
        with log.open("rb") as stream:
            stream.seek(max(0, log.stat().st_size - 4096))
            lines = stream.read().decode(errors="replace").splitlines()
    except OSError:
        return ""
    return " | ".join(line.strip() for line in lines[-count:] if line.strip())
