"""Graphs that were stored while who lived at a hidden place still shared a person with others."""

from graph.change import Change, Stamp, commit
from graph.linkage.partition import HIDING
from graph.linkage.persons import draw
from graph.store import Store
from graph.vocabulary import Node

HIDDEN_PLACES = "MATCH (m:Premises) WHERE any(one IN m.marked WHERE one IN $hiding) RETURN collect(m.premisesId)"


async def part(store: Store, stamp: Stamp) -> None:
    """Let who lives at a hidden place stand apart, a place at a time."""
    for place in await store.read(HIDDEN_PLACES, {"hiding": sorted(HIDING)}):

        async def work(change: Change, place: str = place) -> None:
            await change.take_turn()
            change.touch(Node.PREMISES, {place})
            await draw(change)

        await commit(store, stamp, work)
