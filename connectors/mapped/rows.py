"""Rows of a mapped dataset as facts."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import BinaryIO

from connectors import markings
from connectors.base import Context
from connectors.errors import BadValue
from connectors.mapped import keys
from connectors.mapped.columns import Date, Reader
from connectors.mapped.ends import End, Own
from connectors.mapped.mapping import LinkShape, Mapping, NodeShape
from connectors.mapped.targets import SYMMETRIC
from connectors.reading import Reading, unread
from connectors.table import Layout, records
from graph.records import LinkFact, Marking, NodeFact, Ref, Reject, Row, Source, Value

Cells = dict[str, Value]


@dataclass(frozen=True, kw_only=True)
class MappedRows:
    """The parse of one mapping."""

    mapping: Mapping

    @cached_property
    def default(self) -> Marking:
        """How rows are marked that say nothing."""
        shape = self.mapping.marking
        return Marking(sensitivity=shape.sensitivity, protections=frozenset(shape.protections))

    @cached_property
    def _required(self) -> frozenset[str]:
        required = {name for name, column in self.mapping.columns.items() if column.required}
        return frozenset(required.union(self.mapping.key))

    @cached_property
    def _vital(self) -> frozenset[str]:
        return self.mapping.vital()

    def parse(self, source: BinaryIO, context: Context) -> Iterator[Row]:
        """Give each row as what the mapping makes of it."""
        mapping = self.mapping
        layout = Layout(columns=tuple(mapping.columns), delimiter=mapping.delimiter, encoding=mapping.encoding)
        readers = self._readers(context.today)
        for record in records(source, layout):
            yield unread(record) if isinstance(record, Reject) else self._row(Reading(record), context, readers)

    def _readers(self, today: str) -> dict[str, Reader]:
        past = self.mapping.past()
        return {
            name: column.past(today) if isinstance(column, Date) and name in past else column.reader()
            for name, column in self.mapping.columns.items()
        }

    def _row(self, reading: Reading, context: Context, readers: dict[str, Reader]) -> Row:
        marking = self._marking(reading)
        cells: Cells = {
            name: value for name, read in readers.items() if (value := reading.value(name, read)) is not None
        }
        if marking is None or any(reject.column in self._vital for reject in reading.rejects):
            return reading.refused(None, "the whole row is set aside, as it cannot stand without these values")
        for column in self._required:
            if column not in cells:
                return reading.refused(column, "is empty, and the row cannot stand without it")
        try:
            statement = Statement(context=context, dataset=self.mapping.name, cells=cells, marking=marking)
            facts = tuple(self._facts(statement))
        except BadValue as error:
            return reading.refused(None, str(error))
        key = keys.joined(str(cells[column]) for column in self.mapping.key)
        return Row(line=reading.record.line, key=key, facts=facts, rejects=tuple(reading.rejects))

    def _marking(self, reading: Reading) -> Marking | None:
        column = self.mapping.marking.column
        if column is None:
            return self.default
        if not reading.cell(column):
            return self.default
        return reading.value(column, lambda cell: markings.marking(cell, self.default))

    def _facts(self, statement: "Statement") -> Iterator[NodeFact | LinkFact]:
        nodes: dict[str, NodeFact] = {}
        for name, shape in self.mapping.nodes.items():
            if (node := statement.node(shape)) is not None:
                nodes[name] = node
        yield from nodes.values()
        for link_shape in self.mapping.links:
            if (link := statement.link(link_shape, nodes)) is not None:
                yield link


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What one row says, ready to be shaped into facts."""

    context: Context
    dataset: str
    cells: Cells
    marking: Marking

    @property
    def owner(self) -> str:
        return self.context.owner

    def node(self, shape: NodeShape) -> NodeFact | None:
        """The node of the row; None where the row says nothing that names it."""
        key = self._place(shape) if shape.place else self._key(shape.key)
        if key is None:
            return None
        marking = self.marking
        if shape.protections is not None:
            kept = marking.protections.intersection(shape.protections)
            marking = Marking(sensitivity=marking.sensitivity, protections=kept)
        source = Source(owner=self.owner, dataset=self.dataset, key=key)
        return NodeFact(type=shape.type, source=source, marking=marking, values=self._values(shape.values))

    def link(self, shape: LinkShape, nodes: dict[str, NodeFact]) -> LinkFact | None:
        """The link of the row; None where an end is not named."""
        start, end = (self._end(named, nodes) for named in (shape.start, shape.end))
        if start is None or end is None:
            return None
        if start == end:
            raise BadValue("links a thing with itself")
        both_ways = shape.type in SYMMETRIC and start.source.owner == end.source.owner
        if both_ways and end.source.key < start.source.key:
            start, end = end, start
        key = self._key(shape.key) or keys.joined(map(self._spoken, (start, end)))
        source = Source(owner=self.owner, dataset=self.dataset, key=key)
        values = self._values(shape.values)
        return LinkFact(type=shape.type, source=source, marking=self.marking, start=start, end=end, values=values)

    def _items(self, columns: list[str]) -> list[str]:
        return list(dict.fromkeys(chain.from_iterable(map(self._listed, columns))))

    def _listed(self, column: str) -> list[str]:
        value = self.cells.get(column)
        if value is None:
            return []
        return value if isinstance(value, list) else [str(value)]

    def _end(self, named: End, nodes: dict[str, NodeFact]) -> Ref | None:
        if isinstance(named, str):
            return nodes[named].ref if named in nodes else None
        if isinstance(named, Own):
            return self.context.own.get(named.own)
        key = self._key(named.key)
        if key is None:
            return None
        owner = str(self.cells.get(named.owner_column, self.owner)) if named.owner_column else self.owner
        return Ref(type=named.type, source=Source(owner=owner, dataset=named.dataset or self.dataset, key=key))

    def _spoken(self, ref: Ref) -> str:
        return ref.source.key if ref.source.owner == self.owner else f"{ref.source.owner}/{ref.source.key}"

    def _key(self, columns: list[str]) -> str | None:
        if not columns or any(column not in self.cells for column in columns):
            return None
        return keys.joined(str(self.cells[column]) for column in columns)

    def _place(self, shape: NodeShape) -> str | None:
        if shape.place is None:
            return None
        columns = (shape.place.uprn, shape.place.address, shape.place.postcode)
        uprn, address, postcode = (None if name is None else self.cells.get(name) for name in columns)
        return keys.place(*(None if part is None else str(part) for part in (uprn, address, postcode)))

    def _values(self, shape: dict[str, str | list[str]]) -> dict[str, Value]:
        values: dict[str, Value] = {}
        for name, column in shape.items():
            if isinstance(column, list):
                if items := self._items(column):
                    values[name] = items
            elif column in self.cells:
                values[name] = self.cells[column]
        return values
