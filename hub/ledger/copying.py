"""A copy of the ledger as it stands at one moment, also while hubs write on it."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from hub.ledger.lines import Kind, read
from hub.ledger.segments import SegmentName, complete_lines, names


def segments(directory: Path) -> Iterator[tuple[SegmentName, Iterator[bytes]]]:
    """The segments that there are now, each with its lines, line feeds included.

    What is begun meanwhile is left out, and so the last segment of each chain ends open: a seal would promise another.
    """
    for _, chain in groupby(names(directory), key=lambda name: name.chain):
        found = list(chain)
        while found and next(complete_lines(directory / str(found[-1])), None) is None:
            found.pop()  # made, and not written yet
        for name in found:
            yield name, _lines(directory / str(name), is_last=name == found[-1])


def _lines(path: Path, *, is_last: bool) -> Iterator[bytes]:
    for raw in complete_lines(path):
        if not (is_last and _is_seal(raw)):
            yield raw + b"\n"


def _is_seal(raw: bytes) -> bool:
    try:
        return read(raw).kind is Kind.SEAL
    except ValueError:  # what does not fit is copied as it is, and found by whoever verifies the copy
        return False
