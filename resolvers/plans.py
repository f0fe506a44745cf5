"""From selections to plans: what to read, how to guard it, and how its rows become the answer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeVar

from graph.plan import Detail, LinkRead, NodeRead, Timeline
from graph.sheets import SHEETS
from graph.vocabulary import Node
from resolvers.alike import Alike
from resolvers.connections import Anchor, DetailRows, EdgeFrame, Frame, LinkRows
from resolvers.cursors import Mark
from resolvers.filters import filter_of
from resolvers.layout import Columns, Leaf, Nested, Rows, Skeleton, leaves
from resolvers.merging import Merge, Part
from resolvers.nodes import NodeRows
from resolvers.orders import order_of
from resolvers.people import PersonRows
from resolvers.planning import Planner, counts, first_of, row_guard
from resolvers.reading import Finder
from resolvers.sealed import Opening
from resolvers.selection import TYPENAME, Selected
from resolvers.shapes import LINK_FIELDS, QUARANTINE, WAYS, Way
from resolvers.sight import Sight
from resolvers.sources import CONTACT, CONTACT_PLACE, ID, HolderRows, RecordRows
from resolvers.timeline_plans import TimelinePlan
from resolvers.timelines import TimelineRows

Planned = tuple[NodeRead, NodeRows] | tuple[NodeRead, PersonRows]
Links = Mapping[str, tuple[LinkRead, LinkRows]]
Timelines = Mapping[str, tuple[Timeline, TimelineRows]]
"""By response key."""
Read = TypeVar("Read")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in an operation a node stands: how many could come back there, and how deep."""

    most: int
    depth: int = 1


def plan_node(planner: Planner, node: Node, fields: Sequence[Selected], place: Place) -> Planned:
    """Plan a node with everything below it."""
    if node is Node.PERSON:
        return plan_person(planner, fields, place)
    planner.spend(place.most, place.depth)
    columns = Columns(sheet=SHEETS.get(node, ()))
    links = _links(planner, node, fields, place)
    timelines = _timelines(planner, node, fields, place)
    details = [(one, *_detail(planner, one, place)) for one in fields if one.name == "quarantine"]
    sight = planner.sight(node.value, (one.name for one in fields))
    rows = NodeRows(
        skeleton=Skeleton(typename=node.value, selection=planner.selection, fields=tuple(fields), sight=sight),
        leaves=leaves(
            fields, sight.entry.by_name, columns, Opening(seal=planner.seal, selection=planner.selection).mask
        ),
        columns=columns,
        alike=Alike(copier=planner.copier(fields)),
        nested=(
            *_nested(links),
            *(Nested(key=one.key, rows=rows, field=one.name) for one, _, rows in details),
            *_nested(timelines),
        ),
    )
    read = _node_read(node, sight, columns, links)
    return replace(read, details=tuple(read for _, read, _ in details), timelines=_reads(timelines)), rows


def plan_person(planner: Planner, fields: Sequence[Selected], place: Place) -> tuple[NodeRead, PersonRows]:
    """Plan a person: the columns of its visible records, and the agencies behind them."""
    records = {one.key: planner.below(one) for one in fields if one.name == "records"}
    return _plan_records(planner, fields, records, place)


def plan_record(planner: Planner, fields: Sequence[Selected], place: Place) -> tuple[NodeRead, PersonRows]:
    """Plan one record that is asked for by its own id."""
    return _plan_records(planner, (), {"record": tuple(fields)}, place)


def _plan_records(
    planner: Planner, fields: Sequence[Selected], records: Mapping[str, tuple[Selected, ...]], place: Place
) -> tuple[NodeRead, PersonRows]:
    planner.spend(place.most, place.depth)
    columns, agencies = Columns(sheet=SHEETS[Node.PERSON]), Merge(typename="Agency")
    known = {one.key: planner.below(one) for one in fields if one.name == "knownTo"}
    links = _links(planner, Node.PERSON, fields, place)
    timelines = _timelines(planner, Node.PERSON, fields, place)
    sight = planner.sight("Person", (one.name for selection in (fields, *records.values()) for one in selection))
    record_rows = {
        key: RecordRows(
            skeleton=Skeleton(typename="PersonRecord", selection=planner.selection, fields=below, sight=sight),
            leaves=leaves(below, sight.entry.by_name, columns),
            agencies=_agencies(planner, agencies, key, below),
        )
        for key, below in records.items()
    }
    wants_contact = any(one.name == "contact" for below in known.values() for one in below)
    contact = agencies.add(CONTACT_PLACE, _contact_fields()) if wants_contact else None
    holder_rows = {
        key: HolderRows(fields=below, agencies=_agencies(planner, agencies, key, below), contact=contact)
        for key, below in known.items()
    }
    holder, holders = _holders(planner, agencies, place) if agencies.fields else (None, None)
    rows = PersonRows(
        skeleton=Skeleton(typename="Person", selection=planner.selection, fields=tuple(fields), sight=sight),
        leaves=leaves(fields, sight.entry.by_name, columns),
        nested=(*_nested(links), *_nested(timelines)),
        records=record_rows,
        known_to=holder_rows,
        holders=holders,
        alike=Alike(copier=planner.copier(fields), noted=ID),
    )
    read = _node_read(Node.PERSON, sight, columns, links)
    return replace(read, timelines=_reads(timelines), holder=holder), rows


def _node_read(node: Node, sight: Sight, columns: Columns, links: Links) -> NodeRead:
    return NodeRead(
        node=node,
        row=row_guard(sight.view),
        conditions=sight.conditions,
        has_sheet=columns.has_sheet or node is Node.PERSON,
        columns=tuple(columns.names),
        links=_reads(links),
    )


def _reads(planned: Mapping[str, tuple[Read, Rows]]) -> tuple[Read, ...]:
    return tuple(read for read, _ in planned.values())


def _agencies(planner: Planner, merge: Merge, place: str, fields: Sequence[Selected]) -> dict[str, Part]:
    return {one.key: merge.add(f"{place}/{one.key}", planner.below(one)) for one in fields if one.name == "agency"}


def _holders(planner: Planner, merge: Merge, place: Place) -> tuple[NodeRead, NodeRows]:
    read, rows = plan_node(planner, Node.AGENCY, merge.fields, Place(most=place.most, depth=place.depth + 1))
    if isinstance(rows, PersonRows):
        raise TypeError("an agency is not a person")
    return read, rows


def _contact_fields() -> Iterable[Selected]:
    return (Selected(key=name, name=name, arguments={}, definition=None, details=[]) for name in CONTACT)


def _nested(planned: Mapping[str, tuple[Any, Rows]]) -> tuple[Nested, ...]:
    return tuple(Nested(key=key, rows=rows) for key, (_, rows) in planned.items())


def _links(planner: Planner, node: Node, fields: Sequence[Selected], place: Place) -> Links:
    ways = ((one, WAYS.get((node.value, one.name))) for one in fields)
    return {one.key: _link(planner, node, one, way, place) for one, way in ways if way is not None}


def _link(planner: Planner, node: Node, selected: Selected, way: Way, place: Place) -> tuple[LinkRead, LinkRows]:
    first, columns, merge = first_of(selected), Columns(), Merge(typename=way.target.value)
    frame = connection_frame(planner, selected, merge)
    fields = {one.name: LINK_FIELDS.get(one.name, one.name) for edge in frame.edges.values() for one in edge.fields}
    sight = planner.sight(way.link.value, fields.values())
    entries = sight.entry.by_name
    target, rows = plan_node(planner, way.target, merge.fields, Place(most=place.most * first, depth=place.depth + 1))
    mark, anchor = _anchored(planner, node, selected, frame)
    link = LinkRows(
        frame=frame,
        sight=sight,
        leaves={name: Leaf.of(name, entries[field], columns) for name, field in fields.items() if field in entries},
        targets=rows,
        first=first,
        anchor=anchor,
        tells_edges=not fields.keys() <= {"node", TYPENAME},
    )
    read = LinkRead(
        link=way.link,
        direction=way.direction,
        edge=row_guard(sight.view),
        conditions=sight.conditions,
        columns=tuple(columns.names),
        target=target,
        first=first,
        count=counts(frame.fields),
        where=filter_of(planner, selected, way.target.value),
        edges=filter_of(planner, selected, way.link.value, "edge"),
        order=order_of(planner, selected, way.target.value),
        after=mark.position if mark is not None else None,
        is_anchored=anchor.is_needed,
    )
    return read, link


def _anchored(planner: Planner, node: Node, selected: Selected, frame: Frame) -> tuple[Mark | None, Anchor]:
    """Read the cursor after which a connection is read on, and say how those of its rows are written."""
    scope = planner.scope(f"{node.value}.{selected.name}", selected)
    mark = planner.mark(scope, selected)
    return mark, Anchor(scope=scope if frame.tells_cursors else None, parent=mark.parent if mark is not None else None)


def _timelines(planner: Planner, node: Node, fields: Sequence[Selected], place: Place) -> Timelines:
    return {one.key: _timeline(planner, node, one, place) for one in fields if one.name == "timeline"}


def _timeline(planner: Planner, node: Node, selected: Selected, place: Place) -> tuple[Timeline, TimelineRows]:
    """Plan a timeline; what its events name costs as much as the events do."""
    below = Place(most=place.most * first_of(selected), depth=place.depth + 1)
    planner.spend(below.most, below.depth)
    events = Merge(typename="TimelineEvent")
    frame = connection_frame(planner, selected, events)
    plan = TimelinePlan(
        planner=planner,
        type_name=node.value,
        selected=selected,
        frame=frame,
        events=events,
        find=partial(_finder, planner, below),
    )
    return plan.build(*_anchored(planner, node, selected, frame))


def _finder(planner: Planner, place: Place, type_name: str, by: str | None, fields: Sequence[Selected]) -> Finder:
    if type_name == "PersonRecord":
        read, record = plan_record(planner, fields, place)
        return Finder(read=read, rows=record, by=Node.PERSON.id_property)
    node = Node(type_name)
    read, rows = plan_node(planner, node, fields, place)
    return Finder(read=read, rows=rows, by=by or ("personId" if node is Node.PERSON else node.id_property))


def connection_frame(planner: Planner, selected: Selected, merge: Merge) -> Frame:
    """Lay out a connection; the selections of its nodes are gathered in `merge`."""
    fields = planner.below(selected)
    return Frame(
        typename=selected.type_name,
        selection=planner.selection,
        fields=fields,
        edges={one.key: _edge_frame(planner, one, merge) for one in fields if one.name == "edges"},
    )


def _edge_frame(planner: Planner, selected: Selected, merge: Merge) -> EdgeFrame:
    fields = planner.below(selected)
    nodes = {
        one.key: merge.add(f"{selected.key}/{one.key}", planner.below(one)) for one in fields if one.name == "node"
    }
    return EdgeFrame(typename=selected.type_name, fields=fields, nodes=nodes)


def _detail(planner: Planner, selected: Selected, place: Place) -> tuple[Detail, DetailRows]:
    first, fields = first_of(selected), planner.below(selected)
    planner.spend(place.most * first, place.depth + 1)
    frame = connection_frame(planner, selected, Merge(typename="QuarantinedRow"))
    mark, anchor = _anchored(planner, Node.IMPORT_RUN, selected, frame)
    after = mark.position.key if mark is not None and isinstance(mark.position.key, int) else 0
    detail = Detail(
        label="Quarantine",
        key="importRunId",
        columns=QUARANTINE,
        first=first,
        count=counts(fields),
        after=after,
        is_anchored=anchor.is_needed,
    )
    rows = DetailRows(
        selection=planner.selection,
        typename=selected.type_name,
        fields=fields,
        names=QUARANTINE,
        first=first,
        after=after,
        anchor=anchor,
    )
    return detail, rows
