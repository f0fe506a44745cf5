"""What every file of the register states of a school, and how it is marked."""

from collections.abc import Iterable, Mapping

from graph.records import LinkFact, Marking, NodeFact, Ref, Source, Value
from graph.vocabulary import Link, Node
from policies.vocabulary import Sensitivity

DATASET = "schools-register"
MARKING = Marking(sensitivity=Sensitivity.OFFICIAL)
_PLACE = frozenset({"address", "postcode", "ward", "uprn", "latitude", "longitude"})


def school(owner: str, urn: str) -> Ref:
    """The school of a reference number, whichever file states it."""
    return Ref(type=Node.SCHOOL, source=Source(owner=owner, dataset=DATASET, key=urn))


def facts(ref: Ref, values: Mapping[str, Value]) -> tuple[NodeFact | LinkFact, ...]:
    """A school, the premises that it occupies, and that it does; the school bears its address too."""
    source = ref.source
    place = {name: value for name, value in values.items() if name in _PLACE}
    premises = NodeFact(type=Node.PREMISES, source=source, marking=MARKING, values=place)
    school = NodeFact(type=Node.SCHOOL, source=source, marking=MARKING, values={"urn": source.key, **values})
    occupies = LinkFact(type=Link.OCCUPIES, source=source, marking=MARKING, start=ref, end=premises.ref)
    return premises, school, occupies


def address(lines: Iterable[str | None], postcode: str | None) -> dict[str, Value]:
    """The lines of an address that say something, on one line, and the postcode."""
    values: dict[str, Value] = {}
    if said := ", ".join(line for whole in lines if whole and (line := whole.strip(" ,"))):
        values["address"] = said
    if postcode:
        values["postcode"] = postcode
    return values
