"""Where a mapping names columns: each with the path to the place."""

from collections.abc import Iterable, Iterator

Path = tuple[str | int, ...]
Named = tuple[Path, str]
"""A column, after the path to where it is named."""


def one(key: str, column: str | None) -> Iterator[Named]:
    if column is not None:
        yield (key,), column


def each(key: str, columns: list[str]) -> Iterator[Named]:
    for at, column in enumerate(columns):
        yield (key, at), column


def below(above: Path, found: Iterable[Named]) -> Iterator[Named]:
    for path, column in found:
        yield (*above, *path), column
