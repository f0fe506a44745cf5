"""A batch of facts, each once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.participation import participations
from graph.records import LinkFact, NodeFact, Row
from graph.stated import StatedLink, StatedNode
from graph.vocabulary import Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """The facts of some rows: nodes by type and source key, links by name, and the names that each row states."""

    rows: Sequence[Row]
    names: Sequence[tuple[str, ...]]
    nodes: Mapping[Node, Mapping[str, StatedNode]]
    links: Mapping[str, StatedLink]

    @classmethod
    def of(cls, rows: Sequence[Row]) -> "Batch":
        """Where two rows state the same thing the later one holds, as if they had come one after the other."""
        nodes: dict[Node, dict[str, StatedNode]] = {}
        links: dict[str, StatedLink] = {}
        names = tuple(tuple(_gathered(row.facts, nodes, links)) for row in rows)
        for case in nodes.get(Node.CASE, {}).values():
            links |= {link.name: link for link in map(StatedLink.of, participations(case.fact))}
        return cls(rows=rows, names=names, nodes=nodes, links=links)

    def facts(self) -> Iterator[StatedNode | StatedLink]:
        """Every fact of the batch."""
        for by_key in self.nodes.values():
            yield from by_key.values()
        yield from self.links.values()


def _gathered(
    facts: Iterable[NodeFact | LinkFact], nodes: dict[Node, dict[str, StatedNode]], links: dict[str, StatedLink]
) -> Iterator[str]:
    for fact in facts:
        if isinstance(fact, NodeFact):
            node = StatedNode.of(fact)
            nodes.setdefault(fact.type, {})[node.key] = node
            yield node.name
        else:
            link = StatedLink.of(fact)
            links[link.name] = link
            yield link.name
