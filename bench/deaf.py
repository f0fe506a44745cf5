"""A client that follows something over a WebSocket and does not read it, and how much of what it was sent waits for it.

It takes little: a small buffer, and small segments, by which Linux sizes the sender's. So a hub that tells kilobytes
soon finds that its sending must wait.
"""

import json
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

SECONDS = 30.0
LONGEST = 65_536
BUFFER, SEGMENT = 4_096, 536
SOCKETS = Path("/proc/net/tcp")
ESTABLISHED = "01"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deaf:
    """An open connection to `port`, on which something was subscribed to."""

    line: socket.socket
    port: int

    @classmethod
    def follow(cls, url: str, init: Mapping[str, object], query: str, variables: Mapping[str, object]) -> "Deaf":
        """Say who one is with `init`, a whole message, be let in, and subscribe."""
        where = urlsplit(url)
        port = where.port or 0
        line = socket.socket()
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, SEGMENT)
        line.connect((where.hostname or "", port))
        line.sendall(
            f"GET {where.path} HTTP/1.1\r\nHost: {where.netloc}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            "Sec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n".encode()
        )
        deaf = cls(line=line, port=port)
        deaf.read(until=b"\r\n\r\n")  # what is said before the hub agrees to talk is lost
        deaf._say(init)
        deaf.read(until=b"connection_ack")
        deaf._say({"type": "subscribe", "id": "1", "payload": {"query": query, "variables": variables}})
        return deaf

    @property
    def is_dropped(self) -> bool:
        """Whether the hub has closed the connection."""
        return not any(port == self.port and state == ESTABLISHED for port, state, _ in self._ends())

    def waiting(self) -> int:
        """The bytes that the hub has sent, as far as it knows, and that nobody has read: they stand in the kernel."""
        return sum(waiting for _, _, waiting in self._ends())

    def read(self, until: bytes) -> bytes:
        """Read up to what is wanted, and give everything; raises OSError where it never comes."""
        found = bytearray()
        self.line.settimeout(SECONDS)
        while until not in found[-LONGEST:]:
            taken = self.line.recv(BUFFER)
            if not taken:
                raise ConnectionResetError("the hub closed the connection")
            found += taken
        return bytes(found)

    def close(self) -> None:
        self.line.close()

    def _say(self, message: Mapping[str, object]) -> None:
        body = json.dumps(message).encode()
        self.line.sendall(bytes([0x81, 0x80 | 126]) + len(body).to_bytes(2, "big") + bytes(4) + body)

    def _ends(self) -> list[tuple[int, str, int]]:
        """Both ends of the connection: their port, their state, and the bytes that wait there."""
        own, found = self.line.getsockname()[1], []
        for row in SOCKETS.read_text(encoding="ascii").splitlines()[1:]:
            _, local, remote, state, queues, *_ = row.split()
            ports = [int(end.partition(":")[2], 16) for end in (local, remote)]
            if sorted(ports) == sorted((own, self.port)):
                found.append((ports[0], state, sum(int(queue, 16) for queue in queues.split(":"))))
        return found
