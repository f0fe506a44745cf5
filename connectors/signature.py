"""What a file is by its first bytes, and whether all of it is the text that it should be."""

import codecs
from typing import BinaryIO

from connectors.errors import FileRefused

CHUNK = 1 << 20
_MARKED = "utf-8-sig"
_MAGIC = (
    (b"PK\x03\x04", "a ZIP archive (or a spreadsheet, which is one)"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
    (b"%PDF", "a PDF document"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\xff\xfe\x00\x00", "text in UTF-32"),
    (b"\x00\x00\xfe\xff", "text in UTF-32"),
    (b"\xff\xfe", "text in UTF-16"),
    (b"\xfe\xff", "text in UTF-16"),
)


def check_text(source: BinaryIO, *encodings: str) -> str:
    """The first of these encodings that the whole file is in; leaves it at its beginning.

    A file that ends in the middle of a character passes: only its last row is torn. Raises FileRefused for an empty
    file, one of another kind, one with NUL bytes, or one in none of the encodings.
    """
    source.seek(0)
    head = source.read(CHUNK)
    if not head.removeprefix(codecs.BOM_UTF8).strip():
        raise FileRefused("the file is empty")
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            raise FileRefused(f"the file is {kind}, not {_spoken(encodings[0])} text")
    complaints = []
    for encoding in encodings:
        if encoding != _MARKED and head.startswith(codecs.BOM_UTF8):
            complaints.append(f"the file begins with the mark of UTF-8, so it is not {_spoken(encoding)}")
            continue
        source.seek(0)
        complaint = _complaint(source, encoding)
        if complaint is None:
            source.seek(0)
            return encoding
        complaints.append(complaint)
    raise FileRefused("; ".join(complaints))


def _complaint(source: BinaryIO, encoding: str) -> str | None:
    decoder = codecs.getincrementaldecoder(encoding)()
    lines = 1
    while chunk := source.read(CHUNK):
        if (at := chunk.find(0)) >= 0:
            line = lines + chunk.count(b"\n", 0, at)
            raise FileRefused(f"line {line} holds a NUL byte: the file is no text")
        try:
            decoder.decode(chunk)
        except UnicodeDecodeError as error:
            return _misread(error, lines, encoding)
        lines += chunk.count(b"\n")
    return None


def _misread(error: UnicodeDecodeError, lines: int, encoding: str) -> str:
    line = lines + error.object.count(b"\n", 0, error.start)
    said = f"line {line} holds the byte 0x{error.object[error.start]:02X}, which is not {_spoken(encoding)}"
    try:
        error.object.decode("cp1252")
    except UnicodeDecodeError:
        return said
    return f"{said}: the file looks like Windows-1252; save it as UTF-8, or say `encoding: cp1252` in its mapping"


def _spoken(encoding: str) -> str:
    return {_MARKED: "UTF-8", "cp1252": "Windows-1252"}.get(encoding, encoding)
