"""Delimited text that is torn, ragged or worse."""

import gc
import io
import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.errors import FileRefused
from connectors.table import LINE_LIMIT, Layout, Record, records
from graph.records import Reject

AB = Layout(columns=("a", "b"))


def _read(text: str, layout: Layout = AB) -> list[tuple[int, object]]:
    read = records(io.BytesIO(text.encode()), layout)
    return [(one.line, tuple(one.cells.values()) if isinstance(one, Record) else one.reason) for one in read]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a,b\n1,2\n", [(2, ("1", "2"))]),
        ("a,b\r\n1,2\r\n3,4", [(2, ("1", "2")), (3, ("3", "4"))]),
        ("\ufeffa , b\n1,2", [(2, ("1", "2"))]),
        ("b,a\n1,2", [(2, ("1", "2"))]),
        ("a,b\n\n1,2\n\n", [(3, ("1", "2"))]),
        ("a,b\n,\n1,2\n , \n,,,\n3,4\n", [(3, ("1", "2")), (6, ("3", "4"))]),
        ("a,b\n", []),
        ('a,b\n"1\n1",2\n3,4', [(2, ("1\n1", "2")), (4, ("3", "4"))]),
        ("a,b\n1\n3,4", [(2, "the row has 1 columns, the header 2"), (3, ("3", "4"))]),
        ("a,b\n1,2,3\n3,4", [(2, "the row has 3 columns, the header 2"), (3, ("3", "4"))]),
        ('a,b\n1,"2\n3,4\n5,6', [(2, "a quote is opened and never closed"), (3, ("3", "4")), (4, ("5", "6"))]),
        ('a,b\n1,"2"x\n3,4', [(2, "a quote stands where none can be"), (3, ("3", "4"))]),
        ('a,b\n1,"2\n3,4\n5,"6"\n', [(2, "a quote stands where none can be"), (3, ("3", "4")), (4, ("5", "6"))]),
    ],
)
def test_what_cannot_be_read_costs_its_own_line_only(text: str, expected: list[tuple[int, object]]) -> None:
    assert _read(text) == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a;b\n1;2", "separated by ';', not by ','"),
        ("a\tb\n1\t2", "separated by '\\t'"),
        ("a,c\n1,2", "missing columns: b"),
        ("a,b,a\n1,2,3", "names a more than once"),
        ('a,"b\n1,2', "the header cannot be read"),
        ("   \n \n", "empty"),
    ],
)
def test_a_file_with_another_heading_is_refused(text: str, reason: str) -> None:
    with pytest.raises(FileRefused) as refused:
        _read(text)
    assert reason in str(refused.value)


def test_a_heading_that_is_looked_for_itself_is_not_taken_for_the_missing_one() -> None:
    with pytest.raises(FileRefused, match=r"missing columns: last_name \(nearest is last\)"):
        _read("first_name,last\n1,2", Layout(columns=("first_name", "last_name")))


def test_a_file_in_the_declared_encoding_is_read_with_the_declared_separator() -> None:
    layout = Layout(columns=("a", "b"), delimiter=";", encoding="cp1252")
    read = list(records(io.BytesIO("a;b\n1;Zoë\n".encode("cp1252")), layout))
    assert [one.cells for one in read if isinstance(one, Record)] == [{"a": "1", "b": "Zoë"}]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_file_is_read_in_the_other_encoding_only_where_it_is_not_in_the_first(encoding: str) -> None:
    layout = Layout(columns=("a", "b"), fallback="cp1252")
    read = list(records(io.BytesIO("a,b\n1,Zoë\n".encode(encoding)), layout))
    assert [one.cells for one in read if isinstance(one, Record)] == [{"a": "1", "b": "Zoë"}]


def test_a_file_that_begins_with_the_mark_of_utf_8_is_not_read_as_windows_1252() -> None:
    for layout in (Layout(columns=("a", "b"), encoding="cp1252"), Layout(columns=("a", "b"), fallback="cp1252")):
        with pytest.raises(FileRefused, match="the mark of UTF-8, so it is not Windows-1252"):
            list(records(io.BytesIO(b"\xef\xbb\xbfa,b\n1,Zo\xeb\n"), layout))


def test_a_row_with_values_beyond_the_headings_is_given_where_they_are_looked_for() -> None:
    layout = Layout(columns=("a", "b"), surplus=True)
    long, short, sound = records(io.BytesIO(b"a,b\n1,2,3,\n1\n3,4\n"), layout)
    assert isinstance(long, Record)
    assert (long.cells, long.surplus) == ({"a": "1", "b": "2"}, 2)
    assert isinstance(short, Reject)
    assert isinstance(sound, Record)
    assert sound.surplus == 0


def test_a_file_that_ends_inside_a_character_loses_its_last_row() -> None:
    (read,) = records(io.BytesIO("a,b\n1,Zoë".encode()[:-1]), AB)
    assert isinstance(read, Reject)
    assert read.reason == "the file ends in the middle of a character"


def test_reading_can_be_left_at_any_row_before_or_after_the_file_is_closed() -> None:
    for closes_first in (True, False):
        source = io.BytesIO(b"a,b\n1,2\n3,4\n")
        reading = records(source, AB)
        next(reading)
        if closes_first:
            source.close()
        del reading
        gc.collect()
        assert source.closed == closes_first


def test_a_line_without_end_is_set_aside_without_being_held() -> None:
    header, last = b"a,b\n", b"\n3,4\n"
    source = io.BytesIO(header + b"x" * (8 * LINE_LIMIT) + last)
    tracemalloc.start()
    reject, record = records(source, AB)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(reject, Reject)
    assert "longer than" in reject.reason
    assert isinstance(record, Record)
    assert record.line == 3
    assert peak < 6 * LINE_LIMIT


def test_a_record_whose_second_line_is_without_end_says_so() -> None:
    first, second, last = records(io.BytesIO(b'a,b\n"1\n2",' + b"x," * LINE_LIMIT + b"\n3,4\n"), AB)
    assert isinstance(first, Reject)
    assert isinstance(second, Reject)
    assert [(one.line, "longer than" in one.reason) for one in (first, second)] == [(2, True), (3, True)]
    assert isinstance(last, Record)


def test_memory_stays_flat_however_long_the_file_is() -> None:
    peaks = []
    for rows in (2_000, 20_000):
        source = io.BytesIO(b"a,b\n" + b"1234,abcdefgh\n" * rows)
        tracemalloc.start()
        assert sum(1 for _ in records(source, AB)) == rows
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 1_000_000


def _texts() -> st.SearchStrategy[str]:
    return st.text(alphabet='ab,"\n\r é\ufffd', max_size=60)


@given(_texts())
def test_whatever_stands_below_the_header_never_raises_and_never_runs_backwards(text: str) -> None:
    lines = [one.line for one in records(io.BytesIO(f"a,b\n{text}".encode()), AB)]
    assert lines == sorted(set(lines))


@given(st.lists(st.tuples(st.text(max_size=8), st.text(max_size=8)), max_size=8))
def test_what_a_spreadsheet_writes_is_read_back(rows: list[tuple[str, str]]) -> None:
    sound = [
        row for row in rows if "".join(row).strip() and not any("\0" in cell or cell.endswith("\ufffd") for cell in row)
    ]
    text = "a,b\n" + "".join(_quoted(sound))
    read = [tuple(one.cells.values()) for one in records(io.BytesIO(text.encode()), AB) if isinstance(one, Record)]
    assert read == sound


def _quoted(rows: list[tuple[str, str]]) -> Iterator[str]:
    for row in rows:
        yield ",".join('"' + cell.replace('"', '""') + '"' for cell in row) + "\n"
