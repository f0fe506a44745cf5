"""Whatever is done to a written ledger is found."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.ledger.lines import Head
from hub.ledger.segments import names
from hub.ledger.verification import verify
from tests.hub.ledger.writing import checked, told, write

ENTRIES = 12
SMALL = 1_500


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Head]:
    directory = tmp_path_factory.mktemp("written") / "ledger"
    head = write(directory, [told(f"rec_{number}") for number in range(ENTRIES)], segment_bytes=SMALL)
    return directory, head


@contextmanager
def copied(directory: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as scratch:
        yield Path(shutil.copytree(directory, Path(scratch) / "ledger"))


def test_an_untouched_ledger_of_several_segments_is_whole(ledger: tuple[Path, Head]) -> None:
    directory, head = ledger
    report = checked(directory, {0: head})
    assert (report.findings, report.torn) == ([], [])
    assert report.segments > 3
    assert report.lines == head.sequence


@settings(deadline=None, max_examples=150)
@given(data=st.data())
def test_any_changed_byte_is_found(ledger: tuple[Path, Head], data: st.DataObject) -> None:
    directory, head = ledger
    name = data.draw(st.sampled_from(names(directory)))
    with copied(directory) as copy:
        content = bytearray((copy / str(name)).read_bytes())
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255).filter(lambda byte: byte != content[place]))
        (copy / str(name)).write_bytes(content)
        report = checked(copy, {0: head})
    assert report.findings


@settings(deadline=None, max_examples=150)
@given(data=st.data())
def test_any_deleted_moved_or_repeated_line_is_found(ledger: tuple[Path, Head], data: st.DataObject) -> None:
    directory, head = ledger
    found = names(directory)
    with copied(directory) as copy:
        lines = [(name, line) for name in found for line in (copy / str(name)).read_bytes().splitlines(keepends=True)]
        place = data.draw(st.integers(0, len(lines) - 1))
        where, moved = lines[place]
        what = data.draw(st.sampled_from(["delete", "move", "repeat"]))
        if what != "repeat":
            del lines[place]
        if what != "delete":
            target = data.draw(st.integers(0, len(lines)).filter(lambda at: at != place))
            owner = lines[min(target, len(lines) - 1)][0]
            lines.insert(target, (owner, moved))
        for name in found:
            (copy / str(name)).write_bytes(b"".join(line for owner, line in lines if owner == name))
        report = checked(copy, {0: head})
    assert report.findings, (what, where)


@settings(deadline=None, max_examples=100)
@given(data=st.data())
def test_any_cut_is_found_with_the_mirror(ledger: tuple[Path, Head], data: st.DataObject) -> None:
    directory, head = ledger
    name = data.draw(st.sampled_from(names(directory)))
    with copied(directory) as copy:
        content = (copy / str(name)).read_bytes()
        (copy / str(name)).write_bytes(content[: data.draw(st.integers(0, len(content) - 1))])
        report = checked(copy, {0: head})
    assert report.findings


def test_a_missing_segment_is_found(ledger: tuple[Path, Head]) -> None:
    directory, _ = ledger
    for name in names(directory):
        with copied(directory) as copy:
            (copy / str(name)).unlink()
            assert checked(copy).findings, name


def test_a_cut_in_a_sealed_segment_is_found_without_the_mirror(ledger: tuple[Path, Head]) -> None:
    directory, _ = ledger
    for name in names(directory)[:-1]:
        with copied(directory) as copy:
            lines = (copy / str(name)).read_bytes().splitlines(keepends=True)
            (copy / str(name)).write_bytes(b"".join(lines[:-1]))
            assert checked(copy).findings, name


def test_a_ledger_rewritten_with_another_key_is_found(ledger: tuple[Path, Head]) -> None:
    directory, _ = ledger
    other = Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key()
    said = [finding.what for finding in verify(directory, other).findings]
    assert "it was opened with another key" in said
    assert "the seal's signature is false" in said


def test_a_whole_chain_that_is_missing_is_found(ledger: tuple[Path, Head], tmp_path: Path) -> None:
    _, head = ledger
    assert checked(tmp_path, {0: head}).findings
    assert not checked(tmp_path).findings
