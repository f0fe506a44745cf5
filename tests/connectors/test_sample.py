"""The made-up partnership."""

import csv
import re
import time
import tracemalloc
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from connectors.sample import pinned
from connectors.sample.extracts import COLUMNS
from connectors.sample.making import make
from connectors.sample.names import ORIGINS
from connectors.sample.people import REFERENCE
from connectors.sample.places import Atlas, middles
from graph.geometry import AreaMap
from graph.records import NodeFact
from graph.vocabulary import Node
from policies.vocabulary import Protection
from tests.connectors import standard

Table = list[dict[str, str]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a partnership of three thousand."""
    made = tmp_path_factory.mktemp("sample")
    assert make(3_000, 5, made) == 3_000
    return made


def _table(folder: Path, name: str) -> Table:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_same_seed_makes_the_same_bytes_and_another_one_others(tmp_path: Path) -> None:
    for name, seed in (("one", 3), ("two", 3), ("three", 4)):
        make(200, seed, tmp_path / name)
    one, two, three = (_bytes(tmp_path / name) for name in ("one", "two", "three"))
    assert one == two
    assert one != three
    assert set(one) == {f"{name}.csv" for name in COLUMNS}


@pytest.mark.parametrize("people", [1, 50, 51, 199])
def test_there_are_as_many_people_as_were_asked_for_and_the_pinned_ones_at_least(people: int, tmp_path: Path) -> None:
    made = make(people, 1, tmp_path)
    assert made == max(people, pinned.PEOPLE)
    assert len({row["person"] for row in _table(tmp_path, "truth")}) == made


def test_twenty_thousand_people_take_seconds_and_no_more_memory_than_two_thousand(tmp_path: Path) -> None:
    began = time.process_time()
    make(20_000, 1, tmp_path)
    assert time.process_time() - began < 10
    peaks = []
    for people in (200, 2_000):
        tracemalloc.start()
        make(people, 1, tmp_path)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 500_000


def test_the_truth_names_every_record_of_every_person_once(folder: Path) -> None:
    truth = Counter(f"{row['agency']}/{row['dataset']}/{row['key']}" for row in _table(folder, "truth"))
    assert set(truth.values()) == {1}
    stated = {
        str(fact.source)
        for name in standard.EXTRACTS
        for row in standard.specimen(name).rows((folder / f"{name}.csv").read_bytes())
        for fact in row.facts
        if isinstance(fact, NodeFact) and fact.type is Node.PERSON
    }
    assert set(truth) == stated


def test_one_person_stands_in_several_extracts_mostly_but_not_always_without_a_slip(folder: Path) -> None:
    truth = _table(folder, "truth")
    agencies = defaultdict(set)
    for row in truth:
        agencies[row["person"]].add(row["agency"])
    assert sum(len(held) > 1 for held in agencies.values()) > len(agencies) / 10
    slips = sum(bool(row["slip"]) for row in truth)
    assert 0.05 < slips / len(truth) < 0.2


def test_a_person_has_the_same_facts_wherever_nothing_slipped(folder: Path) -> None:
    born = defaultdict(set)
    exact = {(row["dataset"], row["key"]): row["person"] for row in _table(folder, "truth") if not row["slip"]}
    for name in standard.EXTRACTS:
        for row in standard.specimen(name).rows((folder / f"{name}.csv").read_bytes()):
            for fact in row.facts:
                person = exact.get((fact.source.dataset, fact.source.key))
                if person and fact.type is Node.PERSON:
                    born[person].add((str(fact.values["familyName"]).casefold(), fact.values["dateOfBirth"]))
    assert len(born) > 2_000
    assert all(len(told) == 1 for told in born.values())


def test_nothing_made_up_can_be_anybodys(folder: Path) -> None:
    for name in standard.EXTRACTS:
        text = (folder / f"{name}.csv").read_text(encoding="utf-8")
        assert set(re.findall(r"\b0[0-9 ]{9,}", text)) <= {*_drama_numbers()}
        assert all(email.endswith("@example.org") for email in re.findall(r"\S+@[\w.]+", text))
        for inward in re.findall(r"\b(?:W|SW|NW)[0-9]{1,2}[A-Z]? ([0-9][A-Z]{2})\b", text):
            assert set(inward[1:]) <= set("CIKMOV")
    for row in _table(folder, "victim-support-clients"):
        assert row["nhs_number"].startswith("999")
    for row in _table(folder, "housing-tenancies"):
        assert row["NI Number"].startswith("QQ")


def test_children_are_children_and_pupils_are_of_school_age(folder: Path) -> None:
    for school, ages in (("fennel", range(5, 12)), ("larkhall", range(11, 19))):
        for row in _table(folder, f"school-roll-{school}"):
            born = int(row["DOB"][-4:])
            assert REFERENCE.year - born in ages


def test_every_protection_is_planted(folder: Path) -> None:
    words = " ".join(row["markings"] for row in _table(folder, "truth"))
    assert all(protection in words for protection in Protection)


@pytest.mark.parametrize("home", ["refuge", "anywhere"])
def test_every_home_lies_in_its_ward(home: str) -> None:
    wards, atlas = standard.ward_map(), Atlas(middles())
    for ward in range(18):
        for house in (190,) if home == "refuge" else range(1, 181):
            made = atlas.refuge(ward) if home == "refuge" else atlas.home(ward, house % 16, house, house % 10)
            assert _ward(wards, made.latitude, made.longitude) == made.ward


def test_a_street_belongs_to_one_ward() -> None:
    atlas = Atlas(middles())
    streets = Counter(atlas.home(ward, street, 1, 0).address for ward in range(18) for street in range(16))
    assert set(streets.values()) == {1}


def test_nobody_else_bears_a_pinned_family_name(folder: Path) -> None:
    names = {pinned.FAMILY, *(name for _, name in (pinned.REFUGE, pinned.ADOPTED, pinned.WITNESS, pinned.ASSOCIATE))}
    assert not names & {family for origin in ORIGINS for family in origin.family}
    assert {row["household"] for row in _table(folder, "truth") if row["family"] == pinned.FAMILY} == {
        f"H-{pinned.FAMILY}"
    }


def test_the_pinned_records_are_where_the_demo_looks_for_them(folder: Path) -> None:
    truth = {f"{row['agency']}/{row['dataset']}/{row['key']}" for row in _table(folder, "truth")}
    assert {key for keys in pinned.KEYS.values() for key in keys} <= truth
    people = {(row["case_ref"], row["given_name"], row["role"]) for row in _table(folder, "council-asb-people")}
    assert (pinned.MOTHER_CASE, pinned.MOTHER, "victim") in people
    assert (pinned.SON_CASE, pinned.SON, "alleged perpetrator") in people
    cases = {row["case_ref"]: row for row in _table(folder, "council-asb-cases")}
    assert (cases[pinned.SON_CASE]["status"], cases[pinned.SON_CASE]["participants"]) == ("open", "police;housing")


def test_the_council_holds_the_woman_in_the_refuge_unmarked_and_at_its_address(folder: Path) -> None:
    council = [row for row in _table(folder, "council-asb-people") if row["family_name"] == pinned.REFUGE[1]]
    support = [row for row in _table(folder, "victim-support-clients") if row["last_name"] == pinned.REFUGE[1]]
    assert [row["marking"] for row in council] == [""]
    assert [row["marking"] for row in support] == [pinned.REFUGE_MARKING]
    assert council[0]["uprn"] == support[0]["uprn"]
    assert (council[0]["phone"], council[0]["date_of_birth"]) == (support[0]["mobile"], support[0]["birth_date"])
    assert council[0]["ward"] == pinned.WARD
    elsewhere = [name for name in standard.EXTRACTS if name.startswith(("housing", "police", "school"))]
    assert not any(council[0]["uprn"] in (folder / f"{name}.csv").read_text(encoding="utf-8") for name in elsewhere)


def test_the_pinned_children_are_children_while_the_demo_is_shown(folder: Path) -> None:
    roll = _table(folder, "school-roll-larkhall") + _table(folder, "school-roll-fennel")
    for row in roll:
        if row["Legal surname"] == pinned.FAMILY:
            day, month, year = map(int, row["DOB"].split("/"))
            assert date(year + 18, month, day) > date(2028, 1, 1)


def _drama_numbers() -> Iterator[str]:
    for number in range(1000):
        yield f"07700 900{number:03d}"
        yield f"020 7946 0{number:03d}"


def _ward(wards: AreaMap, latitude: str, longitude: str) -> str | None:
    return wards.code_at(float(longitude), float(latitude))
