"""A Redis server of the tests' own, on loopback."""

import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

READY = "Ready to accept connections"


def redis_program() -> str:
    """Find the server, or skip the test."""
    found = shutil.which("redis-server")
    if found is None:
        pytest.skip("Redis is not installed; `make redis` installs it from Debian's packages")
    return found


@contextmanager
def a_redis(folder: Path, port: int) -> Iterator[str]:
    """Serve from memory until the block ends; gives the address."""
    options = ("--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder))
    with subprocess.Popen([redis_program(), *options], stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert any(READY in line for line in process.stdout), "Redis does not begin"
            yield f"redis://127.0.0.1:{port}"
        finally:
            process.kill()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
