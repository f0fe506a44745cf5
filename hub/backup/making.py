"""A backup of a hub, made while it serves: writers wait, readers do not notice."""

import asyncio
from base64 import b64encode
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from graph import dump
from graph.hold import held
from graph.migrations import APPLIED
from hub.backup.archive import Archive, Summary, create, verify
from hub.backup.files import KEYS, LEDGER
from hub.folder import Folder
from hub.ledger.copying import segments
from hub.ledger.segments import PUBLIC_KEY
from hub.services import Services


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """When a backup is made (RFC 3339), by which process, and by which policies (their hash) the hub served."""

    now: str
    process: str
    policies: str | None


async def make(path: Path, services: Services, occasion: Occasion) -> Summary:
    """Write everything to a new file, and read it again; raises BackupError, GraphError and OSError.

    The graph comes first and the ledger after it, so that the graph remembers nothing that the ledger lacks.
    """
    store = services.store
    header = {
        "made": occasion.now,
        "hub": version("concord-hub"),
        "engine": await store.engine(),
        "policies": occasion.policies,
    }
    with create(path) as archive:
        async with held(store, occasion.process):
            await dump.refuse_strangers(store)
            archive.begin({**header, "migrations": sorted(await store.read(APPLIED))})
            for label in dump.LABELS:
                async for row in dump.nodes(store, label):
                    archive.add("nodes", label, row)
            for run in dump.RUNS_IN_ORDER:
                async for row in dump.links(store, run):
                    archive.add("links", "-".join(run), row)
        await asyncio.to_thread(_add_files, archive, services.folder)
        archive.end()
    return await asyncio.to_thread(verify, path)


def _add_files(archive: Archive, folder: Folder) -> None:
    for name in KEYS:
        key = folder.path / "keys" / name
        if key.exists():
            _add(archive, f"keys/{name}", key.read_bytes())
    public = folder.ledger / PUBLIC_KEY
    if public.exists():
        _add(archive, f"{LEDGER}/{PUBLIC_KEY}", public.read_bytes())
    for segment, lines in segments(folder.ledger):
        for line in lines:
            _add(archive, f"{LEDGER}/{segment}", line)


def _add(archive: Archive, name: str, content: bytes) -> None:
    archive.add("file", name, b64encode(content).decode())
