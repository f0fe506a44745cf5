"""The wards that the graph holds."""

from graph.change import Ask
from graph.geometry import AreaMap
from graph.store import Store

OF_VINTAGE = """
MATCH (w:Ward {vintage: $vintage})
RETURN collect([w.code, w.geometry])"""


NEWEST = """
MATCH (v:Ward) WITH max(v.vintage) AS newest
MATCH (w:Ward {vintage: newest})
RETURN collect([w.code, w.geometry])"""


async def newest_wards(ask: Ask) -> AreaMap:
    """The wards of the newest vintage: together the area of the partnership."""
    return AreaMap.of([(code, geometry) for code, geometry in await ask(NEWEST, {})])


async def ward_map(store: Store, vintage: int) -> AreaMap:
    """The wards of one vintage, of however many places; an empty map where none are stored."""
    return AreaMap.of([(code, geometry) for code, geometry in await store.read(OF_VINTAGE, {"vintage": vintage})])
