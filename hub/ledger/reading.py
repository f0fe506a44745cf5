"""Reading entries back: in order, across chains, also while a hub writes."""

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from hub.ledger.entries import read_entry
from hub.ledger.lines import Kind, read
from hub.ledger.segments import SegmentName, complete_lines, names
from resolvers.ledger import Disclosure, Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """An entry with its moment (RFC 3339, UTC) and receipt."""

    time: str
    receipt: str
    entry: Entry


def recorded(directory: Path) -> Iterator[Recorded]:
    """Every entry that can be read, by time; lines that do not fit are left to `verify`."""
    chains: dict[int, list[SegmentName]] = {}
    for name in names(directory):
        chains.setdefault(name.chain, []).append(name)
    return heapq.merge(*(_along(directory, chain) for chain in chains.values()), key=lambda one: one.time)


def sightings(entries: Iterable[Recorded], records: frozenset[str]) -> Iterator[tuple[Recorded, Disclosure]]:
    """The disclosures that told something of one of these records."""
    for one in entries:
        for disclosure in one.entry.disclosures:
            if not records.isdisjoint(disclosure.records):
                yield one, disclosure


def latest_changes(directory: Path, chain: int) -> tuple[str, frozenset[str]]:
    """Name the changes that a chain's two newest segments tell of, and the moment where these begin; all time if empty.

    What its process had under way when it ended is no older than the last of them.
    """
    newest = [name for name in names(directory) if name.chain == chain][-2:]
    entries = list(_along(directory, newest))
    told = frozenset(changed.change for one in entries for changed in one.entry.changes)
    return entries[0].time if entries and newest[0].number > 1 else "", told


def hash_at(directory: Path, chain: int, sequence: int) -> str | None:
    """The hash of a chain's line by its number, looked for from the newest segment back; None where it is not."""
    for name in reversed([name for name in names(directory) if name.chain == chain]):
        first: int | None = None
        for raw in complete_lines(directory / str(name)):
            try:
                head = read(raw).head
            except ValueError:
                continue
            first = head.sequence if first is None else first
            if head.sequence == sequence:
                return head.hash
        if first is not None and first <= sequence:
            return None
    return None


def _along(directory: Path, chain: Iterable[SegmentName]) -> Iterator[Recorded]:
    for name in chain:
        for raw in complete_lines(directory / str(name)):
            one = read_recorded(raw)
            if one is not None:
                yield one


def read_recorded(raw: bytes) -> Recorded | None:
    """Read a line's entry; None where the line holds none, or does not fit."""
    try:
        line = read(raw)
        if line.kind is not Kind.ENTRY:
            return None
        return Recorded(time=line.time, receipt=line.members["receipt"], entry=read_entry(line.members["entry"]))
    except (ValueError, KeyError, TypeError):
        return None
