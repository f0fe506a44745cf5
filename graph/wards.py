"""The wards that the graph holds."""

from graph.geometry import AreaMap
from graph.store import Store

OF_VINTAGE = """
MATCH (w:Ward {vintage: $vintage})
RETURN collect([w.code, w.geometry])"""


async def ward_map(store: Store, vintage: int) -> AreaMap:
    """The wards of one vintage, of however many places; an empty map where none are stored."""
    return AreaMap.of([(code, geometry) for code, geometry in await store.read(OF_VINTAGE, {"vintage": vintage})])
