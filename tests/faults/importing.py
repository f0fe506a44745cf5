"""A process that imports a file in small batches and acknowledges each on its standard output, as rows so far."""

import asyncio
import os
import sys
from pathlib import Path

from connectors.registry import named
from hub import imports, partnership, stamps
from hub.imports import Progress, Task
from hub.services import open_graph
from hub.settings import Settings
from tests.faults.tenants import DATASET, OWNER

BATCH = 25
"""Rows to an acknowledgement, so that a small file is stored in many steps."""


def tell(progress: Progress) -> None:
    sys.stdout.write(f"{progress.done}\n")
    sys.stdout.flush()


async def bring_in(file: Path) -> imports.Result:
    """Import a file of tenants into the graph that the settings name, telling of each batch."""
    settings = Settings.read(os.environ)
    async with open_graph(settings) as store:
        await partnership.state(store, partnership.read_partnership(settings.policies), stamps.stamp())
        return await imports.import_file(store, Task(connector=named(DATASET), path=file, owner=OWNER), tell)


if __name__ == "__main__":
    os.umask(0o077)
    imports.BATCH = BATCH
    asyncio.run(bring_in(Path(sys.argv[1])))
