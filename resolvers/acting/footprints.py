"""The ground that people draw a case to be about."""

from collections.abc import Mapping

from graph.footprints import Footprint, fault
from graph.geometry import GeometryError
from graph.vocabulary import Node
from graph.wards import newest_wards
from graph.work_vocabulary import EntryKind
from resolvers.acting.acting import Acting
from resolvers.acting.casework import find_case, require_open, require_version, restate
from resolvers.acting.deeds import Deed, of_one
from resolvers.acting.inputs import Given
from resolvers.acting.refusals import invalid

_INSIDE = "is a polygon that does not cross itself, inside the area of the partnership"


async def _set(acting: Acting, given: Given) -> str:
    """Draw a footprint in the place of another, which stays with the entry that drew it."""
    case = await find_case(acting, given, "setFootprint")
    require_version(acting, case, given)
    require_open(acting, case)
    wards = await newest_wards(acting.change.ask)  # what is wrong with these is not the client's to mend
    try:
        drawn = Footprint.of(given.values["footprint"], wards)
    except GeometryError as error:
        raise invalid([(("input", "footprint"), _INSIDE)]) from error
    values = {"footprint": drawn.geojson, "area": drawn.area, "footprintWards": list(drawn.wards)}
    return await restate(acting, case, EntryKind.FOOTPRINT_SET, values, {"footprint": drawn.geojson})


def _check(given: Given) -> None:
    found = fault(given.values["footprint"])
    if found is not None:
        given.refuse("footprint", found)


DEEDS: Mapping[str, Deed] = {
    "setFootprint": Deed(act="setFootprint", node=Node.CASE, done="CaseChanged", check=_check, do=of_one(_set)),
}
"""By the mutation's name in the contract."""
