"""Stamps, chance and identity, which everything else is handed."""

import os
import socket
from pathlib import Path

from graph.change import Stamp
from hub.clock import moment

ID_BYTES, NONCE_BYTES = 12, 16


def stamp() -> Stamp:
    """Now, and ids that cannot be guessed."""
    return Stamp(now=now(), chance=identifier)


def now() -> str:
    """Now, as RFC 3339 in UTC."""
    return moment().isoformat(timespec="milliseconds").replace("+00:00", "Z")


def identifier(prefix: str) -> str:
    """A random id that begins with the prefix."""
    return prefix + os.urandom(ID_BYTES).hex()


def nonce() -> str:
    """A name for a request, a receipt or a key that cannot be guessed."""
    return os.urandom(NONCE_BYTES).hex()


def process() -> str:
    """The name of this process, which no other has had: its machine, its number and when it began."""
    return f"{socket.gethostname()} {os.getpid()} {_began(os.getpid())}"


def is_alive(name: str) -> bool:
    """Whether the process of that name runs; one of another machine is believed to."""
    parts = name.split()
    if len(parts) != len(("machine", "number", "began")) or parts[0] != socket.gethostname():
        return True
    return _began(int(parts[1])) == parts[2] != ""


def _began(number: int) -> str:
    """Ticks from the machine's start to the process's, as Linux counts them; elsewhere only whether there is one."""
    try:
        status = Path(f"/proc/{number}/stat").read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return "" if Path("/proc/self").exists() else _exists(number)
    return status.rpartition(")")[2].split()[19]


def _exists(number: int) -> str:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return ""
    except PermissionError:
        return "?"
    return "?"
