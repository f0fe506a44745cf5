"""A hub put back as a backup holds it, into an empty folder and an empty graph."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from graph import dump, restoration
from graph.change import Stamp
from graph.migrations import steps
from graph.store import Store
from hub import stamps
from hub.backup.archive import Part, Summary, parts, verify
from hub.backup.errors import BackupError
from hub.backup.files import Drafts, drafts
from hub.folder import Folder
from hub.services import Services, bring_up_to_date

RUNS = {"-".join(run): run for run in dump.RUNS_IN_ORDER}


def look_through(path: Path) -> Summary:
    """Check a backup from its beginning to its end, and that this program can hold all that is in it.

    Raises BackupError.
    """
    summary = verify(path)
    known = {"nodes": set(dump.LABELS), "links": set(RUNS)}
    strange = sorted(
        set(summary.header.get("migrations", ())).difference(step.name for step in steps())
        | {name for kind, names in known.items() for name in summary.counts[kind] if name not in names}
    )
    if strange:
        raise BackupError(
            f"{path} was made by hub {summary.header.get('hub')} and holds what this one does not know: "
            f"{', '.join(strange)}; restore it with that version, and let a newer one migrate it"
        )
    return summary


@asynccontextmanager
async def laid_out(path: Path, folder: Folder) -> AsyncIterator[Drafts]:
    """Lay out the files of a backup, and find nothing wrong with them; raises BackupError, with nothing in place."""
    with drafts(folder) as files:
        for part in parts(path):
            if part.kind == "file":
                files.add(part)
        files.check()
        yield files


async def fill(path: Path, summary: Summary, services: Services, files: Drafts) -> None:
    """Fill graph and folder; repeated after it was broken off, it begins anew, and until then nobody can use them.

    Raises GraphError for a graph that is not empty.
    """
    store = services.store
    await restoration.begin(store, Stamp(now=str(summary.header["made"]), chance=stamps.identifier))
    for part in parts(path):
        await _put(store, part)
    if await restoration.count(store) != {kind: summary.counts[kind] for kind in ("nodes", "links")}:
        raise BackupError("the graph did not take all that the backup holds; restore again")
    files.settle()
    if services.engine is not None:
        await services.engine.restart()  # the embedded engine's new constraints hold surely from its next start on
    await restoration.finish(store, summary.header["migrations"])
    await bring_up_to_date(services)


async def _put(store: Store, part: Part) -> None:
    if part.kind == "nodes":
        await restoration.put_nodes(store, part.of, part.rows)
    elif part.kind == "links":
        await restoration.put_links(store, RUNS[part.of], part.rows)
