"""Where points lie, against what the files themselves say of where they lie: agreements and differences, counted.

Run with -s to see them. Points of the police are snapped to the middle of a street, often one that is a border.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache

from graph.geometry import AreaMap
from tests.connectors import standard
from tests.connectors.test_police_street import FEBRUARY, JANUARY
from tests.connectors.test_schools import RAGGED, WINDOWS, rows, school

CITY, WESTMINSTER = "E09000001", "E09000033"
WARD_FILES = ("westminster-wards-2025.geojson", "city-of-london-wards-2025.geojson")
BORDERS = {
    ("City of London 001E", None, "On or near A1210"): 1,
    ("City of London 001E", None, "On or near Braham Street"): 3,
    ("City of London 001E", None, "On or near Little Somerset Street"): 10,
    ("City of London 001E", None, "On or near Shorter Street"): 2,
    ("City of London 001F", None, "On or near Ferry Terminal"): 7,
    ("City of London 001F", None, "On or near Sandy'S Row"): 17,
    ("City of London 001G", None, "On or near Southampton Buildings"): 4,
    ("Camden 027C", "E05009305", "On or near B521"): 1,
}
"""Rows whose output area lies in the City and whose point lies in none of its wards, or the other way round."""
REGISTERED_OTHERWISE = {
    "100000": ("E05009310", "E05009289"),
    "100002": ("E05009304", "E05009293"),
    "100003": ("E05009304", "E05009309"),
}
"""Schools of the City by the ward that the register of 2017 names, and the one in which their point lies."""


@cache
def wards() -> AreaMap:
    return standard.area_map("wards-2025", *WARD_FILES)


@cache
def output_areas() -> AreaMap:
    return standard.area_map("lsoa-2021", standard.SHIPPED["lsoa-2021"])


def incidents() -> Iterator[tuple[Mapping[str, str], tuple[float, float]]]:
    """The rows of both months that have a point, and the point."""
    for file in (JANUARY, FEBRUARY):
        for row in csv.DictReader(io.StringIO(standard.shipped(file).decode("utf-8-sig"))):
            if row["Longitude"]:
                yield row, (float(row["Longitude"]), float(row["Latitude"]))


def test_the_output_area_of_every_incident_is_the_one_that_the_police_say() -> None:
    agreed: Counter[bool] = Counter()
    for row, point in incidents():
        found, said = output_areas().code_at(*point), row["LSOA code"]
        if said in output_areas().codes or found is not None:
            assert found == said, (row, found)
        agreed[found is not None] += 1
    print(f"LSOA by point as published: {agreed[True]} in Westminster, {agreed[False]} in none of it, 0 differ")  # noqa: T201 - for -s
    assert agreed == {True: 4, False: 1417}


def test_incidents_lie_in_wards_of_the_authority_of_their_output_area_but_for_those_on_its_border() -> None:
    differ: Counter[tuple[str, str | None, str]] = Counter()
    agreed: Counter[str] = Counter()
    for row, point in incidents():
        ward, said = wards().code_at(*point), row["LSOA name"].rpartition(" ")[0]
        if _authority(ward) == said:
            agreed[said or "neither"] += 1
        elif _authority(ward) is None and said not in {"City of London", "Westminster"}:
            agreed["neither"] += 1
        else:
            differ[row["LSOA name"], ward, row["Location"]] += 1
    print(f"authority by ward as by LSOA: {dict(agreed)}; differ: {dict(differ)}")  # noqa: T201 - for -s
    assert agreed == {"City of London": 1315, "Westminster": 4, "neither": 57}
    assert differ == BORDERS


def test_schools_lie_in_the_ward_that_the_register_names_but_for_three_of_the_city() -> None:
    agreed, differ = [], {}
    for file, encoding in ((RAGGED, "ascii"), (WINDOWS, "cp1252")):
        said = {row["URN"]: row for row in csv.DictReader(io.StringIO(standard.shipped(file).decode(encoding)))}
        for values in map(school, rows(file)):
            if "longitude" not in values:
                continue
            registered = said[values["urn"]]
            ward = wards().code_at(values["longitude"], values["latitude"])
            assert output_areas().code_at(values["longitude"], values["latitude"]) is None
            if ward == registered["AdministrativeWard (code)"] or (
                ward is None and registered["DistrictAdministrative (code)"] not in {CITY, WESTMINSTER}
            ):
                agreed.append(values["urn"])
            else:
                differ[values["urn"]] = (registered["AdministrativeWard (code)"], ward)
    print(f"wards of schools: {len(agreed)} as registered or elsewhere; differ: {differ}")  # noqa: T201 - for -s
    assert len(agreed) == 10
    assert differ == REGISTERED_OTHERWISE


def _authority(ward: str | None) -> str | None:
    """Whose ward it is: the City's wards have the codes from E05009288 to E05009312."""
    if ward is None:
        return None
    return "City of London" if "E05009288" <= ward <= "E05009312" else "Westminster"
