"""Orders and positions as Cypher; `k` is the value by which something is ordered."""

from collections.abc import Sequence

from graph.plan import Order, Position
from graph.predicates import Parameters


def ordered(order: Order | None, ident: str) -> str:
    """Order by a value, what has none last, and then by id."""
    if order is None:
        return f"ORDER BY {ident}"
    return f"ORDER BY k IS NULL, k{' DESC' if order.is_descending else ''}, {ident}"


def foremost(order: Order | None, key: str) -> str:
    """Of several values of one thing, the one by which it comes first."""
    return f"{'max' if order is not None and order.is_descending else 'min'}({key})"


def after(position: Position | None, order: Order | None, ident: str, parameters: Parameters) -> tuple[str, ...]:
    """Read on behind a position."""
    if position is None:
        return ()
    last = parameters.put(position.id)
    if order is None:
        return (f"{ident} > {last}",)
    if position.key is None:
        return (f"k IS NULL AND {ident} > {last}",)
    key, further = parameters.put(position.key), "<" if order.is_descending else ">"
    return (f"(k {further} {key} OR (k = {key} AND {ident} > {last}) OR k IS NULL)",)


def filtered(conditions: Sequence[str]) -> str:
    """Let through what fulfils all; everything where nothing is asked."""
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""
