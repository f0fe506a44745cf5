"""The file of a backup gives back what was put in, or says that it is not whole."""

import gzip
import stat
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.backup.archive import ROWS, create, parts, verify
from hub.backup.errors import BackupError

VALUES = st.one_of(
    st.text(), st.booleans(), st.integers(-(2**63), 2**63 - 1), st.floats(allow_nan=False, allow_infinity=False)
)
PROPERTIES = st.dictionaries(st.text(min_size=1), VALUES | st.lists(VALUES))
Row = tuple[str, str, object]


def written(path: Path, rows: list[Row]) -> str:
    with create(path) as archive:
        archive.begin({"made": "2026-11-24T12:00:00Z"})
        for kind, of, row in rows:
            archive.add(kind, of, row)
        return archive.end()


@settings(max_examples=50)
@given(st.lists(st.tuples(st.sampled_from(["nodes", "links"]), st.sampled_from(["A", "B"]), PROPERTIES)))
def test_what_was_put_in_comes_out_with_its_types(rows: list[Row]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "backup"
        digest = written(path, rows)
        read = [(part.kind, part.of, row) for part in parts(path) for row in part.rows]
        assert repr(read) == repr(rows)
        summary = verify(path)
    assert summary.digest == digest
    assert sum(sum(counts.values()) for counts in summary.counts.values()) == len(rows)


def test_a_backup_is_its_owner_s_alone_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    written(tmp_path / "backup", [("nodes", "A", {})])
    assert [path.name for path in tmp_path.iterdir()] == ["backup"]
    assert stat.S_IMODE((tmp_path / "backup").stat().st_mode) == 0o600


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "backup").write_text("of yesterday")
    with pytest.raises(BackupError, match="exists"):
        written(tmp_path / "backup", [])
    assert [path.read_text() for path in tmp_path.iterdir()] == ["of yesterday"]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), b"bytes", object()])
def test_a_value_without_a_word_in_json_is_refused_and_not_told(tmp_path: Path, value: object) -> None:
    with pytest.raises(BackupError) as caught:
        written(tmp_path / "backup", [("nodes", "A", {"secret": value})])
    assert "secret" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


WHOLE = b'{"kind":"header","format":1}\n'
HARMS: dict[str, Callable[[bytes], bytes]] = {
    "half": lambda content: content[: len(content) // 2],
    "its checksum lost": lambda content: content[:-8],
    "its beginning": lambda content: content[:10],
    "nothing": lambda content: content[:0],
    "of something else": lambda content: b"backup" + content,
    "a bit changed": lambda content: content[:60] + bytes([content[60] ^ 1]) + content[61:],
    "a name changed": lambda content: gzip.compress(gzip.decompress(content).replace(b"Ash", b"Elm")),
    "its last line lost": lambda content: gzip.compress(gzip.decompress(content).rpartition(b'{"kind":"end"')[0]),
    "twice": lambda content: content * 2,
    "no object": lambda content: gzip.compress(b"[1]\n" + content),
    "of another format": lambda content: gzip.compress(WHOLE.replace(b"1", b"2") + content),
    "a line of another kind": lambda content: gzip.compress(WHOLE + b'{"kind":"other"}\n' + content),
}


@pytest.mark.parametrize("harm", HARMS.values(), ids=HARMS)
def test_a_backup_that_is_not_whole_is_refused(tmp_path: Path, harm: Callable[[bytes], bytes]) -> None:
    path = tmp_path / "backup"
    written(path, [("nodes", "A", {"familyName": "Ash", "number": number}) for number in range(2 * ROWS)])
    content = path.read_bytes()
    verify(path)
    path.write_bytes(harm(content))
    with pytest.raises(BackupError):
        verify(path)
