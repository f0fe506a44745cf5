"""From the words of `show` and `caps` to rungs of a type's fields."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from policies.catalogue import Field, TypeEntry
from policies.findings import unknown
from policies.phrases import NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Levels:
    """Rungs by field, 0 being nothing; each of `problems` is a word and what is wrong with it."""

    rungs: Mapping[str, int]
    problems: tuple[tuple[str, str], ...]


def levels(entry: TypeEntry, words: Mapping[str, str]) -> Levels:
    """Resolve words: a field, or a group that stands for all its fields (of the same name, the field wins)."""
    rungs: dict[str, int] = {}
    problems: list[tuple[str, str]] = []
    for word, rung in words.items():
        fields = named(entry, word)
        if not fields:
            problems.append((word, unknown(f"field of {entry.name}", word, known(entry))))
            continue
        ladders = {name for field in fields for name in field.ladder}
        if rung not in {NOTHING, *ladders}:
            problems.append((rung, unknown(f"rung of {word}", rung, {NOTHING, *ladders})))
            continue
        for field in fields:
            if field.name in rungs:
                problems.append((word, f"`{field.name}` is given twice, once by a group"))
            rungs[field.name] = field.ladder.index(rung) + 1 if rung in field.ladder else 0
    return Levels(rungs=rungs, problems=tuple(problems))


def named(entry: TypeEntry, word: str) -> tuple[Field, ...]:
    """The fields that a word stands for; none where it is not known."""
    return (entry.by_name[word],) if word in entry.by_name else entry.members(word)


def known(entry: TypeEntry) -> set[str]:
    """Every word that stands for fields of the type."""
    return {*entry.by_name, *(field.group for field in entry.fields if field.group)}


def granted(entry: TypeEntry, words: Mapping[str, str]) -> int:
    """The bits that a grant gives; whatever it gives, it gives the pointer."""
    return bits(entry, levels(entry, words).rungs) | 1


def permitted(entry: TypeEntry, acts: Iterable[str]) -> int:
    """The bits of acts; there is no pointer among them, as an act shows nothing."""
    return bits(entry, dict.fromkeys(acts, 1))


def left(entry: TypeEntry, words: Mapping[str, str] | None) -> int:
    """The bits that a cap leaves of a type."""
    if words is None:
        return 0
    capped = levels(entry, words).rungs
    free = {field.name: len(field.ladder) for field in entry.fields}
    return bits(entry, {**free, **capped}) | 1


def lowered(entry: TypeEntry, words: Mapping[str, str] | None) -> Iterator[str]:
    """The fields that a cap keeps below their top."""
    mask = left(entry, words)
    return (field.name for field in entry.fields if not mask & entry.top(field.name))


def bits(entry: TypeEntry, rungs: Mapping[str, int]) -> int:
    """The thermometer bits of all fields."""
    mask = 0
    for name, rung in rungs.items():
        mask |= entry.upto(name, rung)
    return mask
