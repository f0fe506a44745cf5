"""The suite that every connector runs: a file to try, and what must hold of whatever is made of it."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from connectors.base import Connector, Context
from connectors.errors import FileRefused
from connectors.registry import connectors
from connectors.sample.extracts import COLUMNS, FENNEL, LARKHALL
from connectors.sample.making import make
from graph.geometry import AreaMap
from graph.grid import NationalGrid
from graph.records import LinkFact, NodeFact, Row
from graph.vocabulary import ENDS

SHIPPED = {
    "food-hygiene": "food-hygiene-westminster-2024.csv",
    "police-street": "police-street-city-of-london-2024-01.csv",
    "schools-register": "schools-register-made-up.csv",
    "schools-register-json": "schools-register-central-london.json",
    "schools-links": "schools-links-made-up.csv",
    "wards-2025": "westminster-wards-2025.geojson",
    "wards-2013": "westminster-wards-2013.geojson",
    "lsoa-2021": "westminster-lsoa-2021.geojson",
}
EXTRACTS = tuple(name for name in COLUMNS if name != "truth")
NAMES = (*SHIPPED, *EXTRACTS)
"""Every connector, those of schools once for each, and the register once for each of its forms."""
DELIMITED = (*(name for name, file in SHIPPED.items() if file.endswith(".csv")), *EXTRACTS)
PEOPLE = 120
TODAY = "2026-11-24"
TELLING = 4
"""Fewer characters may stand in a reason by chance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Specimen:
    """A connector with a sound file of its dataset."""

    connector: Connector
    owner: str
    data: bytes

    def rows(self, data: bytes | None = None) -> list[Row]:
        """The rows of the file, or of other bytes."""
        source = io.BytesIO(self.data if data is None else data)
        return list(self.connector.parse(source, context(self.owner)))

    def refusal(self, data: bytes) -> str:
        """Why other bytes are refused; fails where they are not, or not before the first row."""
        rows = self.connector.parse(io.BytesIO(data), context(self.owner))
        try:
            first = next(rows, None)
        except FileRefused as error:
            return str(error)
        raise AssertionError(f"the file was read: {first}")


@cache
def specimen(name: str) -> Specimen:
    """The specimen of a shipped dataset, or of one of the sample's extracts."""
    if name in SHIPPED:
        connector = connectors().sound[name.removesuffix("-json")]
        return Specimen(connector=connector, owner=connector.owner or "", data=shipped(SHIPPED[name]))
    school = next((code for code in (LARKHALL, FENNEL) if name.endswith(f"-{code}")), None)
    connector = connectors().sound[name.removesuffix(f"-{school}")]
    return Specimen(connector=connector, owner=school or connector.owner or "", data=sample()[name])


def shipped(file: str) -> bytes:
    return files("connectors").joinpath("data", file).read_bytes()


@cache
def sample() -> Mapping[str, bytes]:
    """The extracts of a small partnership."""
    with TemporaryDirectory() as folder:
        make(PEOPLE, 7, Path(folder))
        return {name: (Path(folder) / f"{name}.csv").read_bytes() for name in EXTRACTS}


def nowhere(_first: float, _second: float) -> None:
    """Place no point."""


@cache
def context(owner: str) -> Context:
    """What the hub tells a parse, with Westminster's wards."""
    grid = NationalGrid.of_great_britain()
    return Context(owner=owner, today=TODAY, ward_at=ward_map().code_at, degrees_of=grid.degrees)


@cache
def ward_map() -> AreaMap:
    """Westminster's wards, as the connector reads them."""
    return area_map("wards-2025", SHIPPED["wards-2025"])


def area_map(name: str, *shipped_files: str) -> AreaMap:
    """The areas of a dataset, as the connector reads them from one shipped file or several."""
    nothing = Context(owner="hub", today=TODAY, ward_at=nowhere, degrees_of=nowhere)
    rows = [row for file in shipped_files for row in connectors().sound[name].parse(io.BytesIO(shipped(file)), nothing)]
    areas = [fact.values for row in rows for fact in row.facts if isinstance(fact, NodeFact)]
    return AreaMap.of((str(area["code"]), str(area["geometry"])) for area in areas)


def check_row(row: Row, specimen: Specimen) -> None:
    """Assert what holds of every row of every connector."""
    assert row.line >= 1
    assert row.facts or row.rejects, "a row without facts says why"
    assert row.key is not None or not row.facts, "a row with facts has a key"
    for reject in row.rejects:
        assert reject.reason
        assert len(reject.raw) < TELLING or reject.raw not in reject.reason, "a reason quotes no value"
    for fact in row.facts:
        assert fact.source.owner == specimen.owner
        assert fact.source.dataset == specimen.connector.dataset
        assert fact.source.key
        assert fact.marking.sensitivity in type(fact.marking.sensitivity)
        assert all(value is not None and value not in ("", []) for value in fact.values.values())
        if isinstance(fact, LinkFact):
            starts, ends = ENDS[fact.type]
            assert fact.start.type in starts
            assert fact.end.type in ends
