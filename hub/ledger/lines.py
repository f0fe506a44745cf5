"""The format of the ledger: one line of JSON for each thing that happened, each bound to the line before it.

    {"seq":7,"prev":"<hash>","time":"<RFC 3339>","kind":"entry", ... ,"hash":"<hash>"}

`hash` is the SHA-256 of the line's exact bytes without its `hash` member, closing brace included; `prev` is the hash of
the line before, also across segments, so that no byte can change without the rest of the chain disagreeing.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import orjson

GENESIS = "0" * 64
"""What the first line of a chain names as the hash before it."""

_HASH_MEMBER = b',"hash":"'
_TAIL = len(_HASH_MEMBER) + len(GENESIS) + len(b'"}')


class Kind(StrEnum):
    """What a line says."""

    OPEN = "open"
    ENTRY = "entry"
    SEAL = "seal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The place that a chain has reached: its last line's number and hash."""

    sequence: int
    hash: str


START = Head(sequence=0, hash=GENESIS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line whose hash fits its own bytes."""

    head: Head
    previous: str
    time: str
    kind: Kind
    members: Mapping[str, Any]


def compose(after: Head, time: datetime, kind: Kind, members: Mapping[str, Any]) -> tuple[bytes, Head]:
    """Return the bytes of the line that follows `after`, line feed included, and where the chain then stands."""
    sequence = after.sequence + 1
    body = orjson.dumps({"seq": sequence, "prev": after.hash, "time": stamp(time), "kind": kind, **members})
    digest = hashlib.sha256(body).hexdigest()
    return body[:-1] + _HASH_MEMBER + digest.encode() + b'"}\n', Head(sequence=sequence, hash=digest)


def read(raw: bytes) -> Line:
    """Read a line without its line feed; raises ValueError where it is none, or where its hash does not fit."""
    body, member, digest = raw[:-_TAIL] + b"}", raw[-_TAIL : len(_HASH_MEMBER) - _TAIL], raw[-_TAIL:-2]
    digest = digest[len(_HASH_MEMBER) :]
    if member != _HASH_MEMBER or raw[-2:] != b'"}' or hashlib.sha256(body).hexdigest().encode() != digest:
        raise ValueError("its bytes do not fit its hash")
    members = orjson.loads(body)
    try:
        return Line(
            head=Head(sequence=int(members.pop("seq")), hash=digest.decode()),
            previous=str(members.pop("prev")),
            time=str(members.pop("time")),
            kind=Kind(members.pop("kind")),
            members=members,
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("it is not a line of the ledger") from error


def stamp(time: datetime) -> str:
    """Write a moment as the ledger does: UTC, microseconds, `Z`."""
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
