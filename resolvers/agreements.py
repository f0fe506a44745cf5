"""The agreements themselves, told through the same masks as everything else."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from graph.plan import Order, Position
from policies.classes import FactClass
from policies.documents import Agreement
from policies.vocabulary import HUB, Sensitivity
from resolvers.branch import Branch, Tree
from resolvers.connections import PageRows
from resolvers.filters import filter_of
from resolvers.layout import Columns, Skeleton, leaves
from resolvers.matching import matches, passes
from resolvers.merging import Merge
from resolvers.nodes import NodeRows
from resolvers.operation import Answer, Operation
from resolvers.orders import order_of
from resolvers.planning import Planner, first_of
from resolvers.plans import connection_frame
from resolvers.reading import Reader
from resolvers.selection import Selected

PREFIX = "agr_"
TYPE = "Agreement"
FACTS = str(
    FactClass(
        type=TYPE,
        owner=HUB,
        dataset="agreements",
        sensitivity=Sensitivity.OFFICIAL,
        marked=frozenset(),
        protections=frozenset(),
    )
)
"""The class of every agreement; documents are not in the graph, so the hub adds it to the classes it knows."""

Keyed = tuple[Any, Agreement]
"""An agreement behind the value by which it is ordered."""


def plan_agreements(operation: Operation, selected: Selected) -> Answer:
    """Plan the list of agreements that this viewer may see."""
    planner, first, merge = operation.planner, first_of(selected), Merge(typename=TYPE)
    frame = connection_frame(planner, selected, merge)
    nodes = _node_rows(planner, merge.fields)
    selected = replace(selected, arguments=planner.opened(selected.arguments))
    scope = planner.scope(selected.name, selected)
    mark = planner.mark(scope, selected)
    where, order = filter_of(planner, selected, TYPE), order_of(planner, selected, TYPE)
    found = [one for one in _visible(planner, nodes) if where is None or matches(where, FACTS, _value_of(one))]
    ordered = _ordered(found, order)
    left = [pair for pair in ordered if mark is None or _follows(pair, mark.position, order)]
    rows = [(key, _row(nodes, one)) for key, one in left[: first + 1]]
    page = PageRows(frame=frame, nodes=nodes, first=first, scope=scope)

    async def answer(reader: Reader) -> Tree:
        return page.read([len(found), rows], reader.told)

    return answer


def plan_agreement(operation: Operation, selected: Selected, ident: str) -> Answer:
    """Plan finding one agreement by its id."""
    planner = operation.planner
    fields = planner.selection.below(selected, planner.selection.object_type(TYPE))
    nodes = _node_rows(planner, fields)
    found = next((one for one in _visible(planner, nodes) if _ident(one) == ident), None)

    async def answer(reader: Reader) -> Branch | None:
        tree = nodes.read(_row(nodes, found), reader.told) if found is not None else None
        return Branch(TYPE, tree) if tree is not None else None

    return answer


def _node_rows(planner: Planner, fields: Sequence[Selected]) -> NodeRows:
    columns = Columns()
    sight = planner.sight(TYPE, (one.name for one in fields))
    skeleton = Skeleton(typename=TYPE, selection=planner.selection, fields=tuple(fields), sight=sight)
    laid_out = leaves(fields, sight.entry.by_name, columns)
    return NodeRows(skeleton=skeleton, leaves=laid_out, columns=columns)


def _visible(planner: Planner, nodes: NodeRows) -> tuple[Agreement, ...]:
    sight = nodes.skeleton.sight
    return planner.snapshot.engine.agreements if sight.decide(FACTS, [None] * sight.width).visible else ()


def _row(nodes: NodeRows, one: Agreement) -> list[Any]:
    """Lay an agreement out as `[id, facts, *conditions, *columns]`."""
    unknown = [None] * nodes.skeleton.sight.width
    return [_ident(one), FACTS, *unknown, *map(_value_of(one), nodes.columns.names)]


def _ident(one: Agreement) -> str:
    return f"{PREFIX}{one.id}"


def _value_of(one: Agreement) -> Callable[[str], Any]:
    return lambda name: _VALUES[name](one)


def _key(order: Order | None, one: Agreement) -> Any:  # noqa: ANN401 - a title, or a date
    return _VALUES[order.column](one) if order is not None and passes(order.guard, FACTS) else None


def _ordered(found: Iterable[Agreement], order: Order | None) -> list[Keyed]:
    """Order agreements as the graph orders nodes: by id, by the order's value before that, without one last."""
    keyed = sorted(((_key(order, one), one) for one in found), key=lambda pair: pair[1].id)
    known = [pair for pair in keyed if pair[0] is not None]
    if order is not None:
        known.sort(key=lambda pair: str(pair[0]), reverse=order.is_descending)
    return [*known, *(pair for pair in keyed if pair[0] is None)]


def _follows(pair: Keyed, position: Position, order: Order | None) -> bool:
    key, is_later = pair[0], _ident(pair[1]) > position.id
    if key == position.key:
        return is_later
    if key is None or position.key is None:
        return key is None
    return (key < position.key) is (order is not None and order.is_descending)


_VALUES: Mapping[str, Callable[[Agreement], Any]] = {
    "title": lambda one: one.title,
    "version": lambda one: one.version,
    "tier": lambda one: one.tier,
    "status": lambda one: one.status.upper(),
    "validFrom": lambda one: one.valid.from_,
    "validUntil": lambda one: one.valid.until,
    "reviewBy": lambda one: one.valid.review_by,
    "signedBy": lambda one: list(one.signed_by),
    "purposes": lambda one: list(one.purposes),
}
