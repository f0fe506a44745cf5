"""How a field's value is read off a node, where it is not a property of the field's name."""

from graph.vocabulary import Node

CHANGED = "changed"
"""When a record last changed, if it ever did since it was first seen."""
_POINT = "CASE WHEN {node}.longitude IS NULL THEN null ELSE [{node}.longitude, {node}.latitude] END"
_EXPRESSIONS = {
    (Node.PREMISES, "location"): _POINT,
    (Node.ESTABLISHMENT, "location"): _POINT,
    (Node.SCHOOL, "location"): _POINT,
    (Node.INCIDENT, "location"): _POINT,
    (Node.REFERRAL, "location"): _POINT,
    (Node.CASE_INCIDENT, "location"): _POINT,
    (Node.CASE, "leadAgency"): "{node}.owner",
    (Node.LSOA, "boundary"): "{node}.geometry",
    (Node.WARD, "boundary"): "{node}.geometry",
}
_SOURCES = {
    "address": ("ward", "postcode", "postcode", "address"),
}


def column(node: Node, name: str, alias: str) -> str:
    """Render the value of a column."""
    if name == CHANGED:
        return f"CASE WHEN {alias}.lastSeen <> {alias}.firstSeen THEN {alias}.lastSeen END"
    return _EXPRESSIONS.get((node, name), "{node}." + name).format(node=alias)


def sources(name: str, rungs: int) -> tuple[str, ...]:
    """Name the column behind each rung of a field: a ward, a postcode and an address are rungs of one ladder."""
    several = _SOURCES.get(name)
    return several if several is not None and len(several) == rungs else (name,) * rungs
