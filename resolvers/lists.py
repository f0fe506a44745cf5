"""Root fields that answer with a page."""

from graph.cypher import render_listing
from graph.plan import Listing
from graph.vocabulary import Node
from resolvers.connections import PageRows
from resolvers.filters import filter_of
from resolvers.merging import Merge
from resolvers.narrowing import require_narrow
from resolvers.operation import Answer, Operation
from resolvers.orders import order_of
from resolvers.planning import counts, first_of
from resolvers.plans import Place, connection_frame, plan_node
from resolvers.selection import Selected
from resolvers.shapes import LISTS


def plan_list(operation: Operation, selected: Selected) -> Answer:
    """Plan a list of nodes: filter, order, page and total in one statement."""
    planner, node = operation.planner, LISTS[selected.name]
    first, merge = first_of(selected), Merge(typename=node.value)
    frame = connection_frame(planner, selected, merge)
    read, rows = plan_node(planner, node, merge.fields, Place(most=first))
    where = filter_of(planner, selected, node.value)
    if node is Node.PERSON:
        require_narrow(where)
    scope = planner.scope(selected.name, selected)
    mark = planner.mark(scope, selected)
    listing = Listing(
        node=read,
        first=first,
        where=where,
        order=order_of(planner, selected, node.value),
        after=mark.position if mark is not None else None,
        count=counts(frame.fields),
        is_keyed=frame.tells_cursors,
    )
    page = PageRows(frame=frame, nodes=rows, first=first, scope=scope if frame.tells_cursors else None)
    statement = render_listing(listing, planner.viewpoint)
    return lambda reader: reader.page(statement, page)
