"""Locks on files that end with the process that holds them, however it ends."""

import fcntl
import os
from pathlib import Path


class Lock:
    """A lock on a file, made where it is missing; the kernel lets go of it when the process ends."""

    def __init__(self, path: Path) -> None:
        self.descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)

    def take(self) -> bool:
        """Take the lock for this process alone; says whether that was possible."""
        return self._lock(fcntl.LOCK_EX)

    def share(self) -> bool:
        """Take the lock together with others that share it; says whether that was possible."""
        return self._lock(fcntl.LOCK_SH)

    def close(self) -> None:
        """Let go; a process that inherited the descriptor goes on holding the lock."""
        os.close(self.descriptor)

    def _lock(self, kind: int) -> bool:
        try:
            fcntl.flock(self.descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def is_held(path: Path) -> bool:
    """Whether some process holds this lock for itself alone."""
    lock = Lock(path)
    try:
        return not lock.share()
    finally:
        lock.close()
