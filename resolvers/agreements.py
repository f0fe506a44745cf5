"""The agreements themselves, told through the same masks as everything else."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from graph.plan import Position
from policies.classes import FactClass
from policies.documents import Agreement
from policies.vocabulary import HUB, Sensitivity
from resolvers.branch import Branch
from resolvers.connections import PageRows
from resolvers.layout import Columns, NodeRows, Skeleton, leaves
from resolvers.lists import cursors_of, order_field
from resolvers.merging import Merge
from resolvers.operation import Answer, Operation
from resolvers.planning import Planner, first_of
from resolvers.plans import connection_frame
from resolvers.selection import Selected

PREFIX = "agr_"
FACTS = str(
    FactClass(
        type="Agreement",
        owner=HUB,
        dataset="agreements",
        sensitivity=Sensitivity.OFFICIAL,
        marked=frozenset(),
        protections=frozenset(),
    )
)
"""The class of every agreement; documents are not in the graph, so the hub adds it to the classes it knows."""


def plan_agreements(operation: Operation, selected: Selected) -> Answer:
    """Plan the list of agreements that this viewer may see."""
    planner, first, merge = operation.planner, first_of(selected), Merge(typename="Agreement")
    frame = connection_frame(planner, selected, merge)
    nodes = _node_rows(planner, merge.fields)
    cursors = cursors_of(operation, selected)
    after = selected.arguments.get("after")
    position = cursors.read(after) if after is not None else None
    place = _order_place(planner, nodes, order_field(selected))
    rows = _rows(planner, nodes)
    keys = [row[place] if place is not None else None for row in rows]
    page = PageRows(frame=frame, nodes=nodes, first=first, issue=cursors.issue)

    async def answer() -> Branch:
        return page.read([len(rows), _cut(rows, keys, first, position)], operation.reader.told)

    return answer


def plan_agreement(operation: Operation, selected: Selected, ident: str) -> Answer:
    """Plan finding one agreement by its id."""
    planner = operation.planner
    fields = planner.selection.below(selected, planner.selection.object_type("Agreement"))
    nodes = _node_rows(planner, fields)
    found = next((row for row in _rows(planner, nodes) if row[0] == ident), None)

    async def answer() -> Branch | None:
        return nodes.read(found, operation.reader.told) if found is not None else None

    return answer


def _node_rows(planner: Planner, fields: Sequence[Selected]) -> NodeRows:
    columns = Columns()
    sight = planner.sight("Agreement", (one.name for one in fields))
    skeleton = Skeleton(typename="Agreement", selection=planner.selection, fields=tuple(fields), sight=sight)
    laid_out = leaves(fields, sight.entry.by_name, columns)
    return NodeRows(skeleton=skeleton, leaves=laid_out, columns=columns)


def _order_place(planner: Planner, nodes: NodeRows, order: str | None) -> int | None:
    """Say where in a row the value stands by which a list is ordered; nowhere if it is not told in full."""
    if order is None:
        return None
    planner.compare("Agreement", order)
    sight = nodes.skeleton.sight
    if not sight.view.mask(FACTS, [None] * sight.width) & sight.entry.top(order):
        return None
    return 2 + sight.width + nodes.columns.at(order)


def _rows(planner: Planner, nodes: NodeRows) -> list[list[Any]]:
    """Lay visible agreements out as `[id, facts, *conditions, *columns]`, in the order of their ids."""
    unknown = [None] * nodes.skeleton.sight.width
    if not nodes.skeleton.sight.decide(FACTS, unknown).visible:
        return []
    return [
        [f"{PREFIX}{one.id}", FACTS, *unknown, *(_VALUES[name](one) for name in nodes.columns.names)]
        for one in sorted(planner.snapshot.engine.agreements, key=lambda one: one.id)
    ]


def _cut(
    rows: Sequence[list[Any]], keys: Sequence[Any], first: int, after: Position | None
) -> list[tuple[Any, list[Any]]]:
    ordered = sorted(zip(keys, rows, strict=True), key=lambda pair: _standing(pair[0], pair[1][0]))
    if after is not None:
        ordered = [pair for pair in ordered if _standing(pair[0], pair[1][0]) > _standing(after.key, after.id)]
    return ordered[: first + 1]


def _standing(key: Any, ident: str) -> tuple[bool, str, str]:  # noqa: ANN401 - a title or nothing
    return (key is None, key or "", ident)


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
