"""What a batch brings that nobody stated before: made in bulk, and joined by where the engine keeps it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph import edges, links, nodes
from graph.change import Change
from graph.nodes import Held, Properties, Restated
from graph.sheets import sheet
from graph.stated import StatedLink, StatedNode
from graph.vocabulary import Node

MAKE = "UNWIND $rows AS row CREATE (n:{label} {{{properties}}}) RETURN collect(elementId(n))"
JOIN = """
UNWIND $rows AS row
MATCH (a) WHERE elementId(a) = row[0]
MATCH (b) WHERE elementId(b) = row[1]
CREATE (a)-[:{type} {{{properties}}}]->(b)
CREATE (:Assertion {{{asserted}}})"""
"""A node that was made in this transaction is found far sooner by the engine's own id than by an index."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """The new nodes and links of a batch, by name; `handles` are the engine's ids of the nodes, by their own."""

    nodes: Mapping[str, Held]
    links: frozenset[str]
    records: Sequence[Restated]
    handles: Mapping[str, str]

    @property
    def names(self) -> frozenset[str]:
        return self.links.union(self.nodes)


NOTHING = Arrived(nodes={}, links=frozenset(), records=(), handles={})


async def store(
    change: Change, facts: Mapping[Node, Sequence[StatedNode]], stated: Mapping[str, StatedLink]
) -> Arrived:
    """Make nodes that the graph does not hold, and those new links that run between them."""
    held: dict[str, Held] = {}
    handles: dict[str, str] = {}
    records: list[Restated] = []
    for kind, new in facts.items():
        rows = [nodes.properties(change, fact, change.stamp.chance(kind.prefix)) for fact in new]
        handles |= await _make(change, kind, rows)
        held |= {fact.name: nodes.held(kind, row) for fact, row in zip(new, rows, strict=True)}
        if kind is Node.PERSON:
            records = [Restated(after=row, before=None) for row in rows]
    change.fresh.update(handles)
    between = {name: link for name, link in stated.items() if link.start in held and link.end in held}
    await _join(change, between, held, handles)
    return Arrived(nodes=held, links=frozenset(between), records=records, handles=handles)


async def _make(change: Change, kind: Node, rows: Sequence[Properties]) -> dict[str, str]:
    """Make nodes, each with its sheet; gives the engine's id of each by its own."""
    if not rows:
        return {}
    names = _names(rows)
    made = await change.ask(
        MAKE.format(label=kind.label, properties=_columns((*names, "sheet"), 0)),
        {"rows": [[*map(row.get, names), sheet(kind, row)] for row in rows]},
    )
    return dict(zip((row[kind.id_property] for row in rows), made, strict=True))


async def _join(
    change: Change, between: Mapping[str, StatedLink], held: Mapping[str, Held], handles: Mapping[str, str]
) -> None:
    grouped: dict[tuple[str, str, str], list[tuple[edges.Edge, dict[str, str]]]] = defaultdict(list)
    for link in between.values():
        edge = links.edge_of(change, link, None, held)
        grouped[edge.run].append((edge, links.assertion(link, edge)))
    for (_, type_, _), joined in grouped.items():
        names = _names(edge.properties for edge, _ in joined)
        asserted = _names(assertion for _, assertion in joined)
        properties = {"properties": _columns(names, 2), "asserted": _columns(asserted, 2 + len(names))}
        rows = [
            [
                *(handles[edge.start], handles[edge.end]),
                *map(edge.properties.get, names),
                *map(assertion.get, asserted),
            ]
            for edge, assertion in joined
        ]
        await change.tx.run(JOIN.format(type=type_, **properties), {"rows": rows})


def _names(rows: Iterable[Mapping[str, object]]) -> list[str]:
    """The properties that any of the rows has; one that a row has not is null in its list, which is not stored."""
    return sorted(set().union(*rows))


def _columns(names: Iterable[str], first: int) -> str:
    return ", ".join(f"`{name}`: row[{at}]" for at, name in enumerate(names, first))
