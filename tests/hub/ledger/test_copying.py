"""A copy of the ledger, taken at any moment, is a ledger that is whole and goes on."""

from pathlib import Path

import pytest

from hub.ledger.copying import segments
from tests.hub.ledger.writing import checked, told, write


def copied(source: Path, target: Path) -> int:
    target.mkdir()
    for name, lines in segments(source):
        (target / str(name)).write_bytes(b"".join(lines))
    return len(list(target.iterdir()))


@pytest.mark.parametrize("count", range(1, 12))
def test_wherever_a_chain_stands_its_copy_is_whole_and_goes_on(tmp_path: Path, count: int) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    write(source, [told(f"rec_{number}") for number in range(count)], segment_bytes=1_500)
    last = max(source.glob("*.jsonl"))
    copied(source, target)
    assert checked(target).findings == []
    assert (target / last.name).read_bytes() == last.read_bytes()
    write(target, [told("rec_later")], segment_bytes=1_500)
    assert checked(target).findings == []


def test_a_segment_that_was_sealed_since_is_copied_open(tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    write(source, [told(f"rec_{number}") for number in range(9)], segment_bytes=1_500)
    found = sorted(source.glob("*.jsonl"))
    found[-1].unlink()
    assert [finding.what for finding in checked(source).findings] == [
        "it is sealed and the segment after it is missing"
    ]
    assert copied(source, target) == len(found) - 1
    assert checked(target).findings == []


@pytest.mark.parametrize("torn", [b"", b'{"seq":1'])
def test_a_segment_without_a_line_yet_is_left_out_and_a_torn_end_too(tmp_path: Path, torn: bytes) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    write(source, [told("rec_1")])
    (source / "chain-000-segment-000002.jsonl").write_bytes(torn)
    with (source / "chain-000-segment-000001.jsonl").open("ab") as file:
        file.write(b'{"seq":9')
    assert copied(source, target) == 1
    assert (checked(target).findings, checked(target).torn) == ([], [])
