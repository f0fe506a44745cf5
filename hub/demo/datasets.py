"""What the demo imports: the public data that is shipped, two made-up schools, and a made-up partnership's extracts."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

from connectors.errors import ImportRefused
from connectors.registry import named
from connectors.sample.extracts import FENNEL, LARKHALL
from connectors.sample.making import make
from graph.runs import runs
from graph.store import Store
from graph.vocabulary import RunState
from hub.imports import Progress, Result, Task, import_file, owner_of
from hub.partnership import Partnership

PEOPLE, SEED = 2_000, 1
RUNS = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """A file and the dataset that it is; `agency` where several agencies bring such a dataset."""

    dataset: str
    file: str
    agency: str | None = None


SHIPPED = (
    Extract(dataset="wards-2025", file="westminster-wards-2025.geojson"),
    Extract(dataset="food-hygiene", file="food-hygiene-westminster-2024.csv"),
    Extract(dataset="wards-2025", file="city-of-london-wards-2025.geojson"),
    Extract(dataset="wards-2013", file="westminster-wards-2013.geojson"),
    Extract(dataset="lsoa-2021", file="westminster-lsoa-2021.geojson"),
    Extract(dataset="schools-register", file="schools-register-central-london.json"),
    Extract(dataset="schools-register", file="schools-register-ragged.csv"),
    Extract(dataset="schools-register", file="schools-register-windows-1252.csv"),
    Extract(dataset="schools-register", file="schools-register-made-up.csv"),
    Extract(dataset="schools-links", file="schools-links.csv"),
    Extract(dataset="schools-links", file="schools-links-made-up.csv"),
    Extract(dataset="police-street", file="police-street-city-of-london-2024-01.csv"),
    Extract(dataset="police-street", file="police-street-city-of-london-2024-02.csv"),
)
"""The hygiene ratings are those of Westminster's council, and are placed before the City's wards come. The listing in
JSON says less of a school than the export does, and comes first: what is stated last stands."""
MADE_UP = (
    *(
        Extract(dataset=name, file=f"{name}.csv")
        for name in (
            "council-asb-cases",
            "council-asb-people",
            "housing-tenancies",
            "police-nominals",
            "police-associations",
            "police-groups",
            "victim-support-clients",
            "probation-supervisions",
            "youth-offending-caseload",
            "health-patients",
        )
    ),
    *(Extract(dataset="school-roll", file=f"school-roll-{school}.csv", agency=school) for school in (LARKHALL, FENNEL)),
    *(
        Extract(dataset=name, file=f"{name}-{school}.csv", agency=school)
        for name in ("school-siblings", "school-contacts")
        for school in (LARKHALL, FENNEL)
    ),
)


async def bring_in(
    store: Store, partnership: Partnership, folder: Path, people: int
) -> AsyncIterator[tuple[Extract, Result]]:
    """Import what was not imported yet, in the order in which links find their ends.

    `folder` keeps the extracts of a partnership of so many `people`. Raises ImportRefused for a graph that holds
    somebody else's data: made-up people must not stand among real ones.
    """
    finished = {
        (report.run.connector, report.run.file)
        for report in await runs(store, RUNS)
        if report.state is RunState.FINISHED
    }
    known = {(extract.dataset, extract.file) for extract in (*SHIPPED, *MADE_UP)}
    if finished and not finished & known:
        raise ImportRefused("this graph holds data that is not the demo's; set HUB_DATA to a folder of the demo's own")
    missing = [extract for extract in (*SHIPPED, *MADE_UP) if (extract.dataset, extract.file) not in finished]
    if any(extract in MADE_UP for extract in missing):
        make(people, SEED, folder)
    with as_file(files("connectors") / "data") as shipped:
        for extract in missing:
            path = (shipped if extract in SHIPPED else folder) / extract.file
            connector = named(extract.dataset)
            task = Task(connector=connector, path=path, owner=owner_of(connector, extract.agency, partnership))
            yield extract, await import_file(store, task, _quietly)


def _quietly(progress: Progress) -> None:
    """Say nothing between files."""
    del progress
