"""Orders and positions as Cypher; `k` is the value by which something is ordered."""

from collections.abc import Sequence

from graph.columns import column
from graph.conditions import Alias
from graph.plan import Order, Position, Where
from graph.predicates import Parameters, guard, has_passed
from graph.vocabulary import Node


def ordered(order: Order | None, ident: str) -> str:
    """Order by a value, what has none last, and then by id."""
    if order is None:
        return f"ORDER BY {ident}"
    return f"ORDER BY k IS NULL, k{' DESC' if order.is_descending else ''}, {ident}"


def key(order: Order, node: Node, alias: Alias, parameters: Parameters, matched: Where | None = None) -> str:
    """By what a node is ordered, as far as it is told; what was `matched` may have passed the same guard."""
    value = column(node, order.column, alias.node)
    if matched is not None and has_passed(matched, order.guard):
        return value
    return f"CASE WHEN {guard(order.guard, node, alias, parameters)} THEN {value} END"


def foremost(order: Order, value: str) -> str:
    """Of several values of one thing, the one by which it comes first."""
    return f"{'max' if order.is_descending else 'min'}({value})"


def after(position: Position | None, order: Order | None, ident: str, parameters: Parameters) -> tuple[str, ...]:
    """Read on behind a position."""
    if position is None:
        return ()
    last = parameters.put(position.id)
    if order is None:
        return (f"{ident} > {last}",)
    if position.key is None:
        return (f"k IS NULL AND {ident} > {last}",)
    last_key, further = parameters.put(position.key), "<" if order.is_descending else ">"
    return (f"(k {further} {last_key} OR (k = {last_key} AND {ident} > {last}) OR k IS NULL)",)


def filtered(conditions: Sequence[str]) -> str:
    """Let through what fulfils all; everything where nothing is asked."""
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""
