"""One import in a process of its own, through the hub or by bare MERGE, which prints its seconds and peak memory.

    python -m bench.importing hub|bare KIND FILE

The engine is that of HUB_GRAPH_URL. Bare is what one would write without the hub: the rows of `csv.DictReader`, merged
by key in batches, with what the row says of each node and nothing else.
"""

import asyncio
import csv
import json
import os
import resource
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path

from bench.loading import declare, opened, run
from connectors import food_hygiene
from connectors.base import Connector
from connectors.mapped.connecting import connector
from connectors.mapped.loading import load
from graph.store import Store
from hub import collector
from hub.imports import Progress, Task, import_file
from hub.settings import Settings

MAPPINGS = Path(__file__).parent / "mappings"
BATCH = 5_000
OWNER = "adults"
LABELS = ("BarePremises", "BareEstablishment", "BareRecord")
SCHEMA = tuple(
    f"CREATE CONSTRAINT {label.lower()}_key IF NOT EXISTS FOR (n:{label}) REQUIRE n.key IS UNIQUE" for label in LABELS
)
_PLACE = "SET m.address = row.address, m.postcode = row.postcode, m.ward = row.ward"
BARE: Mapping[str, str] = {
    "places": f"MERGE (m:BarePremises {{key: row.key}}) {_PLACE}, m.name = row.name",
    "venues": """MERGE (e:BareEstablishment {key: row.FHRSID})
SET e.name = row.BusinessName, e.businessType = row.BusinessType, e.address = row.AddressLine1,
  e.postcode = row.PostCode, e.ratingValue = row.RatingValue, e.ratingDate = row.RatingDate,
  e.hygieneScore = row.Hygiene, e.structuralScore = row.Structural, e.confidenceScore = row.ConfidenceInManagement
MERGE (m:BarePremises {key: row.FHRSID}) SET m.address = row.AddressLine1, m.postcode = row.PostCode
MERGE (e)-[:BARE_OCCUPIES]->(m)""",
    "people": f"""MERGE (r:BareRecord {{key: row.key}})
SET r.givenName = row.given_name, r.familyName = row.family_name, r.dateOfBirth = row.born, r.phone = row.phone,
  r.email = row.email, r.nationalInsuranceNumber = row.number, r.address = row.address, r.postcode = row.postcode,
  r.ward = row.ward
MERGE (m:BarePremises {{key: row.address + ' ' + row.postcode}}) {_PLACE} MERGE (r)-[:BARE_RESIDES_AT]->(m)""",
}


async def by_hub(store: Store, kind: str, file: Path) -> None:
    """Import as `hub import` does; raises RuntimeError where a row was set aside."""
    collector.spare(collector.OF_IMPORT)
    result = await import_file(store, Task(connector=_connector(kind), path=file, owner=OWNER), _silently)
    if result.counts.stored != result.counts.rows_in:
        raise RuntimeError(f"of {result.counts} rows, {[reject.reason for reject in result.rejects]}")


async def by_merge(store: Store, kind: str, file: Path) -> None:
    """Merge the same rows."""
    with file.open(newline="", encoding="utf-8") as stream:
        for rows in _batches(csv.DictReader(stream)):
            await run(store, f"UNWIND $rows AS row {BARE[kind]}", {"rows": rows})


def _connector(kind: str) -> Connector:
    if kind == "venues":
        return replace(food_hygiene.connector(), places_points=False)  # rows without points need no wards
    return connector(load(f"{kind}.yaml", (MAPPINGS / f"{kind}.yaml").read_text(encoding="utf-8")))


def _silently(progress: Progress) -> None:
    del progress


def _batches(rows: Iterator[dict[str, str]]) -> Iterator[list[dict[str, str]]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


async def measure(way: str, kind: str, file: Path, settings: Settings) -> dict[str, float]:
    """Import; gives seconds and MiB."""
    if settings.graph is None:
        raise RuntimeError("HUB_GRAPH_URL is not set")
    async with opened(settings.graph) as store:
        if way == "bare":
            await declare(store, SCHEMA)
        begun = time.perf_counter()
        await (by_hub if way == "hub" else by_merge)(store, kind, file)
        seconds = time.perf_counter() - begun
    return {"seconds": seconds, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


if __name__ == "__main__":
    found = asyncio.run(measure(sys.argv[1], sys.argv[2], Path(sys.argv[3]), Settings.read(os.environ)))
    sys.stdout.write(json.dumps(found))
