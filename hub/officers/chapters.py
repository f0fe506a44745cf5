"""The matrix as people read it: a chapter for each seat, fields and owners of which the same is said together."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from hub.officers import wording
from policies.matrix import Leaves, Line, Seat


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """What is said alike of some fields of a type in the records of some owners."""

    type: str
    fields: tuple[str, ...]
    owners: tuple[str, ...]
    records: str
    told: str
    agreements: tuple[str, ...]
    limits: tuple[Leaves, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """What some seats are shown; `seats` are several where they are shown it alike."""

    seats: tuple[Seat, ...]
    passages: tuple[Passage, ...]


def chapters(lines: Mapping[Seat, Iterable[Line]]) -> Iterator[Chapter]:
    """First what all are shown alike, then what each is shown beyond it; those who are shown no more are left out."""
    read = {seat: tuple(passages(said)) for seat, said in lines.items()}
    first = next(iter(read.values()), ())
    alike = tuple(passage for passage in first if all(passage in said for said in read.values()))
    if len(read) > 1 and alike:
        yield Chapter(seats=tuple(read), passages=alike)
    for seat, said in read.items():
        beyond = tuple(passage for passage in said if len(read) == 1 or passage not in alike)
        if beyond:
            yield Chapter(seats=(seat,), passages=beyond)


def passages(lines: Iterable[Line]) -> Iterator[Passage]:
    """Draw together what is said of one seat, in the order of the lines."""
    fields: dict[tuple[Passage, str], list[str]] = defaultdict(list)
    for line in lines:
        fields[_without_subject(line), line.owner].append(line.field)
    owners: dict[tuple[Passage, tuple[str, ...]], list[str]] = defaultdict(list)
    for (said, owner), alike in fields.items():
        owners[said, tuple(alike)].append(owner)
    for (said, named), whose in owners.items():
        yield replace(said, fields=named, owners=tuple(whose))


def _without_subject(line: Line) -> Passage:
    condition = wording.term(line.term)
    return Passage(
        type=line.type,
        fields=(),
        owners=(),
        records=wording.records(line),
        told=f"{line.rung} if {condition}" if condition else line.rung,
        agreements=line.agreements,
        limits=line.limits,
    )
