"""The wards that the graph holds."""

from graph.geometry import WardMap
from graph.store import Store

CURRENT = """
CALL () { MATCH (w:Ward) RETURN max(w.vintage) AS current }
MATCH (w:Ward) WHERE w.vintage = current
RETURN collect([w.code, w.geometry])"""


async def ward_map(store: Store) -> WardMap:
    """The wards of the latest vintage; an empty map where none are stored."""
    return WardMap.of([(code, geometry) for code, geometry in await store.read(CURRENT)])
