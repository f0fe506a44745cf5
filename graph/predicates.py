"""Guards and filters as Cypher."""

from dataclasses import dataclass, field
from typing import Any

from graph.columns import column
from graph.conditions import Alias, expression
from graph.plan import AllOf, Comparison, Guard, Operator, Term, Where
from graph.vocabulary import Node


@dataclass(slots=True)
class Parameters:
    """The values of a statement; each gets a name by its place, so that the text says nothing of them."""

    values: dict[str, Any] = field(default_factory=dict)

    def put(self, value: Any) -> str:  # noqa: ANN401 - whatever the driver can carry
        """Keep a value and return how the statement names it."""
        name = f"p{len(self.values)}"
        self.values[name] = value
        return f"${name}"


def guard(passes: Guard, first: Node, alias: Alias, parameters: Parameters) -> str:
    """Render which classes of facts pass, of a node or of the link that `alias` names."""
    facts = f"{alias.link or alias.node}.facts"
    parts = []
    for term, classes in zip(passes.terms, passes.sets, strict=True):
        known = f"{facts} IN {parameters.put(list(classes))}"
        parts.append(" AND ".join((known, *_literals(term, first, alias))))
    return f"({' OR '.join(f'({part})' for part in parts)})" if parts else "false"


def _literals(term: Term, first: Node, alias: Alias) -> list[str]:
    return [f"({expression(condition, first, alias)})" + ("" if wanted else " = false") for condition, wanted in term]


def where(filter_: Where, node: Node, alias: Alias, parameters: Parameters) -> str:
    """Render a filter."""
    if isinstance(filter_, Comparison):
        return _comparison(filter_, node, alias, parameters)
    joint, empty = (" AND ", "true") if isinstance(filter_, AllOf) else (" OR ", "false")
    parts = [where(part, node, alias, parameters) for part in filter_.parts]
    return f"({joint.join(parts)})" if parts else empty


def _comparison(compare: Comparison, node: Node, alias: Alias, parameters: Parameters) -> str:
    value = column(node, compare.column, alias.node)
    operand = parameters.put(list(compare.value) if isinstance(compare.value, tuple) else compare.value)
    compared, presupposed = _COMPARED[compare.operator]
    test = compared.format(value=value, operand=operand)
    if compare.negated:
        test = f"{value} IS NOT NULL AND NOT ({test})"
    conjuncts = [test, guard(compare.guard, node, alias, parameters)]
    if presupposed:
        conjuncts.insert(0, presupposed.format(value=value))
    return f"({' AND '.join(conjuncts)})"


_WHOLE_DAY = "size({value}) = 10"
_COMPARED: dict[Operator, tuple[str, str | None]] = {
    Operator.EQUALS: ("{value} = {operand}", None),
    Operator.ONE_OF: ("{value} IN {operand}", None),
    Operator.STARTS_WITH: ("{value} STARTS WITH {operand}", None),
    Operator.AT_LEAST: ("{value} >= {operand}", None),
    Operator.AT_MOST: ("{value} <= {operand}", None),
    Operator.FROM_DAY: ("{value} >= {operand}", _WHOLE_DAY),
    Operator.UNTIL_DAY: ("{value} <= {operand}", _WHOLE_DAY),
}
