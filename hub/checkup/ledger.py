"""The ledger, as `hub ledger verify` sees it, and whether it can go on."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from hub.checkup.finding import Finding, note, ok, wrong
from hub.ledger.seals import public_key
from hub.ledger.segments import PUBLIC_KEY
from hub.ledger.verification import verify

PROBE = 4096
"""Bytes of an entry that is longer than most."""


def examine_writing(directory: Path) -> Finding:
    """Say whether an entry could be made durable now, by writing as much beside the ledger."""
    try:
        with tempfile.TemporaryFile(dir=directory) as probe:
            probe.write(bytes(PROBE))
            probe.flush()
            os.fsync(probe.fileno())
    except OSError as error:
        return wrong("ledger", f"cannot be written: {error.strerror}", "nothing is answered until it can")
    return ok("ledger", "can be written")


def examine_ledger(directory: Path) -> Iterator[Finding]:
    """Say whether every line, seal and segment is in its place."""
    key = directory / PUBLIC_KEY
    if not key.exists():
        yield note("ledger", "nothing is recorded yet")
        return
    try:
        report = verify(directory, public_key(key.read_text(encoding="ascii")))
    except (OSError, ValueError) as error:
        yield wrong("ledger", f"cannot be read: {error}", f"look into {directory}")
        return
    if report.findings:
        text = f"{len(report.findings)} findings, the first: {report.findings[0]}"
        yield wrong("ledger", text, "see `hub ledger verify`, and tell your auditor")
    else:
        yield ok("ledger", f"whole: {report.segments} segments, {report.lines} lines")
