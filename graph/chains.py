"""The numbers of property keys: an engine that keeps properties in a chain finds those of late keys first.

Neo4j puts down the properties of a new node in the order of their keys' numbers, as far as a table of 32, 64 or 128
places tells these apart, and each before the one that was put down before it; a short one may fill a gap further back.
The numbers are given out once and for all, as keys are first used. See docs/decisions/0013.
"""

from collections.abc import Iterator

from neomodel import StructuredNode

from graph.model import NODES, Case, Person, PersonRecord, Premises

PLACES = 64
OF_LINKS = ("linkId", "since", "until", "order", "role")
FAR = (
    "ownNhsNumber",
    "ownNationalInsuranceNumber",
    "sameNhsNumber",
    "sameNationalInsuranceNumber",
    "samePhone",
    "sameEmail",
)
"""What only imports look for."""
SELDOM = ("footprint", "footprintWards", "area", "consentStatus")
"""What is told of one case at a time, and of no list."""
SHORT = ("stated", "marked", "reliability", "aliases")
"""What fills the gaps, so that nothing that follows falls into one."""
NEAR = ("familyName", "role", "lastSeen", "linkId", "personId", "caseMembers", "ward", "sheet", "facts")
"""What most reads look at, the most wanted last."""


def keys() -> tuple[str, ...]:
    """Every key in the order in which they are to be numbered."""
    apart = (*FAR, *SHORT, *NEAR)
    read = [
        key for key in (*_declared(PersonRecord, Person, Premises, Case), *OF_LINKS) if key not in {*apart, *SELDOM}
    ]
    rest = [key for key in _declared(*NODES) if key not in {*apart, *read}]
    before = PLACES - len(apart) - len(read)
    return (*rest[:before], *FAR, *dict.fromkeys(read), *SHORT, *NEAR, *rest[before:])


def numbering() -> str:
    """Write the statement that uses each key once; it leaves nothing behind but their numbers."""
    uses = " ".join(f"SET n.`{key}` = 0" for key in keys())
    return f"CREATE (n:Turn) {uses} DELETE n"


def _declared(*nodes: type[StructuredNode]) -> Iterator[str]:
    found = (
        declared.get_db_property_name(name)
        for node in nodes
        for name, declared in node.defined_properties(aliases=False, rels=False).items()
    )
    yield from dict.fromkeys(found)
