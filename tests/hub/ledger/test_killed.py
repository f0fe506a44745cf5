"""A hub killed in the middle: what was released stands on the disk."""

import subprocess
import sys
from pathlib import Path

from hub.ledger.reading import recorded
from tests.hub.ledger.writing import checked, told, write

CHILD = """
import asyncio, sys
from pathlib import Path
from tests.hub.ledger.writing import opened, told

async def ask(ledger, who):
    while True:
        print(await ledger.record(told(f"rec_{who}")), flush=True)

async def work(folder):
    async with opened(folder, segment_bytes=20_000) as ledger:
        await asyncio.gather(*(ask(ledger, who) for who in range(8)))

asyncio.run(work(Path(sys.argv[1])))
"""


def test_every_receipt_that_was_given_before_the_kill_is_found_after_it(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", CHILD, str(tmp_path)], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        given = [next(child.stdout).strip() for _ in range(300)]
        child.kill()
        given += [line.strip() for line in child.stdout if line.endswith("\n")]
    write(tmp_path, [told("rec_restarted")])
    assert checked(tmp_path).findings == []
    assert set(given) <= {one.receipt for one in recorded(tmp_path)}
