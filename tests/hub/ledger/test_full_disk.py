"""A disk that takes no more, made with a limit on the size of files in a process of its own."""

import subprocess
import sys
from pathlib import Path

from hub.ledger.reading import recorded
from tests.hub.ledger.writing import checked, told, write

CHILD = """
import asyncio, resource, sys
from pathlib import Path
from resolvers.ledger import LedgerUnavailable
from tests.hub.ledger.writing import opened, told

async def fill(folder):
    async with opened(folder) as ledger:
        written = 0
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, resource.RLIM_INFINITY))
        try:
            while True:
                await ledger.record(told(f"rec_{written}"))
                written += 1
        except LedgerUnavailable as error:
            print(error)
        try:
            await ledger.record(told("rec_withheld"))
        except LedgerUnavailable as error:
            print(error)
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        await ledger.record(told("rec_after"))
        print(written)

asyncio.run(fill(Path(sys.argv[1])))
"""


def test_answers_are_withheld_while_the_disk_is_full_and_go_on_when_it_is_not(tmp_path: Path) -> None:
    child = subprocess.run(
        [sys.executable, "-W", "error", "-c", CHILD, str(tmp_path)], capture_output=True, text=True, check=True
    )
    first, second, written = child.stdout.splitlines()
    assert "File too large" in first
    assert "File too large" in second
    head = write(tmp_path, [told("rec_restarted")])
    report = checked(tmp_path, {0: head})
    assert (report.findings, report.torn) == ([], [])
    told_of = [one.entry.disclosures[0].records[0] for one in recorded(tmp_path)]
    assert told_of == [*(f"rec_{number}" for number in range(int(written))), "rec_after", "rec_restarted"]
