"""Root fields that answer with a page."""

from graph.plan import Listing, Order
from graph.vocabulary import Node
from resolvers.connections import PageRows
from resolvers.cursors import Cursors
from resolvers.filters import Filters, require_narrow
from resolvers.merging import Merge
from resolvers.operation import Answer, Operation
from resolvers.planning import counts, field_guard, first_of
from resolvers.plans import Place, connection_frame, plan_node
from resolvers.selection import Selected
from resolvers.shapes import LISTS, ORDERS


def plan_list(operation: Operation, selected: Selected) -> Answer:
    """Plan a list of nodes: filter, order, page and total in one statement."""
    planner, node = operation.planner, LISTS[selected.name]
    first, merge = first_of(selected), Merge(typename=node.value)
    frame = connection_frame(planner, selected, merge)
    read, rows = plan_node(planner, node, merge.fields, Place(most=first))
    view, argument = planner.view(node.value), selected.arguments.get("filter")
    where = Filters(view=view, compare=planner.compare).build(argument) if argument else None
    if node is Node.PERSON:
        require_narrow(where)
    cursors = cursors_of(operation, selected)
    order = order_field(selected)
    if order is not None:
        planner.compare(node.value, order)
    after = selected.arguments.get("after")
    listing = Listing(
        node=read,
        first=first,
        where=where,
        order=Order(column=order, guard=field_guard(view, order)) if order is not None else None,
        after=cursors.read(after) if after is not None else None,
        count=counts(frame.fields),
    )
    page = PageRows(frame=frame, nodes=rows, first=first, issue=cursors.issue)
    return lambda: operation.reader.page(listing, page)


def cursors_of(operation: Operation, selected: Selected) -> Cursors:
    """Bind the cursors of a list to its viewer, filter and order."""
    reader = operation.reader
    return Cursors.of(reader.cursor_secret, reader.viewer, selected.name, selected.arguments)


def order_field(selected: Selected) -> str | None:
    """Name the field that a list is ordered by; None for the order of ids."""
    return ORDERS.get(selected.arguments["orderBy"].value)
