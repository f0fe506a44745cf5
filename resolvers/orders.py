"""The orders in which lists and connections are read."""

from strawberry.utils.str_converters import to_camel_case

from graph.plan import Order
from resolvers.planning import Planner, field_guard
from resolvers.selection import Selected

_DESCENDING = "_DESC"


def order_of(planner: Planner, selected: Selected, type_name: str) -> Order | None:
    """Read by which field of a type a field is ordered, which takes its top rung; None for the order of ids."""
    word = str(selected.arguments["orderBy"].value)
    if word == "ID":
        return None
    name = to_camel_case(word.removesuffix(_DESCENDING).lower())
    planner.compare(type_name, name)
    return Order(
        column=name, guard=field_guard(planner.view(type_name), name), is_descending=word.endswith(_DESCENDING)
    )
