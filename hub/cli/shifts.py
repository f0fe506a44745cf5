"""What came of a change by hand around the thing itself, in lines."""

from collections.abc import Iterable, Iterator

from graph.facts import protections
from graph.standing import Standing


def listed(words: Iterable[str]) -> str:
    """The words in order, or that there is none."""
    return ", ".join(sorted(words)) or "nothing"


def shifts(pairs: Iterable[tuple[Standing, Standing]]) -> Iterator[str]:
    """A line for each thing that stands otherwise: what protects it, and of a record whose it is."""
    for was, now in sorted(pairs, key=lambda pair: (pair[1].type, pair[1].source)):
        yield f"  {now.id} ({now.source}): {'; '.join(_differences(was, now))}"


def _differences(was: Standing, now: Standing) -> Iterator[str]:
    if was.facts != now.facts:
        yield f"protected by {listed(protections(now.facts))}, was by {listed(protections(was.facts))}"
    if was.person != now.person:
        yield f"of person {now.person}, was of {was.person}"
