"""What holds of every connector."""

import io
import zipfile
from collections.abc import Iterator

import pytest

from connectors.registry import connectors
from graph.records import LinkFact, NodeFact, Ref, Row
from policies.vocabulary import HUB
from tests.connectors import standard
from tests.connectors.standard import DELIMITED, NAMES, check_row

EVERY = pytest.mark.parametrize("name", NAMES)
EVERY_DELIMITED = pytest.mark.parametrize("name", DELIMITED)


@EVERY
def test_a_connector_declares_whose_dataset_it_reads(name: str) -> None:
    specimen = standard.specimen(name)
    connector = specimen.connector
    assert connector.name == connector.dataset
    assert connector.title
    assert connector.licence
    assert (connector.owner is None) != (connector.owner_type is None)
    assert connectors().sound[connector.name].name == connector.name


@EVERY
def test_every_row_is_facts_with_owner_and_marking_or_says_why_not(name: str) -> None:
    specimen = standard.specimen(name)
    rows = specimen.rows()
    assert rows
    for row in rows:
        check_row(row, specimen)


@EVERY
def test_a_uniform_dataset_has_one_marking(name: str) -> None:
    specimen = standard.specimen(name)
    if specimen.connector.uniform:
        assert {fact.marking for row in specimen.rows() for fact in row.facts} == {specimen.connector.marking}


@EVERY
def test_the_same_bytes_give_the_same_rows(name: str) -> None:
    specimen = standard.specimen(name)
    assert specimen.rows() == specimen.rows()


@EVERY
def test_no_two_rows_of_a_sound_file_have_the_same_key(name: str) -> None:
    specimen = standard.specimen(name)
    keys = [row.key for row in specimen.rows()]
    assert len(keys) == len(set(keys))


@EVERY
def test_sound_files_lose_nothing_but_points_outside_every_ward(name: str) -> None:
    specimen = standard.specimen(name)
    reasons = {(reject.column, reject.reason) for row in specimen.rows() for reject in row.rejects}
    assert reasons <= {("Longitude, Latitude", "is a point that lies in no ward")}


@EVERY_DELIMITED
def test_a_file_that_breaks_off_anywhere_is_read_as_far_as_it_goes(name: str) -> None:
    specimen = standard.specimen(name)
    data = b"".join(specimen.data.splitlines(keepends=True)[:3])
    header = data.index(b"\n") + 1
    for end in range(header + 1, len(data)):
        rows = specimen.rows(data[:end])
        assert len(rows) in (data.count(b"\n", 0, end) - 1, data.count(b"\n", 0, end))
        for row in rows:
            check_row(row, specimen)


@EVERY_DELIMITED
def test_a_torn_last_row_is_set_aside_with_its_line(name: str) -> None:
    specimen = standard.specimen(name)
    lines = specimen.data.splitlines(keepends=True)
    before = min(3, len(lines) - 1)
    torn = b"".join(lines[:before]) + lines[before][: lines[before].index(b",")]
    *whole, last = specimen.rows(torn)
    assert len(whole) == before - 1
    assert all(row.facts for row in whole)
    assert last.facts == ()
    assert (last.line, "columns" in last.rejects[0].reason) == (before + 1, True)


@EVERY_DELIMITED
def test_a_missing_column_is_named_with_the_nearest_heading(name: str) -> None:
    specimen = standard.specimen(name)
    header, rest = specimen.data.split(b"\n", 1)
    first, others = header.removeprefix(b"\xef\xbb\xbf").split(b",", 1)
    refusal = specimen.refusal(first + b"x," + others + b"\n" + rest)
    assert first.decode() in refusal
    assert f"nearest is {first.decode()}x" in refusal


@EVERY
def test_a_file_of_another_kind_is_called_what_it_is(name: str) -> None:
    specimen = standard.specimen(name)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("data.csv", specimen.data)
    assert "ZIP" in specimen.refusal(archive.getvalue())
    assert "gzip" in specimen.refusal(b"\x1f\x8b\x08" + specimen.data)
    assert "UTF-16" in specimen.refusal(specimen.data.decode("utf-8-sig").encode("utf-16"))
    assert "empty" in specimen.refusal(b"")
    assert "empty" in specimen.refusal(b"\xef\xbb\xbf\n")


@EVERY
def test_another_encoding_and_nul_bytes_are_found_with_their_line(name: str) -> None:
    specimen = standard.specimen(name)
    lines = specimen.data.split(b"\n", 2)
    refusal = specimen.refusal(lines[0] + b"\n" + lines[1] + b"\x81 \n" + lines[2])
    assert "line 2 holds the byte 0x81, which is not UTF-8" in refusal
    assert "line 2 holds a NUL byte" in specimen.refusal(lines[0] + b"\n" + lines[1] + b"\0\n" + lines[2])


def test_a_file_in_the_encoding_of_another_system_is_called_what_it_looks_like() -> None:
    specimen = standard.specimen("police-nominals")
    header, rest = specimen.data.split(b"\n", 1)
    assert "which is not UTF-8: the file looks like Windows-1252" in specimen.refusal(header + b"\n\xe9" + rest)


def test_every_end_of_every_link_is_stated_somewhere_in_the_sample() -> None:
    facts = [fact for name in NAMES for row in standard.specimen(name).rows() for fact in row.facts]
    stated = {fact.ref for fact in facts if isinstance(fact, NodeFact)}
    missing = [ref for ref in _ends(facts) if ref not in stated and ref.source.owner != HUB]
    assert missing == []


def test_two_tenants_share_their_flat() -> None:
    rows = standard.specimen("housing-tenancies").rows()
    homes = [_home(row) for row in rows if row.key and row.key.startswith("TEN-00001|")]
    assert len(homes) == 2
    assert homes[0] == homes[1]


def _ends(facts: list[NodeFact | LinkFact]) -> Iterator[Ref]:
    for fact in facts:
        if isinstance(fact, LinkFact):
            yield fact.start
            yield fact.end


def _home(row: Row) -> Ref:
    return next(fact.end for fact in row.facts if isinstance(fact, LinkFact))
