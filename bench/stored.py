"""What imports stored, taken out of a graph so that it can be merged bare into another."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bench.loading import Row, Step, pairs
from graph.ddl import rules
from graph.store import Store

KEYS = {rule.label: rule.fields[0] for rule in reversed([*rules()]) if rule.unique}
"""By label, the first of the properties that are unique; nodes that have none are left out."""
NODES = "MATCH (n) RETURN elementId(n), head(labels(n)), properties(n)"
LINKS = "MATCH (a)-[r]->(b) RETURN elementId(r), type(r), elementId(a), elementId(b), properties(r)"

Link = tuple[str, str, dict[str, Any]]
"""The keys of the ends, and what the link says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """Nodes by label, and links by type and the labels of their ends."""

    nodes: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    links: dict[tuple[str, str, str], list[Link]] = field(default_factory=lambda: defaultdict(list))

    def steps(self) -> Iterator[Step]:
        """Merge each by its key, with all that it says."""
        for label, rows in self.nodes.items():
            yield Step(clause=f"MERGE (n:{label} {{{KEYS[label]}: row.{KEYS[label]}}}) SET n = row", rows=rows)
        for (link, start, end), found in self.links.items():
            ends = f"MATCH (a:{start} {{{KEYS[start]}: row.start}}) MATCH (b:{end} {{{KEYS[end]}: row.end}})"
            yield Step(clause=f"{ends} MERGE (a)-[r:{link}]->(b) SET r = row.values", rows=pairs(found))


@dataclass(slots=True)
class Source:
    """A graph in which more is stored from time to time."""

    store: Store
    _keys: dict[str, tuple[str, str]] = field(default_factory=dict)
    _links: set[str] = field(default_factory=set)

    async def more(self) -> Stored:
        """Take what was stored since the last time."""
        found = Stored()
        async for id_, label, values in self.store.stream(NODES):
            if label in KEYS and id_ not in self._keys:
                self._keys[id_] = (label, values[KEYS[label]])
                found.nodes[label].append(values)
        async for id_, link, *ends, values in self.store.stream(LINKS):
            if id_ in self._links or not self._keys.keys() >= set(ends):
                continue
            self._links.add(id_)
            (start, one), (end, other) = (self._keys[end] for end in ends)
            found.links[link, start, end].append((one, other, values))
        return found
