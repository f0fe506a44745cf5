"""The matrix for a terminal."""

from collections.abc import Iterable, Iterator

from rich.markup import escape
from rich.table import Table

from hub.officers import wording
from hub.officers.chapters import Chapter

HEADINGS = ("type", "fields or acts", "whose records", "how far", "under", "limits leave")


def tables(chapters: Iterable[Chapter]) -> Iterator[Table]:
    """A table for each chapter."""
    for chapter in chapters:
        table = Table(title=escape(title(chapter)), title_justify="left", show_lines=True)
        for heading in HEADINGS:
            table.add_column(heading, overflow="fold")
        for row in rows(chapter):
            table.add_row(*map(escape, row))
        yield table


def title(chapter: Chapter) -> str:
    """Who is meant: `council, asb_officer, for ASB_PREVENTION`."""
    if len(chapter.seats) > 1:
        people = dict.fromkeys(f"{seat.agency} {seat.role}" for seat in chapter.seats)
        return f"Shown alike to {', '.join(people)}"
    (seat,) = chapter.seats
    purpose = f"for {seat.purpose}" if seat.purpose else "without a purpose"
    return f"{seat.agency}, {seat.role}, {purpose}"


def rows(chapter: Chapter) -> Iterator[tuple[str, ...]]:
    """The cells under the headings."""
    for passage in chapter.passages:
        owners = ", ".join(passage.owners)
        yield (
            passage.type,
            ", ".join(passage.fields),
            f"{owners} ({passage.records})" if passage.records else owners,
            passage.told,
            ", ".join(passage.agreements),
            wording.limits(passage.limits),
        )
