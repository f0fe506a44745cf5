"""The ledger, as `hub ledger verify` sees it."""

from collections.abc import Iterator
from pathlib import Path

from hub.checkup.finding import Finding, note, ok, wrong
from hub.ledger.seals import public_key
from hub.ledger.segments import PUBLIC_KEY
from hub.ledger.verification import verify


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
