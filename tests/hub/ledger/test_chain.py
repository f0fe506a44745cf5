"""Chains on real files: taken, continued, cut and left as evidence."""

from pathlib import Path

import pytest

from hub.ledger.chain import take_chain
from hub.ledger.lines import START
from hub.ledger.reading import recorded
from hub.ledger.segments import SegmentName, names
from tests.hub.ledger.writing import checked, means, told, write

FIRST = SegmentName(chain=0, number=1)


def test_a_chain_goes_on_where_it_ended(tmp_path: Path) -> None:
    write(tmp_path, [told("rec_a")])
    head = write(tmp_path, [told("rec_b")])
    assert checked(tmp_path, {0: head}).findings == []
    assert [one.entry.disclosures[0].records for one in recorded(tmp_path)] == [("rec_a",), ("rec_b",)]


def test_what_was_recorded_is_read_back_as_it_was(tmp_path: Path) -> None:
    entry = told("rec_a", "rec_b")
    write(tmp_path, [entry])
    assert [one.entry for one in recorded(tmp_path)] == [entry]


def test_two_writers_take_two_chains(tmp_path: Path) -> None:
    first, second = take_chain(tmp_path, means()), take_chain(tmp_path, means())
    assert (first.number, second.number) == (0, 1)
    first.close()
    third = take_chain(tmp_path, means())
    assert third.number == 0
    second.close()
    third.close()
    assert checked(tmp_path).findings == []


@pytest.mark.parametrize("torn", [b'{"seq":', b"\0" * 4096, b"x"])
def test_a_torn_tail_is_cut_and_said(tmp_path: Path, torn: bytes, caplog: pytest.LogCaptureFixture) -> None:
    write(tmp_path, [told("rec_a")])
    with (tmp_path / str(FIRST)).open("ab") as file:
        file.write(torn)
    assert [finding.what for finding in checked(tmp_path).torn] == [f"{len(torn)} bytes without an end"]
    head = write(tmp_path, [told("rec_b")])
    assert f"cut a torn tail of {len(torn)} bytes" in caplog.text
    report = checked(tmp_path, {0: head})
    assert (report.findings, report.torn) == ([], [])


@pytest.mark.parametrize("left", [b"", b'{"seq":1,'])
@pytest.mark.parametrize("entries", [0, 3])
def test_a_segment_that_was_never_quite_opened_is_opened_again(tmp_path: Path, left: bytes, entries: int) -> None:
    write(tmp_path, [told(f"rec_{number}") for number in range(entries)], segment_bytes=1)
    (tmp_path / str(names(tmp_path)[-1])).write_bytes(left)
    head = write(tmp_path, [told("rec_new")])
    assert checked(tmp_path, {0: head}).findings == []


def test_a_process_that_ended_between_a_seal_and_the_next_opening_is_followed_up(tmp_path: Path) -> None:
    write(tmp_path, [told("rec_a"), told("rec_b")], segment_bytes=1)
    (tmp_path / str(names(tmp_path)[-1])).unlink()
    assert [finding.what for finding in checked(tmp_path).findings] == [
        "it is sealed and the segment after it is missing"
    ]
    head = write(tmp_path, [told("rec_new")])
    assert checked(tmp_path, {0: head}).findings == []


def test_a_tampered_end_is_left_as_evidence_and_the_next_chain_taken(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    write(tmp_path, [told("rec_a"), told("rec_b")])
    path = tmp_path / str(FIRST)
    edited = path.read_bytes().replace(b"rec_a", b"rec_x")
    path.write_bytes(edited)
    write(tmp_path, [told("rec_c")])
    assert path.read_bytes() == edited
    assert "tampered" in caplog.text
    assert {name.chain for name in names(tmp_path)} == {0, 1}
    assert {finding.segment for finding in checked(tmp_path).findings} == {str(FIRST)}


def test_full_segments_are_sealed_and_readable_in_order(tmp_path: Path) -> None:
    head = write(tmp_path, [told(f"rec_{number}") for number in range(9)], segment_bytes=1_500)
    assert len(names(tmp_path)) > 2
    assert checked(tmp_path, {0: head}).findings == []
    assert [one.entry.disclosures[0].records[0] for one in recorded(tmp_path)] == [f"rec_{n}" for n in range(9)]


def test_files_are_for_the_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "ledger"
    write(folder, [told("rec_a")])
    assert folder.stat().st_mode & 0o077 == 0
    assert all(path.stat().st_mode & 0o077 == 0 for path in folder.iterdir())


def test_a_new_chain_begins_with_its_opening(tmp_path: Path) -> None:
    chain = take_chain(tmp_path, means())
    assert chain.head.sequence == START.sequence + 1
    chain.close()
