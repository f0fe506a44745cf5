"""Free ports on the loopback, kept from start to start."""

import secrets
import socket
from pathlib import Path

from hub.engine.errors import EngineError

LOWEST, HIGHEST = 20000, 32000
"""Below the range from which the kernel takes ports for outgoing connections, so that nobody takes one by chance."""
ATTEMPTS = 200


def is_free(port: int) -> bool:
    """Whether a server could listen there now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
            probe.listen(1)
        except OSError:
            return False
    return True


def choose(log: Path) -> int:
    """Choose a free port; raises EngineError where none is found."""
    for _ in range(ATTEMPTS):
        port = LOWEST + secrets.randbelow(HIGHEST - LOWEST)
        if is_free(port):
            return port
    raise EngineError(f"no free port from {LOWEST} to {HIGHEST} for the embedded engine; its log is {log}")
