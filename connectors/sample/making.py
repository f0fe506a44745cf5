"""Making up a partnership: the pinned people first, then household after household until there are enough."""

from pathlib import Path
from random import Random

from connectors.sample import pinned
from connectors.sample.agencies import Agencies
from connectors.sample.extracts import opened
from connectors.sample.partners import Partners
from connectors.sample.people import household
from connectors.sample.places import Atlas, middles

REFUGES = 0.004
"""The share of households that have found refuge."""


def make(people: int, seed: int, folder: Path) -> int:
    """Write the extracts of a partnership of `people` people (and the pinned ones at least); returns how many.

    The same numbers give the same bytes. One household at a time is in memory. Raises OSError.
    """
    chance = Random(f"concord {seed}")  # noqa: S311 - made-up people need no secrecy, and the same seed must give the same
    wards = middles()
    with opened(folder) as extracts:
        atlas = Atlas(wards)
        pinned.write(extracts, atlas)
        later = Random(f"concord {seed} partners")  # noqa: S311 - as above
        agencies = Agencies(extracts, chance, Partners(extracts, later))
        made, serial = pinned.PEOPLE, 0
        while made < people:
            home = atlas.any_refuge(chance) if chance.random() < REFUGES else atlas.anywhere(chance)
            everyone = household(serial, made, people - made, home, chance)
            agencies.hold(everyone)
            made, serial = made + len(everyone.people), serial + 1
    return made
