"""How what people make is marked."""

from graph.casework import Target
from graph.records import Marking
from policies.vocabulary import Protection, Sensitivity


def inherited(asked: Sensitivity, origin: Target | None) -> Marking:
    """Mark a thing as what it comes from is marked, and at least as who makes it asks for."""
    if origin is None:
        return Marking(sensitivity=asked)
    return Marking(
        sensitivity=Sensitivity.highest(asked, origin.marking.sensitivity),
        protections=frozenset(map(Protection, origin.properties["marked"])),
    )
